"""Regula Document Reader: the vendor's recognition container on one's own machines."""

from gateway.adapters.regula.adapter import Regula

__all__ = ["Regula"]
