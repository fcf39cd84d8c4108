from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gateway.errors import InvalidParameter, MalformedRequest
from gateway.model import DocumentType, InputKind
from gateway.wire.decode import decode

PASSPORT, LICENCE, CARD = DocumentType.PASSPORT, DocumentType.DRIVING_LICENCE, DocumentType.IDENTITY_CARD


def asked(**values):
    return decode(json.dumps({"image": "AAAA"} | values).encode())


def test_the_picture_is_a_view_into_the_body():
    body = bytearray(b'{"image":"AAAABBBB","id_type":["PP"]}')
    image = decode(body).image
    assert isinstance(image, memoryview)
    assert image == b"AAAABBBB"
    with pytest.raises(BufferError):  # nobody can resize what is being looked at
        body.clear()


@pytest.mark.parametrize(
    ("text", "image"),
    [
        (rb'{"image":"\/9j\/4AAQ"}', b"/9j/4AAQ"),
        (rb'{"image":"\u0041AAA"}', b"AAAA"),
        (rb'{"image":"AAAA\r\nBBBB\n"}', b"AAAA\r\nBBBB\n"),
        (rb'{"image":"AAAA","x":"\n"}', b"AAAA"),
        (rb'{"\u0069mage":"AAAA"}', b"AAAA"),
        (b' \r\n\t{ "image" :\n"AAAA" } \n', b"AAAA"),
        (b'{"image":"AAAA"}\n', b"AAAA"),
        (b'{"image":"BBBB","image":"AAAA"}', b"AAAA"),
        (b'{"image":null,"image":"AAAA"}', b"AAAA"),
        (b'{"image":"AAAA","url":null}', b"AAAA"),
        (b'{"image":"AAAA","url":""}', b"AAAA"),
        ('{"image":"AAAA","x":"ä中"}'.encode(), b"AAAA"),
        ('{"image":"ä"}'.encode(), "ä".encode()),  # left to whoever checks Base64
    ],
)
def test_forms_of_the_picture(text, image):
    parameters = decode(text)
    assert parameters.image is not None
    assert bytes(parameters.image) == image
    assert parameters.url is None
    assert parameters.input is InputKind.INLINE


def test_a_url_instead():
    parameters = decode(rb'{"image":null,"url":"https:\/\/example.com\/a.jpg"}')
    assert (parameters.image, parameters.url) == (None, "https://example.com/a.jpg")
    assert parameters.input is InputKind.URL


@pytest.mark.parametrize(
    "absent", [{}, {"country_region": None, "id_type": None}, {"country_region": [], "id_type": []}]
)
def test_nothing_asked_means_anything(absent):
    parameters = asked(**absent)
    assert (parameters.countries, parameters.types, parameters.portrait) == (frozenset(), frozenset(), False)


@pytest.mark.parametrize(
    ("values", "countries", "types"),
    [
        ({"country_region": "ALB", "id_type": "PP"}, {"ALB"}, {PASSPORT}),
        ({"country_region": ["ALB"], "id_type": ["PP"]}, {"ALB"}, {PASSPORT}),
        ({"country_region": ["VNM", "THA", "VNM"]}, {"VNM", "THA"}, set()),
        ({"id_type": ["PP", "DL", "ID"]}, set(), {PASSPORT, LICENCE, CARD}),
        ({"country_region": "", "id_type": ""}, set(), set()),
        ({"country_region": ["IND", "THA"], "id_type": ["ID"]}, {"IND", "THA"}, {CARD}),
    ],
)
def test_allow_lists(values, countries, types):
    parameters = asked(**values)
    assert (parameters.countries, parameters.types) == (countries, types)


def test_the_portrait_only_where_asked_for():
    assert asked(return_portrait_image=True).portrait is True
    assert asked(return_portrait_image=False).portrait is False
    assert asked(return_portrait_image=None).portrait is False


@pytest.mark.parametrize(
    "values",
    [
        {"image": None}, {"image": ""}, {"image": 5}, {"image": ["AAAA"]}, {"image": {}}, {"image": True},
        {"url": "https://example.com/"}, {"image": None, "url": 5}, {"image": None, "url": ["https://example.com/"]},
        {"country_region": 5}, {"country_region": {}}, {"country_region": [5]}, {"country_region": [None]},
        {"country_region": ["tha"]}, {"country_region": ["TH"]}, {"country_region": ["THA "]}, {"country_region": [""]},
        {"country_region": ["USA"]}, {"country_region": ["THA", "USA"]}, {"country_region": ["THA"] * 5000},
        {"id_type": ["XX"]}, {"id_type": "pp"}, {"id_type": [""]}, {"id_type": 1}, {"id_type": ["PP", None]},
        {"country_region": "HKG", "id_type": "PP"}, {"country_region": ["IND", "BRA"], "id_type": ["DL", "ID"]},
        {"return_portrait_image": "true"}, {"return_portrait_image": 1}, {"return_portrait_image": []},
    ],
)  # fmt: skip
def test_values_that_a_parameter_cannot_have(values):
    with pytest.raises(InvalidParameter):
        asked(**values)


def test_what_is_outside_table_1_is_named():
    with pytest.raises(InvalidParameter, match="DEU, USA"):
        asked(country_region=["USA", "THA", "DEU"])
    with pytest.raises(InvalidParameter, match="HKG with DL, PP"):
        asked(country_region="HKG", id_type=["PP", "DL"])


def test_any_country_lifts_table_1_and_nothing_else():
    body = b'{"image":"AAAA","country_region":["USA","HKG"],"id_type":["DL"]}'
    assert decode(body, any_country=True).countries == {"USA", "HKG"}
    with pytest.raises(InvalidParameter):
        decode(b'{"image":"AAAA","country_region":["usa"]}', any_country=True)


@pytest.mark.parametrize(
    "body",
    [
        b"", b" ", b"{", b'{"image":"AAAA"', b'{"image":"AAAA"}}', b'{"image":"AAAA",}', b"{'image':'AAAA'}",
        b"null", b"[]", b'["AAAA"]', b'"AAAA"', b"5", b"image=AAAA", b"<image/>", b'{"image":AAAA}', b"{1:2}",
        b'{"image":"AAAA\n"}', b'{"image":"AAAA\xff"}', b'{"image":"AAAA","x":"\xff"}', b'{"\xff":1,"image":"AAAA"}',
        b'\xef\xbb\xbf{"image":"AAAA"}', '{"image":"AAAA"}'.encode("utf-16"), rb'{"image":"\q"}', rb'{"url":"\ud800"}',
        b'{"image":"AAAA","x":NaN}', b'{"image":"AAAA","x":' + b"[" * 100_000, b'{"url":' + b"[" * 9000 + b"]" * 9000 + b"}",
    ],
)  # fmt: skip
def test_bodies_that_are_not_a_json_object(body):
    with pytest.raises(MalformedRequest):
        decode(body)


def test_nothing_that_was_sent_is_in_a_message_or_a_repr():
    with pytest.raises(InvalidParameter) as caught:
        asked(country_region=["canary"])
    assert "canary" not in str(caught.value)
    assert "canary" not in repr(decode(b'{"image":"canary"}')) + repr(decode(b'{"url":"canary"}'))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(["THA", "PP", "AAAA"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=5,
)
FIELDS = st.sampled_from(["image", "url", "country_region", "id_type", "return_portrait_image", "other"])


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(FIELDS, JSON).map(lambda body: json.dumps(body).encode()) | st.binary())
def test_any_body_gives_parameters_or_one_of_our_errors(body):
    try:
        parameters = decode(body)
    except (InvalidParameter, MalformedRequest):
        return
    assert (parameters.image is None) != (parameters.url is None)
