"""Folders of pictures, upstreams that answer as they are told, and results, for the tests of evaluations."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from gateway.evaluate.results import Line
from gateway.model import Attempt, IdDocument, Query, Recognition
from gateway.nest import Nest
from tests.fakes import FakeRecognizer
from tests.pictures import png

SETTINGS = "0123456789ab"


def pictures(folder: Path, *names: str) -> Path:
    """``folder`` with one different picture for each name."""
    for number, name in enumerate(names):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(png(400 + number, 300))
    return folder


def line(**changes: Any) -> Line:
    values: dict[str, Any] = {
        "picture": "a",
        "settings": SETTINGS,
        "file": "a.png",
        "outcome": "ok",
        "seconds": 0.5,
        "cost": 0.01,
        "attempts": 1,
        "country_region": "THA",
        "id_type": "ID",
    }
    if changes.get("outcome", "ok") != "ok":
        values |= {"country_region": None, "id_type": None}
    return Line(**values | changes)


def nest(name: str, *outcomes: IdDocument | BaseException, takes: bool = True) -> Nest:
    return Nest(name, FakeRecognizer(name, *outcomes), lambda _: takes)


class Paid:
    """An upstream that notes every picture it is paid for, and answers with its width as the number."""

    def __init__(self, name: str, price: float = 0.01) -> None:
        self.name = name
        self.price = price
        self.asked: list[int] = []

    async def recognize(self, query: Query, /) -> Recognition:
        self.asked.append(query.image.width)
        query.trail.add(Attempt(self.name, "ok", 0.1, self.price))
        return Recognition(IdDocument(document_number=f"N{query.image.width}"), self.name)
