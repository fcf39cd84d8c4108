"""The leaf for vendors that are reached over HTTP: an adapter, its credentials, a session and a time limit."""
