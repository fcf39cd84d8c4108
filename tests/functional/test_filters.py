"""A caller's ``country_region`` and ``id_type`` over the whole path: what is asked for, what is answered, what is refused."""

from __future__ import annotations

import base64
import json
import logging
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from aiohttp import ClientSession

from gateway.model import DocumentType, IdDocument
from gateway.resilience.failover import Failover, Target
from gateway.routing.asked import Asked
from gateway.routing.match import Condition
from gateway.routing.router import Route, Router
from gateway.wire.application import WireSettings
from tests.fakes import Events, FakeRecognizer
from tests.pictures import jpeg
from tests.wire.gateway import PROJECT, running

PICTURE = base64.b64encode(jpeg(640, 480)).decode()
PP, DL, ID = DocumentType.PASSPORT, DocumentType.DRIVING_LICENCE, DocumentType.IDENTITY_CARD

VIETNAMESE = IdDocument(country_region="VNM", id_type=ID, last_name="Nguyễn", first_name="Thị Ánh")
UNNAMED = replace(VIETNAMESE, country_region=None, id_type=None)
FRENCH = IdDocument(country_region="FRA", id_type=PP, last_name="Specimen")

WRONG, INVALID = (400, "AIS.0104"), (400, "AIS.0101")


async def ask(filters: dict[str, Any], *readers: FakeRecognizer, any_country: bool = False) -> tuple[int, Any]:
    """Status, and the result or the error code, of a request that goes to ``readers`` in order of failover."""
    targets = [Target(reader.name, Asked(reader), lambda _query: True) for reader in readers]
    failover = Failover("default", targets, observer=Events())
    router = Router([Route("default", Condition(), failover)], now=lambda: datetime.now(UTC))
    settings = WireSettings(any_country=any_country)
    async with (
        running(router, anonymous=True, settings=settings) as gateway,
        ClientSession() as session,
        session.post(f"{gateway.url}/v2/{PROJECT}/ocr/id-document", json={"image": PICTURE} | filters) as response,
    ):
        body = json.loads(await response.read())
        return response.status, body.get("result") or body["error_code"]


def reader(document: IdDocument, name: str = "reader") -> FakeRecognizer:
    return FakeRecognizer(name, document)


@pytest.mark.parametrize(
    "filters",
    [
        {},
        {"country_region": [], "id_type": None},
        {"country_region": "VNM"},
        {"country_region": ["THA", "VNM"]},
        {"id_type": ["ID"]},
        {"country_region": ["ALB", "VNM"], "id_type": ["DL", "ID"]},
    ],
)
async def test_a_document_that_was_asked_for_is_answered(filters):
    status, result = await ask(filters, reader(VIETNAMESE))
    assert (status, result["country_region"], result["id_type"]) == (200, "VNM", "ID")
    assert result["last_name"] == "Nguyễn"


async def test_vietnamese_needs_no_country_region():
    """The old API's documentation says that it did; whoever sent it is served the same, whoever forgot is served too."""
    asked = reader(VIETNAMESE)
    assert (await ask({}, asked))[0] == 200
    assert asked.calls[0].countries == frozenset()


async def test_the_country_that_was_asked_for_reaches_the_reader():
    """Those that read better with it, as the old API did, are told."""
    asked = reader(VIETNAMESE)
    await ask({"country_region": "VNM", "id_type": ["ID"]}, asked)
    assert (asked.calls[0].countries, asked.calls[0].types) == (frozenset({"VNM"}), frozenset({ID}))


@pytest.mark.parametrize(
    "filters", [{"country_region": ["THA", "PHL"]}, {"id_type": ["PP"]}, {"country_region": "ALB"}]
)
async def test_another_document_is_refused_as_the_wrong_one(filters):
    assert await ask(filters, reader(VIETNAMESE)) == WRONG


async def test_the_next_reader_may_know_the_document_better():
    mistaken = reader(replace(VIETNAMESE, country_region="THA"), "mistaken")
    status, result = await ask({"country_region": "VNM"}, mistaken, reader(VIETNAMESE, "better"))
    assert (status, result["country_region"]) == (200, "VNM")


async def test_what_the_reader_does_not_say_is_taken_from_a_filter_that_leaves_no_choice():
    status, result = await ask({"country_region": "VNM", "id_type": "ID"}, reader(UNNAMED))
    assert (status, result["country_region"], result["id_type"]) == (200, "VNM", "ID")
    assert await ask({"country_region": ["VNM", "THA"]}, reader(UNNAMED)) == WRONG


async def test_without_filter_a_document_of_any_country_is_answered():
    status, result = await ask({}, reader(FRENCH))
    assert (status, result["country_region"]) == (200, "FRA")


@pytest.mark.parametrize(
    ("filters", "named"),
    [
        ({"country_region": ["VNM", "FRA"]}, "FRA"),
        ({"country_region": "HKG", "id_type": "PP"}, "HKG with PP"),
        ({"country_region": ["BRA", "IDN"], "id_type": ["DL"]}, "BRA, IDN with DL"),
    ],
)
async def test_what_table_1_does_not_list_is_refused_and_named_in_the_log(filters, named, caplog):
    asked = reader(FRENCH)
    with caplog.at_level(logging.INFO, "gateway.access"):
        assert await ask(filters, asked) == INVALID
    assert not asked.calls
    (line,) = [record for record in caplog.records if record.name == "gateway.access"]
    assert named in line.fields["reason"]


async def test_any_country_may_be_asked_for_where_the_operator_allows_it():
    status, result = await ask({"country_region": "FRA"}, reader(FRENCH), any_country=True)
    assert (status, result["country_region"]) == (200, "FRA")


async def test_one_pair_of_table_1_among_those_asked_for_is_enough():
    licence = replace(VIETNAMESE, id_type=DL)
    assert (await ask({"country_region": ["BRA", "VNM"], "id_type": ["DL"]}, reader(licence)))[0] == 200
