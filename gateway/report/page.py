"""The look that all reports share: one file, no script, nothing fetched; light and dark, phone and paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files

from gateway.report.html import Child, Markup, join, raw, tag

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
"""Should anything ever slip in, the browser neither runs nor fetches it."""


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a page; ``anchor`` is its address within."""

    anchor: str
    title: str
    lead: str
    body: Child


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table; figures stand at the right, names may break anywhere."""

    title: str
    kind: str | None = None


def figure(title: str) -> Column:
    return Column(title, "n")


def name(title: str) -> Column:
    return Column(title, "name")


def page(title: str, about: str, tiles: Child, sections: Sequence[Section], footer: str) -> str:
    """The whole file."""
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="color-scheme", content="light dark"),
        tag("meta", http_equiv="Content-Security-Policy", content=_POLICY),
        tag("title", title),
        tag("style", raw(files("gateway.report").joinpath("style.css").read_text("utf-8"))),
    )
    links = tag("nav", [tag("a", part.title, href=f"#{part.anchor}") for part in sections], aria_label="Sections")
    body = tag(
        "body",
        tag("header", tag("h1", title), tag("p", about), links),
        tag("main", tiles, [_section(part) for part in sections]),
        tag("footer", tag("p", footer)),
    )
    return f"<!doctype html>\n{tag('html', head, body, lang='en')}\n"


def tiles(*shown: tuple[str, str]) -> Markup:
    """What to see at a glance: each figure above what it is."""
    return tag(
        "div", [tag("div", tag("b", value), tag("span", what), class_="tile") for value, what in shown], class_="tiles"
    )


def table(
    caption: str, columns: Sequence[Column], rows: Sequence[Sequence[Child]], *, none: str = "Nothing."
) -> Markup:
    """``rows`` under ``columns``, the first cell of each row being its heading; the sentence ``none`` where there are none."""
    if not rows:
        return tag("p", none, class_="note")
    head = tag("tr", [tag("th", column.title, class_=column.kind, scope="col") for column in columns])
    body = [
        tag("tr", [_cell(place, cell, column) for place, (cell, column) in enumerate(zip(row, columns, strict=True))])
        for row in rows
    ]
    whole = tag("table", tag("caption", caption), tag("thead", head), tag("tbody", body))
    return tag("div", whole, class_="wide", tabindex="0", role="region", aria_label=caption)


def chip(kind: str, label: str) -> Markup:
    """A verdict, told by word and colour: ``go``, ``no``, ``wait`` or ``none``."""
    return tag("span", label, class_=f"chip {kind}")


def small(*children: Child) -> Markup:
    return tag("span", children, class_="small")


def lines(*children: Child) -> Markup:
    """One below the other."""
    shown = [child for child in children if child is not None]
    return join([(tag("br") if place else None, child) for place, child in enumerate(shown)])


def plots(*figures: Child) -> Markup:
    return tag("div", figures, class_="plots")


def _cell(place: int, cell: Child, column: Column) -> Markup:
    if place == 0:
        return tag("th", cell, class_=column.kind, scope="row")
    return tag("td", cell, class_=column.kind)


def _section(part: Section) -> Markup:
    return tag("section", tag("h2", part.title), tag("p", part.lead, class_="lead"), part.body, id=part.anchor)
