"""Tencent Cloud OCR: one action for each kind of card and one for passports, answered at once."""

from gateway.adapters.tencent.adapter import Tencent

__all__ = ["Tencent"]
