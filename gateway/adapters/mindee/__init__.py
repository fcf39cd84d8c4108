"""Mindee's second API: extraction models made from its templates for identity documents, queued and polled."""

from gateway.adapters.mindee.adapter import Mindee

__all__ = ["Mindee"]
