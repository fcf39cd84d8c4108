"""One picture read through: decode, find text, read the zone, then the print around it, then the portrait."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from gateway.errors import NoDocument, RecognitionFailed, SeveralDocuments, UnreadableDocument, WrongDocument
from gateway.local.box import Box
from gateway.local.budget import Budget
from gateway.local.decode import Pixels, decode
from gateway.local.detect import Detector
from gateway.local.flatten import flattened
from gateway.local.looks import Found
from gateway.local.models import Models
from gateway.local.portrait import PortraitFinder
from gateway.local.protocol import PageText
from gateway.local.recognize import TextReader
from gateway.local.rows import all_rows
from gateway.local.visual import visual_lines
from gateway.local.zones import READS, Search
from gateway.model import Buffer
from gateway.normalize.countries import alpha3
from gateway.reader.mrz.zone import Zone
from gateway.reader.visual_authority import is_expected

LONGEST = 960
"""Pixels of the longer side of the copy in which text is sought."""
GLARE = 12
"""Neighbourhoods to the page's shorter side when contrast is evened out: some three lines of a zone each."""

FEW_READS = 4
"""Rows read on the second look at a page where nothing like a zone was seen."""


@dataclass(frozen=True, slots=True)
class _View:
    """One way to look at the page: the text boxes found, the search through them, and what it found."""

    boxes: list[Box]
    search: Search
    found: Found | None

    @property
    def merit(self) -> float:
        return self.found.zone.merit if self.found else float(len(self.search.seen))


class PageReader:
    """Holds the models; reads one picture at a time."""

    def __init__(self, models: Models) -> None:
        self._detector = Detector(models.detection)
        self._reader = TextReader(models)
        self._portraits = PortraitFinder()

    def read(self, content: Buffer, budget: Budget, *, visual: bool, portrait: bool) -> PageText:
        """Raises :class:`NoDocument`, :class:`UnreadableDocument`, :class:`SeveralDocuments`,
        :class:`WrongDocument` and :class:`RecognitionFailed`.
        """
        page = decode(content)
        view, zone, rows = self._zone(page, budget)
        if zone.lines[0].startswith("V"):
            raise WrongDocument("the machine readable zone is that of a visa")
        if view.search.holds_another(rows, zone):
            raise SeveralDocuments("more than one machine readable zone")
        labels = is_expected(alpha3(zone.record.issuing_state))
        lines = visual_lines(page, self._reader, view.boxes, rows, budget, labels=labels) if visual else []
        face = self._portraits.find(page, rows[0].angle) if portrait else None
        return PageText(zone.record, tuple(lines), face)

    def _zone(self, page: Pixels, budget: Budget) -> tuple[_View, Zone, tuple[Box, ...]]:
        """The page as it is, then with glare and shade taken out, then the surroundings of what looked like a zone."""
        views: list[_View] = []
        for view in self._looks(page, budget, views):
            if view.found is not None and view.found.settled:
                return view, view.found.zone, view.found.boxes
        if any(view.search.seen for view in views):
            raise UnreadableDocument("there is a machine readable zone, and it cannot be read surely")
        if budget.over:
            raise RecognitionFailed("time ran out before a machine readable zone was found")
        raise NoDocument("nothing like a machine readable zone")

    def _looks(self, page: Pixels, budget: Budget, views: list[_View]) -> Iterator[_View]:
        """What is seen, look by look; ``views`` keeps the whole-page ones. Time spent goes up with each."""
        views.append(self._view(page, budget, READS))
        yield views[0]
        if budget.over:
            return
        even = flattened(page, min(page.shape[:2]) // GLARE)
        views.append(self._view(even, budget, READS if views[0].search.seen else FEW_READS))
        yield views[1]
        likelier = max(views, key=lambda view: view.merit)
        if likelier.search.seen and not budget.over:
            yield replace(likelier, found=likelier.search.find_closer())

    def _view(self, pixels: Pixels, budget: Budget, reads: int) -> _View:
        boxes = self._detector.find(pixels, LONGEST)
        search = Search(pixels, all_rows(boxes), self._detector, self._reader, budget, reads)
        return _View(boxes, search, search.find())
