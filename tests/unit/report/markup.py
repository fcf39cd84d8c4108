"""A page taken apart: whether it is well formed and stands by itself, and what it says."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_VOID = {"meta", "br"}


class Page(HTMLParser):
    """Fails on anything that is not closed, that would be fetched, or that would be run."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.text: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.elements: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == []
        assert {link.removeprefix("#") for link in self.links} <= set(self.ids)
        assert len(set(self.ids)) == len(self.ids)
        assert not re.search(r"https?:|url\(|@import|src=", text)

    def handle_starttag(self, tag, attributes):
        self.elements.append(tag)
        assert tag not in {"script", "link", "img", "iframe", "object", "embed", "image", "use", "form"}
        for name, value in attributes:
            assert not name.startswith("on")
            if name == "href":
                assert value.startswith("#")
                self.links.append(value)
            if name == "id":
                self.ids.append(value)
        if tag not in _VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open and self.open[-1] != "style":
            self.text.append(data)

    @property
    def words(self) -> str:
        """All that can be read, with single blanks."""
        return " ".join(" ".join(self.text).split()).replace("\N{EN DASH}", "-")
