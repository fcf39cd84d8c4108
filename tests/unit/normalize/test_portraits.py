"""Portraits as Base64 text."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.normalize.portraits import portrait


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/9j/4AAQ", b"/9j/4AAQ"),
        ("/9j/4A==", b"/9j/4A=="),
        ("data:image/jpeg;base64,/9j/4AAQ", b"/9j/4AAQ"),
        ("DATA:image/png;base64,iVBORw==", b"iVBORw=="),
        ("/9j/\r\n4AAQ\n", b"/9j/4AAQ"),
        (" data:image/jpeg;base64,/9j/\n4AAQ", b"/9j/4AAQ"),
        ("dGVz", b"dGVz"),
    ],
)
def test_portrait(text, expected):
    assert portrait(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        " ",
        "data:image/jpeg;base64,",
        "/9j/4AAQSkZJRg.....s97n//2Q==",
        "/9j/4A",
        "/9j/4A==/9j/",
        "https://example.com/face.jpg",
        "/9j/\u00e94A",
        "_-_-",
        "====",
    ],
)
def test_no_portrait(text):
    assert portrait(text) is None


@given(st.binary(min_size=1))
def test_base64_comes_through(content):
    encoded = base64.b64encode(content)
    assert portrait(encoded.decode()) == encoded
    assert portrait(f"data:image/jpeg;base64,{encoded.decode()}") == encoded


@given(st.text())
def test_any_text_is_base64_or_nothing(text):
    found = portrait(text)
    assert found is None or base64.b64decode(found, validate=True)
