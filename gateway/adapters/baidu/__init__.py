"""Baidu AI Cloud OCR for passports issued outside mainland China."""

from gateway.adapters.baidu.adapter import Baidu

__all__ = ["Baidu"]
