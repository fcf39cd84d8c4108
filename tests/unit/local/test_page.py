"""The embedded engine from pixels to a checked zone, on drawn pages."""

from __future__ import annotations

import time

import numpy as np
import pytest

from gateway.errors import NoDocument, RecognitionFailed, SeveralDocuments, UnreadableDocument, WrongDocument
from gateway.local.budget import Budget
from gateway.local.decode import Pixels
from gateway.local.page import PageReader
from gateway.local.protocol import PageText
from tests.unit.local import drawn


def read(reader: PageReader, pixels: Pixels, *, visual: bool = False, portrait: bool = False) -> PageText:
    return reader.read(drawn.encoded(pixels), Budget(30, time.monotonic), visual=visual, portrait=portrait)


@pytest.mark.parametrize("lines", [drawn.TD3, drawn.TD1])
def test_a_zone_is_read_letter_by_letter(page_reader: PageReader, lines: tuple[str, ...]) -> None:
    record = read(page_reader, drawn.page(lines)).record
    assert record is not None
    assert record.lines == lines
    assert record.valid
    assert record.repaired == 0


@pytest.mark.parametrize("degrees", [90, 180, 270, 8, -13])
def test_a_turned_page_is_read(page_reader: PageReader, degrees: float) -> None:
    page = read(page_reader, drawn.turned(drawn.page(), degrees), visual=True)
    assert page.record is not None
    assert page.record.lines == drawn.TD3
    issue = next(line for line in page.lines if "2007" in line.text)
    assert issue.box[1][0] > issue.box[0][0]
    assert abs(issue.box[1][1] - issue.box[0][1]) < issue.height / 2
    heading = next(line for line in page.lines if "UTOPIA" in line.text)
    assert heading.bottom < issue.top + issue.height / 2


def test_print_around_the_zone_comes_with_scores(page_reader: PageReader) -> None:
    lines = read(page_reader, drawn.page(), visual=True).lines
    assert {line.text for line in lines} == {"REPUBLIC OF UTOPIA", "Date of issue 16 APR 2007"}
    assert all(len(line.scores) == len(line.text) and line.score > 0.5 for line in lines)


def test_print_is_read_only_when_asked_for(page_reader: PageReader) -> None:
    assert read(page_reader, drawn.page()).lines == ()


def test_glare_is_seen_through(page_reader: PageReader) -> None:
    pixels = drawn.page().astype(np.float32)
    y, x = np.mgrid[: pixels.shape[0], : pixels.shape[1]]
    glare = np.clip(1.2 * np.exp(-(((x - 480) / 160) ** 2) - ((y - 590) / 90) ** 2), 0, 0.92)[..., np.newaxis]
    record = read(page_reader, (pixels * (1 - glare) + 255 * glare).astype(np.uint8)).record
    assert record is not None
    assert record.lines == drawn.TD3


def test_a_printed_zone_that_breaks_its_check_digits_is_returned_as_printed(page_reader: PageReader) -> None:
    lines = (drawn.TD3[0], drawn.TD3[1].replace("C36UTO", "C37UTO"))
    record = read(page_reader, drawn.page(lines)).record
    assert record is not None
    assert record.lines == lines
    assert not record.checks["document_number"]


def test_a_page_without_a_zone_is_no_document(page_reader: PageReader) -> None:
    with pytest.raises(NoDocument):
        read(
            page_reader, drawn.page(("",), words=("DRINK MORE WATER", "IT IS GOOD FOR YOU AND FOR ME, SAYS THE LABEL"))
        )


def test_a_zone_under_a_thumb_is_unreadable(page_reader: PageReader) -> None:
    pixels = drawn.page()
    pixels[540:, 250:600] = (120, 150, 200)
    with pytest.raises(UnreadableDocument):
        read(page_reader, pixels)


def test_two_holders_are_several_documents(page_reader: PageReader) -> None:
    both = np.vstack([drawn.page(), drawn.page(drawn.OTHER)])
    with pytest.raises(SeveralDocuments):
        read(page_reader, both)


def test_the_same_page_twice_is_one_document(page_reader: PageReader) -> None:
    record = read(page_reader, np.vstack([drawn.page(), drawn.page()])).record
    assert record is not None
    assert record.lines == drawn.TD3


def test_a_visa_is_no_document_of_ours(page_reader: PageReader) -> None:
    with pytest.raises(WrongDocument):
        read(page_reader, drawn.page(drawn.VISA))


def test_no_face_no_portrait(page_reader: PageReader) -> None:
    assert read(page_reader, drawn.page(), portrait=True).portrait is None


def test_what_cannot_be_decoded_cannot_be_read(page_reader: PageReader) -> None:
    with pytest.raises(RecognitionFailed):
        page_reader.read(b"GIF89a", Budget(1, time.monotonic), visual=False, portrait=False)


def test_a_spent_budget_ends_the_search(page_reader: PageReader) -> None:
    """Nothing has been looked for when the time is over, so nothing is claimed."""
    with pytest.raises(RecognitionFailed, match="time ran out"):
        page_reader.read(drawn.encoded(drawn.page()), Budget(0, time.monotonic), visual=True, portrait=False)
