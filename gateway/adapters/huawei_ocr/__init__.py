"""Huawei Cloud OCR's surviving sibling endpoints: one for passports, one each for four identity cards."""

from gateway.adapters.huawei_ocr.adapter import HuaweiOcr

__all__ = ["HuaweiOcr"]
