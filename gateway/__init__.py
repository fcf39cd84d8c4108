"""id-document-gateway: takes the place of the discontinued Huawei Cloud OCR ``id-document`` API."""

__version__ = "0.1.0"
