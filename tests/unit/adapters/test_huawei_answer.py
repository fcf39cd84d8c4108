import msgspec
import pytest

from gateway.adapters.huawei_answer import result_of
from gateway.errors import UpstreamError, UpstreamGone, UpstreamProtocolError, UpstreamUnavailable
from gateway.exchange import VendorResponse


class Card(msgspec.Struct):
    number: str | None = None


def answer(body: bytes, status: int = 200) -> VendorResponse:
    return VendorResponse(status, {}, body)


@pytest.mark.parametrize("status", [200, 201])
def test_the_result_is_what_was_asked_for_and_unknown_fields_are_ignored(status: int):
    assert result_of(answer(b'{"result":{"number":"1","x":[]},"y":{}}', status), Card) == Card("1")
    assert result_of(answer(b'{"result":{}}', status), Card) == Card()


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{}",
        b"[]",
        b'{"result":null}',
        b'{"result":{"number":1}}',
        b'{"result":["Specimen"]}',
        b'{"result":{"number":"Spe',
        b'{"error_code":5}',
        b"<html></html>",
    ],
)
def test_anything_else_is_outside_the_agreed_form_and_not_quoted(body: bytes):
    with pytest.raises(UpstreamProtocolError) as refused:
        result_of(answer(body), Card)
    assert "Spe" not in str(refused.value)
    assert refused.value.__cause__ is None


def test_a_code_is_an_error_even_beside_a_result_and_in_200():
    with pytest.raises(UpstreamGone):
        result_of(answer(b'{"error_code":"APIG.0101","result":{"number":"1"}}'), Card)


@pytest.mark.parametrize(("status", "error"), [(503, UpstreamUnavailable), (404, UpstreamGone), (302, UpstreamError)])
def test_a_result_under_another_status_is_none(status: int, error: type):
    with pytest.raises(error):
        result_of(answer(b'{"result":{"number":"1"}}', status), Card)
