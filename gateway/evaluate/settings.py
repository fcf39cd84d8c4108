"""What a result depends on besides the picture, as a short text that is another one when that changes."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from gateway.config.nodes import Node
from gateway.config.schema import UpstreamConfig
from gateway.evaluate.values import Values
from gateway.model import DocumentType


@dataclass(frozen=True, slots=True)
class Wishes:
    """What is asked for: with ``hints``, of each picture the country and the type that the truth states, else those given."""

    countries: frozenset[str] = frozenset()
    types: frozenset[DocumentType] = frozenset()
    hints: bool = False

    def of(self, truth: Values | None) -> tuple[frozenset[str], frozenset[DocumentType]]:
        """The filters for a picture with this truth."""
        countries, types = self.countries, self.types
        if self.hints and truth is not None:
            countries = countries if truth.country_region is None else frozenset({truth.country_region})
            types = types if truth.id_type is None else frozenset({truth.id_type})
        return countries, types


ANYTHING = Wishes()
"""No filter."""


def settings_of(upstream: UpstreamConfig, wishes: Wishes) -> str:
    """Twelve hexadecimal digits: the same for the same adapter, options and wishes, in whatever order they are written.

    Credentials, limits, prices and times are not in it: a key that was exchanged buys nothing anew.
    """
    known = [
        upstream.adapter,
        _plain(upstream.options.node),
        sorted(wishes.countries),
        sorted(wishes.types),
        wishes.hints,
    ]
    return hashlib.sha256(msgspec.json.encode(known, order="deterministic")).hexdigest()[:12]


def _plain(node: Node) -> Any:
    if isinstance(node.value, Mapping):
        return {key: _plain(value) for key, value in node.value.items()}
    if isinstance(node.value, tuple):
        return [_plain(value) for value in node.value]
    return str(node.value)
