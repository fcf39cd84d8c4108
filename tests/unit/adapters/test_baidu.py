import base64
import hashlib
import json

import msgspec
import pytest

from gateway.adapters.baidu import Baidu
from gateway.adapters.baidu.errors import ERRORS
from gateway.adapters.coverage import PASSPORTS
from gateway.exchange import Evidence, VendorResponse
from gateway.model import DocumentType, IdDocument
from tests.fakes import make_image, make_query

PP, ID = DocumentType.PASSPORT, DocumentType.IDENTITY_CARD


def read(body: object) -> IdDocument:
    exchange = Baidu().exchange(make_query(types=frozenset({PP})))
    next(exchange)
    with pytest.raises(StopIteration) as finished:
        exchange.send(VendorResponse(200, {}, json.dumps(body).encode()))
    return finished.value.value


def test_taiwan_is_named_and_the_others_are_meant():
    covered = Baidu().coverage
    assert covered.keys() == PASSPORTS
    assert {country for (country, _), word in covered.items() if word is Evidence.LISTED} == {"TWN"}
    assert set(covered.values()) == {Evidence.LISTED, Evidence.GENERAL}


@pytest.mark.parametrize(
    ("countries", "types", "asked"),
    [
        (set(), {PP}, True),
        ({"IND"}, set(), True),
        ({"THA"}, {PP}, True),
        ({"THA"}, set(), False),
        (set(), {PP, ID}, False),
        (set(), set(), False),
        ({"USA"}, {PP}, False),
    ],
)
def test_it_is_asked_only_where_nothing_but_a_passport_may_come(countries: set[str], types: set, asked: bool):
    assert Baidu().supports(make_query(countries=frozenset(countries), types=frozenset(types))) is asked


def test_the_largest_picture_stays_below_4_mb_after_base64_and_percent_encoding():
    compressed = hashlib.shake_256(b"noise").digest(Baidu().accepts.max_bytes)
    image = make_image(base64=base64.b64encode(compressed), size=len(compressed))
    request = next(Baidu().exchange(make_query(image=image, types=frozenset({PP}))))
    assert 3_900_000 < sum(map(len, request.body)) < 4_000_000


@pytest.mark.parametrize("options", [{"endpoint": "aip.baidubce.com"}, {"region": "x"}])
def test_bad_options_are_refused_when_they_are_read(options: dict[str, str]):
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(options, type=Baidu)


@pytest.mark.parametrize("code", ERRORS)
@pytest.mark.parametrize("as_text", [False, True])
def test_every_code_is_its_error_as_number_and_as_text(code: str, as_text: bool):
    exchange = Baidu().exchange(make_query(types=frozenset({PP})))
    next(exchange)
    body = {"error_code": code if as_text else int(code), "error_msg": "-", "words_result": {}}
    with pytest.raises(ERRORS[code]):
        exchange.send(VendorResponse(200, {}, json.dumps(body).encode()))


@pytest.mark.parametrize(
    "value", [{"words": "E1"}, [{"word": "E1"}], {"word": "E1"}, [{"words": "E1"}, {"words": "E2"}]]
)
def test_a_value_is_read_in_the_forms_of_the_family(value: object):
    assert read({"words_result": {"护照号": value}}).document_number == "E1"


@pytest.mark.parametrize(
    ("written", "last", "first"),
    [
        ("LIN, MEI-HUA", "LIN", "MEI-HUA"),
        ("LIN\uff0cMEI-HUA", "LIN", "MEI-HUA"),
        ("CONTOH", "CONTOH", None),
        ("BUDI CONTOH SAJA", None, None),
    ],
)
def test_names_are_taken_apart_only_where_something_divides_them(written: str, last: str | None, first: str | None):
    document = read({"words_result": {"护照号": {"words": "E1"}, "姓名拼音": {"words": written}}})
    assert (document.last_name, document.first_name) == (last, first)
