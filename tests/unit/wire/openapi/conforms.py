"""Whether a value is what the document says."""

from __future__ import annotations

from functools import cache

from jsonschema import Draft202012Validator

from gateway.wire.openapi import document


def conforms(component: str, value: object) -> bool:
    return _validator(component).is_valid(value)


@cache
def _validator(component: str) -> Draft202012Validator:
    reference = {"$ref": f"#/components/schemas/{component}", "components": document()["components"]}
    return Draft202012Validator(reference)
