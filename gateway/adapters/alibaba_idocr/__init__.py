"""Alibaba Cloud ID Verification, solution ID_OCR_MAX: one action for documents of many countries, typed or classified."""

from gateway.adapters.alibaba_idocr.adapter import AlibabaIdOcr

__all__ = ["AlibabaIdOcr"]
