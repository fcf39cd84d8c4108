"""The original: Huawei Cloud OCR ``id-document``, asked with the gateway's own credentials."""

from gateway.adapters.huawei_id_document.adapter import HuaweiIdDocument

__all__ = ["HuaweiIdDocument"]
