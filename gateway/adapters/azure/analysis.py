"""What the model answers once the operation has succeeded."""

from __future__ import annotations

import msgspec


class Field(msgspec.Struct, rename="camel"):
    """A ``DocumentField``; ``confidence`` is 0 to 1."""

    content: str | None = None
    value_string: str | None = None
    value_date: str | None = None
    value_country_region: str | None = None
    value_object: dict[str, Field] | None = None
    confidence: float | None = None


class Document(msgspec.Struct, rename="camel"):
    doc_type: str
    fields: dict[str, Field] | None = None


class Analysis(msgspec.Struct, rename="camel"):
    documents: list[Document] | None = None
