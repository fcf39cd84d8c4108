"""iApp Technology's reader of Thai national identity cards."""

from gateway.adapters.iapp.adapter import Iapp

__all__ = ["Iapp"]
