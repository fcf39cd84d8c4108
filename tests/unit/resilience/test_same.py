import pytest

from gateway.model import DocumentType, ImageFormat
from gateway.resilience.same import outline, received, same_picture
from tests.fakes import IMAGE_BASE64, make_image, make_query

OTHERS = [
    {"caller": "other"},
    {"project_id": "p2"},
    {"enterprise_project_id": "e"},
    {"countries": frozenset({"THA"})},
    {"types": frozenset({DocumentType.PASSPORT})},
    {"portrait": True},
    {"headers": (("x-tenant", "gold"),)},
    {"target": "azure"},
    {"alone": True},
    {"image": make_image(width=5)},
    {"image": make_image(format=ImageFormat.PNG)},
]


@pytest.mark.parametrize("other", OTHERS, ids=[next(iter(other)) for other in OTHERS])
def test_every_wish_counts(other: dict[str, object]):
    assert outline(make_query()) != outline(make_query(**other))


def test_ids_and_deadlines_do_not_count():
    assert outline(make_query(request_id="a", deadline=1.0)) == outline(make_query(request_id="b", deadline=2.0))


def test_pictures_are_compared_as_they_came():
    text = make_image()
    assert same_picture(text, make_image(base64=memoryview(bytes(IMAGE_BASE64))))
    assert not same_picture(text, make_image(base64=IMAGE_BASE64[:-4] + b"AAAA"))
    file = make_image(base64=None, content=IMAGE_BASE64)
    assert not same_picture(text, file)
    assert received(file) == received(text)
