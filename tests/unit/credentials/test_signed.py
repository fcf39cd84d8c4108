from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from gateway.credentials.clock_skew import VendorClock
from gateway.credentials.signed import REFUSED, Signed, parsed_stamp
from gateway.exchange import VendorRequest
from tests.unit.credentials.vendor import NOON, Calendar, answer, never

ASKED = VendorRequest("POST", "https://vendor.example/", {}, (b"a", b"b"))


class Plain(Signed, frozen=True, kw_only=True):
    """Writes the time and the hash down, and takes 401 and 403 for a refusal."""

    def sign(self, request, payload, at, /):
        return replace(request, headers={"time": at.isoformat(), "payload": payload})

    def signed_at(self, request, /):
        return datetime.fromisoformat(request.headers["time"])

    def refuses(self, response, /):
        return response.status in REFUSED


@pytest.fixture
def ours() -> Calendar:
    return Calendar()


@pytest.fixture
def scheme(ours: Calendar) -> Plain:
    plain = Plain()
    vars(plain)["clock"] = VendorClock(ours)
    return plain


async def test_the_body_and_the_time_are_signed(scheme: Plain):
    signed = await scheme.authorize(ASKED, never)
    assert signed.headers == {
        "time": "2026-01-01T12:00:00+00:00",
        "payload": "fb8e20fc2e4c3f248c60c39bd652f3c1347298bb977b8b4d5903b85055620603",
    }
    assert signed.body is ASKED.body


async def test_the_present_time_is_signed_by_default():
    scheme = Plain()
    signed = await scheme.authorize(ASKED, never)
    assert abs(datetime.now(UTC) - scheme.signed_at(signed)) < timedelta(minutes=1)


async def test_a_wrong_clock_is_corrected_once(scheme: Plain, ours: Calendar):
    signed = await scheme.authorize(ASKED, never)
    refusal = answer(401, at=NOON - timedelta(minutes=10))

    assert scheme.refused(signed, refusal)
    ours.advance(seconds=2)
    again = await scheme.authorize(ASKED, never)
    assert scheme.signed_at(again) == NOON - timedelta(minutes=10) + timedelta(seconds=2)
    assert not scheme.refused(again, answer(401, at=NOON - timedelta(minutes=10)))


async def test_all_that_were_under_way_with_the_wrong_time_may_be_sent_again(scheme: Plain):
    first, second = [await scheme.authorize(ASKED, never) for _ in range(2)]
    refusal = answer(403, at=NOON + timedelta(hours=1))
    assert scheme.refused(first, refusal)
    assert scheme.refused(second, refusal)


@pytest.mark.parametrize(
    "response",
    [
        answer(200, at=NOON + timedelta(hours=1)),
        answer(500, at=NOON + timedelta(hours=1)),
        answer(401, at=NOON + timedelta(seconds=30)),
        answer(401),
    ],
)
async def test_nothing_is_learned_from_other_answers(scheme: Plain, response):
    signed = await scheme.authorize(ASKED, never)
    assert not scheme.refused(signed, response)
    assert scheme.clock.now() == NOON


def test_a_stamp_is_in_utc():
    assert parsed_stamp("20260101T120000Z", "%Y%m%dT%H%M%SZ") == NOON
