"""The caller side described as OpenAPI 3.1, from the tables and types that the code itself obeys."""

from gateway.wire.openapi.document import document, text

__all__ = ["document", "text"]
