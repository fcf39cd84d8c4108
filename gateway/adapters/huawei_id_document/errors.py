"""What the original's error codes mean to us: it has no codes of its own beside those of all Huawei's OCR APIs."""

from __future__ import annotations

from gateway.adapters.huawei_codes import ERRORS, failure

__all__ = ["ERRORS", "failure"]
