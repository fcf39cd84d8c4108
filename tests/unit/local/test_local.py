from __future__ import annotations

import asyncio
import base64
import os
from datetime import date

import msgspec
import pytest

from gateway.errors import NoDocument
from gateway.events import AttemptFinished
from gateway.local.local import LocalOptions, LocalReader
from gateway.model import DocumentType, Sex
from tests.fakes import Events, make_image, make_query
from tests.unit.local import drawn


@pytest.mark.parametrize(
    ("countries", "types", "supported"),
    [
        (set(), set(), True),
        ({"THA"}, set(), True),
        ({"THA"}, {"ID"}, False),
        ({"THA", "HKG", "PHL"}, {"ID", "DL"}, False),
        ({"THA", "VNM"}, {"ID"}, True),
        ({"THA"}, {"PP"}, True),
        (set(), {"ID"}, True),
        (set(), {"DL"}, False),
        ({"VNM"}, {"DL", "PP"}, True),
    ],
)
def test_what_it_can_read(countries: set[str], types: set[str], supported: bool) -> None:
    reader = LocalReader("local", LocalOptions(), Events())
    query = make_query(countries=frozenset(countries), types=frozenset(map(DocumentType, types)))
    assert reader.supports(query) is supported


@pytest.mark.parametrize("options", [{"workers": 0}, {"queue": -1}, {"budget": 0}, {"recycle": 0}, {"threads": 4}])
def test_options_that_make_no_sense(options: dict[str, object]) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(options, LocalOptions)


async def test_a_passport_from_request_to_document() -> None:
    events = Events()
    reader = LocalReader("local", LocalOptions(workers=1), events, price=0.001, today=lambda: date(2010, 1, 1))
    assert not reader.ready
    await reader.start()
    try:
        assert reader.ready
        inline = make_image(base64=base64.b64encode(drawn.encoded(drawn.page())))
        soon = asyncio.get_running_loop().time() + 30
        query = make_query(image=inline, deadline=soon)
        recognition = await reader.recognize(query)
        blank = make_image(base64=None, content=drawn.encoded(drawn.page(("",), words=())))
        refused = make_query(image=blank, deadline=soon)
        with pytest.raises(NoDocument):
            await reader.recognize(refused)
    finally:
        await reader.close()
    document = recognition.document
    assert recognition.upstream == "local"
    assert document.id_type is DocumentType.PASSPORT
    assert document.document_number == "L898902C3"
    assert (document.last_name, document.first_name) == ("ERIKSSON", "ANNA MARIA")
    assert (document.birth_date, document.expiry_date) == (date(1974, 8, 12), date(2012, 4, 15))
    assert document.sex is Sex.FEMALE
    assert [(attempt.upstream, attempt.outcome, attempt.cost) for attempt in query.trail] == [("local", "ok", 0.001)]
    assert [attempt.outcome for attempt in refused.trail] == ["no_document"]
    attempts = [event for event in events if isinstance(event, AttemptFinished)]
    assert [(attempt.kind, attempt.outcome) for attempt in attempts] == [("primary", "ok"), ("primary", "no_document")]


@pytest.mark.parametrize(
    ("options", "shared"),
    [
        ({"workers": 2}, True),
        ({"workers": 2, "visual_zone": False}, True),
        ({"workers": 2, "queue": 4}, True),
        ({"workers": 1}, False),
        ({"workers": 2, "budget": 9.0}, False),
        ({"workers": 2, "recycle": 9}, False),
        ({"workers": 2, "queue": 5}, False),
    ],
)
def test_processes_are_shared_where_they_would_be_the_same(options: dict[str, object], shared: bool) -> None:
    before = LocalReader("local", LocalOptions(workers=2), Events())
    after = LocalReader("local", LocalOptions(**options), Events(), price=0.5)
    own = after.pool
    after.share(before)
    assert after.pool is (before.pool if shared else own)


async def test_shared_processes_end_with_the_last_reader() -> None:
    before = LocalReader("local", LocalOptions(workers=1), Events())
    after = LocalReader("local", LocalOptions(workers=1, visual_zone=False), Events())
    after.share(before)
    await after.close()  # one that was not started ends nothing
    await before.start()
    await after.start()
    await before.close()
    await before.close()
    assert after.ready
    await after.close()
    assert not after.ready


def test_one_worker_a_core_by_default() -> None:
    assert LocalOptions().workers is None
    assert len(os.sched_getaffinity(0)) >= 1
