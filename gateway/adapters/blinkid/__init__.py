"""Microblink BlinkID: the self-hosted API and the cloud API."""

from gateway.adapters.blinkid.adapter import BlinkId

__all__ = ["BlinkId"]
