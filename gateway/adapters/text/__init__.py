"""Plain OCR vendors, whose text our own reader makes a document of."""

from gateway.adapters.text.adapter import Text

__all__ = ["Text"]
