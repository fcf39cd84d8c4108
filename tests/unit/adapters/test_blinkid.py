"""Options of ``blinkid``, and the names under which its enumerations appear."""

from __future__ import annotations

import json

import msgspec
import pytest

from gateway.adapters.blinkid import BlinkId
from gateway.adapters.blinkid.answer import capitals
from gateway.adapters.blinkid.errors import EMPTY
from gateway.adapters.blinkid.mapping import KINDS
from gateway.exchange import Evidence
from gateway.model import ImageFormat
from tests.adapters.cases import SAMPLE_BASE64
from tests.fakes import make_image, make_query


def blinkid(**options):
    return msgspec.convert({"endpoint": "http://blinkid:8080/"} | options, BlinkId)


@pytest.mark.parametrize(
    "options", [{"endpoint": "blinkid"}, {"product": "sdk"}, {"settings": "no"}, {"mb_api_key": "secret"}]
)
def test_options_that_make_no_sense(options):
    with pytest.raises(msgspec.ValidationError):
        blinkid(**options)


@pytest.mark.parametrize("product", ["self_hosted", "cloud"])
def test_the_vendor_names_every_pair(product):
    adapter = blinkid(product=product)
    assert set(adapter.coverage.values()) == {Evidence.LISTED}
    assert len(adapter.coverage) == 23


def test_only_the_cloud_takes_bitmaps():
    assert ImageFormat.BMP in blinkid(product="cloud").accepts.formats
    assert blinkid().accepts.formats == {ImageFormat.JPEG, ImageFormat.PNG}


@pytest.mark.parametrize(
    ("product", "url", "body"),
    [
        ("self_hosted", "http://blinkid:8080/blinkid-single-side", {"image": {"imageBase64": SAMPLE_BASE64.decode()}}),
        ("cloud", "http://blinkid:8080/v1/recognizers/blinkid", {"imageSource": SAMPLE_BASE64.decode()}),
    ],
)
def test_without_settings_the_picture_is_all_that_is_sent(product, url, body):
    query = make_query(image=make_image(base64=SAMPLE_BASE64), portrait=True)
    request = next(blinkid(product=product, settings=False).exchange(query))
    assert request.url == url
    assert json.loads(b"".join(request.body)) == body


@pytest.mark.parametrize("name", ["MULTIPURPOSE_ID", "multipurpose-id", "MultipurposeId", "multipurposeId"])
def test_a_member_of_an_enumeration_has_one_name(name):
    assert capitals(name) == "MULTIPURPOSEID"
    assert capitals(None) == ""


def test_the_tables_use_that_name():
    for name in (*KINDS, *EMPTY):
        assert capitals(name) == name
