from __future__ import annotations

from typing import Any

import msgspec
import pytest

from gateway.adapters.tencent_verification import TencentVerification
from gateway.errors import UpstreamIncapable, UpstreamUnavailable
from gateway.exchange import Evidence, Exchange, VendorRequest, VendorResponse
from gateway.model import DocumentType
from tests.fakes import make_query

PP, DL, ID = DocumentType.PASSPORT, DocumentType.DRIVING_LICENCE, DocumentType.IDENTITY_CARD


def verification(**options: Any) -> TencentVerification:
    return msgspec.convert({"endpoint": "https://ocr.example"} | options, type=TencentVerification)


def says(text: str, status: int = 200, **headers: str) -> VendorResponse:
    return VendorResponse(status, headers, text.encode())


def handed_in(adapter: TencentVerification) -> tuple[Exchange, VendorRequest]:
    """An exchange whose job is taken, and its first look."""
    exchange = adapter.exchange(make_query(countries=frozenset({"CHL"}), types=frozenset({ID})))
    next(exchange)
    return exchange, exchange.send(says('{"Response": {"CardVerificationToken": "token"}}'))


@pytest.mark.parametrize(
    "options", [{"endpoint": "ocr.example"}, {"interval": 0}, {"interval": 11}, {"site": "mainland"}]
)
def test_options_are_checked(options: dict[str, Any]):
    with pytest.raises(msgspec.ValidationError):
        verification(**options)


@pytest.mark.parametrize(
    ("countries", "types", "asked"),
    [
        (("CHL",), (ID,), True),
        (("HKG",), (), True),
        (("HKG", "IND"), (ID,), True),
        (("CHL",), (), False),
        (("CHL", "ALB"), (ID,), False),
        ((), (PP,), False),
        ((), (), False),
    ],
)
def test_it_has_to_be_told_one_kind_of_document(
    countries: tuple[str, ...], types: tuple[DocumentType, ...], *, asked: bool
):
    query = make_query(countries=frozenset(countries), types=frozenset(types))
    assert verification().supports(query) == asked
    if not asked:
        with pytest.raises(UpstreamIncapable):
            next(verification().exchange(query))


def test_what_the_read_part_of_the_tables_names_is_listed():
    coverage = verification().coverage
    assert len(coverage) == 23
    assert coverage["CHL", ID] is Evidence.LISTED
    assert coverage["VNM", DL] is Evidence.GENERAL


def test_a_job_is_looked_at_once_a_second_by_default():
    exchange, look = handed_in(verification())
    assert (look.delay, look.repeatable) == (1.0, True)
    again = exchange.send(says('{"Response": {"Status": "PROCESSING"}}'))
    assert (again.delay, again.body) == (1.0, look.body)


def test_a_look_that_came_too_soon_waits_as_told_and_does_not_lose_the_job():
    exchange, look = handed_in(verification())
    too_soon = '{"Response": {"Error": {"Code": "RequestLimitExceeded"}}}'
    later = exchange.send(says(too_soon, **{"retry-after": "4"}))
    assert (later.delay, later.body) == (4.0, look.body)
    assert exchange.send(says(too_soon)).delay == 1.0


def test_another_error_of_a_look_ends_the_exchange():
    exchange, _ = handed_in(verification())
    with pytest.raises(UpstreamUnavailable):
        exchange.send(says("<html>", 502))
