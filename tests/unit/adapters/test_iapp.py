import json

import msgspec
import pytest

from gateway.adapters.iapp import Iapp
from gateway.adapters.iapp.errors import ERRORS, failure
from gateway.errors import UpstreamMisconfigured, UpstreamProtocolError, UpstreamThrottled
from gateway.exchange import VendorResponse
from gateway.model import DocumentType
from tests.fakes import make_query

PP, ID = DocumentType.PASSPORT, DocumentType.IDENTITY_CARD


@pytest.mark.parametrize("side", ["front", "back"])
def test_the_side_is_an_option_and_part_of_the_path(side: str):
    adapter = msgspec.convert({"endpoint": "http://127.0.0.1:81/iapp/", "side": side}, type=Iapp)
    query = make_query(countries=frozenset({"THA"}), types=frozenset({ID}))
    request = next(adapter.exchange(query))
    assert request.url == f"http://127.0.0.1:81/iapp/v3/store/ekyc/thai-national-id-card/{side}"


@pytest.mark.parametrize("options", [{"side": "auto"}, {"endpoint": "api.iapp.co.th"}, {"apikey": "x"}])
def test_bad_options_are_refused_when_they_are_read(options: dict[str, str]):
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(options, type=Iapp)


@pytest.mark.parametrize(
    ("countries", "types", "asked"),
    [
        ({"THA"}, {ID}, True),
        ({"THA", "USA"}, {ID}, True),
        ({"THA"}, set(), False),
        ({"THA"}, {PP, ID}, False),
        ({"THA", "VNM"}, {ID}, False),
        (set(), {ID}, False),
        (set(), set(), False),
    ],
)
def test_it_is_asked_only_where_nothing_but_a_thai_card_may_come(countries: set[str], types: set, asked: bool):
    assert Iapp().supports(make_query(countries=frozenset(countries), types=frozenset(types))) is asked


def said(status: int, message: str | None) -> VendorResponse:
    return VendorResponse(status, {}, json.dumps({"error_message": message}).encode())


@pytest.mark.parametrize("code", ERRORS)
def test_every_message_and_status_of_the_table_is_its_error(code: str):
    response = said(int(code), None) if code.isdigit() else said(200, code)
    assert type(failure(response)) is ERRORS[code]


def test_what_goes_on_behind_the_code_is_left_out():
    error = failure(said(560, "SERVER_IS_BUSY: (Please try again in a few seconds.)"))
    assert type(error) is UpstreamThrottled
    assert str(error) == "HTTP 560 SERVER_IS_BUSY"


@pytest.mark.parametrize("message", ["SOMETHING_NEW", "Mrs. Somebody"])
def test_a_message_that_is_not_known_is_no_answer_and_not_repeated(message: str):
    error = failure(said(200, message))
    assert type(error) is UpstreamProtocolError
    assert "Somebody" not in str(error)


@pytest.mark.parametrize("body", [b"", b"<html></html>", b'{"error_message":5}', b"[]"])
def test_without_a_message_the_status_speaks(body: bytes):
    assert type(failure(VendorResponse(403, {}, body))) is UpstreamMisconfigured
