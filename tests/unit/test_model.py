from __future__ import annotations

import base64

from gateway.model import Attempt, DocumentImage, IdDocument, ImageFormat, Trail
from tests.fakes import make_query

CONTENT = b"\xff\xd8\xff\xe0 the bytes of a file"


def test_a_picture_that_came_inline_is_decoded_on_demand_and_never_encoded_again():
    text = memoryview(base64.b64encode(CONTENT))
    image = DocumentImage(ImageFormat.JPEG, 10, 20, len(CONTENT), base64=text)
    assert bytes(image.decoded()) == CONTENT
    assert image.encoded() is text


def test_a_picture_that_was_downloaded_is_encoded_on_demand():
    image = DocumentImage(ImageFormat.JPEG, 10, 20, len(CONTENT), content=CONTENT)
    assert image.decoded() is CONTENT
    assert bytes(image.encoded()) == base64.b64encode(CONTENT)


def test_nothing_personal_is_printed():
    document = IdDocument(country_region="IDN", first_name="Siti", document_number="A1", portrait_image=b"QUJD")
    query = make_query(image=DocumentImage(ImageFormat.PNG, 1, 1, 3, base64=b"QUJD"))
    assert "IDN" in repr(document)
    for value in ("Siti", "A1", "QUJD"):
        assert value not in repr(document) + repr(query)


def test_the_trail_tells_how_each_attempt_came_about():
    trail = Trail()
    kinds = []
    for upstream in ("a", "a", "b"):
        kinds.append(trail.next_kind(upstream))
        trail.add(Attempt(upstream, "unavailable", 0.1, 0.5))
    assert kinds == ["primary", "retry", "failover"]
    assert [attempt.upstream for attempt in trail] == ["a", "a", "b"]
    assert (len(trail), trail.cost) == (3, 1.5)
