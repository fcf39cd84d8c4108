"""The JSON Schema that the model's answer has to obey: all fields are required and nullable, and there are no others."""

from __future__ import annotations

from collections.abc import Mapping

KINDS = ("passport", "driving_licence", "identity_card", "other", "several", "none")

TEXTS = (
    "issuing_country",
    "surname",
    "given_names",
    "full_name",
    "nationality",
    "birth_date_printed",
    "birth_date",
    "issue_date_printed",
    "issue_date",
    "expiry_date_printed",
    "expiry_date",
    "document_number",
    "address",
    "issuing_authority",
)

SCHEMA: Mapping[str, object] = {
    "type": "object",
    "properties": {
        "document": {"type": "string", "enum": list(KINDS)},
        "side": {"type": ["string", "null"], "enum": ["front", "back", None]},
        "mrz": {"type": "array", "items": {"type": "string"}},
        "sex": {"type": ["string", "null"], "enum": ["M", "F", "X", None]},
        **{name: {"type": ["string", "null"]} for name in TEXTS},
    },
    "required": ["document", "side", "mrz", "sex", *TEXTS],
    "additionalProperties": False,
}
"""Within what strict mode takes: no formats, no patterns, no defaults. The order is the one in which it is written, and
the zone comes first: what follows can lean on it."""

NAME = "identity_document"
