"""Every case on disk, over a real socket."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from gateway import errors
from gateway.secret import Secret
from gateway.wire.application import WireSettings
from gateway.wire.auth import Callers
from gateway.wire.serving import SERVING
from tests.fakes import FakeRecognizer
from tests.wire import case
from tests.wire.gateway import ACCOUNTS, SPECIMEN, running
from tests.wire.http import exchange

NOW = datetime(2026, 11, 22, 11, 45, tzinfo=UTC).timestamp()
REQUEST_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}-\d{13}-\S+")


@pytest.mark.parametrize("name", case.names())
async def test_case(name):
    request, expected = case.read_request(name), case.read_response(name)
    settings = dict(request.settings)
    anonymous = settings.pop("anonymous", "") == "true"
    error = settings.pop("recognizer", None)
    recognizer = FakeRecognizer("fake", getattr(errors, error)("canary") if error else SPECIMEN)
    wire = WireSettings(
        deadline=10,
        strict=settings.pop("strict", "") == "true",
        any_country=settings.pop("any_country", "") == "true",
        body_memory=int(settings.pop("body_memory", 64 * 1024 * 1024)),
    )
    assert not settings, "a setting that nobody knows"

    callers = Callers(anonymous, ACCOUNTS, token_key=Secret("0123456789abcdef"), clock=lambda: NOW)
    async with running(recognizer, callers=callers, settings=wire) as gateway:
        status, headers, body = await exchange(gateway.port, request.raw)
        assert gateway.app[SERVING].memory.held == 0

    request_id = headers["X-Request-Id"]
    assert REQUEST_ID.fullmatch(request_id)
    assert body.decode() == expected.body.replace("{{request id}}", request_id)
    assert status == expected.status
    assert {name: headers.get(name, "{{absent}}") for name in expected.headers} == expected.headers
    assert b"canary" not in body
    (event,) = gateway.events
    assert event.status == status
    assert (event.outcome == "ok") == (status < 300)


def test_requests_and_responses_come_in_pairs():
    assert sorted(path.stem for path in case.FOLDER.glob("*.response")) == case.names()
    assert len(case.names()) >= 40
