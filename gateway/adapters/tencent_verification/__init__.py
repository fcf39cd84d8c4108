"""Tencent Cloud OCR "card verification external": one action for documents of many countries, asked for and then polled."""

from gateway.adapters.tencent_verification.adapter import TencentVerification

__all__ = ["TencentVerification"]
