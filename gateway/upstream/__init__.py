"""The leaf for vendors that are reached over HTTP: fits the picture, drives the adapter, checks what was read."""
