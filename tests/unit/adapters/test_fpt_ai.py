import json

import msgspec
import pytest

from gateway.adapters.fpt_ai import FptAi
from gateway.adapters.fpt_ai.errors import ERRORS
from gateway.errors import UpstreamIncapable, UpstreamMisconfigured
from gateway.exchange import VendorResponse
from gateway.model import DocumentType, Side
from tests.fakes import make_query

PP, ID, DL = DocumentType.PASSPORT, DocumentType.IDENTITY_CARD, DocumentType.DRIVING_LICENCE


def asked(countries: set[str], types: set[DocumentType]):
    return make_query(countries=frozenset(countries), types=frozenset(types))


def end(body: object, status: int = 200, kind: DocumentType = ID):
    """The document or the error that an answer leads to."""
    exchange = FptAi().exchange(asked({"VNM"}, {kind}))
    next(exchange)
    try:
        exchange.send(VendorResponse(status, {}, json.dumps(body).encode()))
    except StopIteration as finished:
        return finished.value


@pytest.mark.parametrize(("kind", "path"), [(ID, "idr"), (DL, "dlr"), (PP, "passport")])
def test_each_type_has_an_endpoint_behind_the_one_that_is_configured(kind: DocumentType, path: str):
    adapter = msgspec.convert({"endpoint": "http://127.0.0.1:81/fpt/"}, type=FptAi)
    request = next(adapter.exchange(asked({"VNM"}, {kind})))
    assert request.url == f"http://127.0.0.1:81/fpt/vision/{path}/vnm"


@pytest.mark.parametrize(
    ("countries", "types"),
    [({"VNM"}, set()), ({"VNM"}, {PP, ID}), (set(), {DL}), (set(), set()), ({"VNM", "THA"}, {ID}), ({"THA"}, {ID})],
)
def test_without_country_and_one_type_it_is_not_asked(countries: set[str], types: set[DocumentType]):
    assert not FptAi().supports(asked(countries, types))
    with pytest.raises(UpstreamIncapable):
        next(FptAi().exchange(asked(countries, types)))


@pytest.mark.parametrize("options", [{"endpoint": "api.fpt.ai"}, {"api_key": "x"}])
def test_bad_options_are_refused_when_they_are_read(options: dict[str, str]):
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(options, type=FptAi)


@pytest.mark.parametrize("code", ERRORS)
@pytest.mark.parametrize("as_text", [False, True])
def test_every_code_in_200_is_its_error_as_number_and_as_text(code: str, as_text: bool):
    with pytest.raises(ERRORS[code]):
        end({"errorCode": code if as_text else int(code), "errorMessage": "-", "data": []})


def test_a_refusal_without_a_code_is_named_by_its_status_alone():
    with pytest.raises(UpstreamMisconfigured, match=r"^HTTP 403$"):
        end({"message": "You cannot consume this service"}, 403)


@pytest.mark.parametrize(
    ("kind", "side"),
    [
        ({"type": "old"}, Side.FRONT),
        ({"type": "new", "type_new": "cmnd_12_front"}, Side.FRONT),
        ({"type_new": "cccd_12_front"}, Side.FRONT),
        ({"type": "chip_back", "type_new": "cccd_chip_back"}, Side.BACK),
        ({"type": "old_back"}, Side.BACK),
        ({"type": "something else"}, None),
        ({}, None),
    ],
)
def test_the_side_is_told_by_the_words_for_types(kind: dict[str, str], side: Side | None):
    assert end({"errorCode": 0, "data": [{"id": "079193012345"} | kind]}).side is side


@pytest.mark.parametrize(("mrz", "lines"), [(["A<1", "N/A", ""], ("A<1",)), ("A<1\nB<2", ("A<1", "B<2")), ("N/A", ())])
def test_the_zone_comes_as_lines_or_in_one_text(mrz: object, lines: tuple[str, ...]):
    assert end({"errorCode": 0, "data": [{"id": "079193012345", "mrz": mrz}]}).mrz == lines


@pytest.mark.parametrize("score", ["N/A", "120", "-1", None, True, {"x": 1}, ["95.0"]])
def test_a_score_that_says_nothing_is_dropped_and_costs_nothing(score: object):
    document = end({"errorCode": 0, "data": [{"id": "079193012345", "id_prob": score}]})
    assert document.document_number == "079193012345"
    assert document.confidence == {}
