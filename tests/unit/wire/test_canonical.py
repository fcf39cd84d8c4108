from __future__ import annotations

import hashlib

import pytest

from gateway.wire.canonical import canonical_requests
from gateway.wire.head import Head

EMPTY = hashlib.sha256().hexdigest()


def forms(target: str = "/v2/p/ocr", signed: str = "x-sdk-date", payloads=("hash",), **headers: bytes | tuple):
    fields = {"x-sdk-date": (b"D",)}
    fields |= {
        name.replace("_", "-"): value if isinstance(value, tuple) else (value,) for name, value in headers.items()
    }
    return [
        form.decode("latin-1") for form in canonical_requests(Head("post", target.encode(), fields), signed, payloads)
    ]


def paths(target: str) -> list[str]:
    return [form.split("\n")[1] for form in forms(target)]


def test_the_published_example_of_the_signing_guide():
    head = Head(
        "GET",
        b"/v1/77b6a44cba5143ab91d13ab9a8ff44fd/vpcs?limit=2&marker=13551d6b-755d-4757-b956-536f674975c0",
        {
            "content-type": (b"application/json",),
            "host": (b"service.region.example.com",),
            "x-sdk-date": (b"20191115T033655Z",),
        },
    )
    first = next(canonical_requests(head, "content-type;host;x-sdk-date", [EMPTY]))
    assert hashlib.sha256(first).hexdigest() == "b25362e603ee30f4f25e7858e8a7160fd36e803bb2dfe206278659d71a9bcd7a"


def test_six_parts():
    assert forms("/v2/p/ocr?b=2&a=1")[0] == "POST\n/v2/p/ocr/\na=1&b=2\nx-sdk-date:D\n\nx-sdk-date\nhash"


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("/v2/p", ["/v2/p/", "//v2/p/"]),
        ("/v2/p/", ["/v2/p/", "//v2/p/"]),
        ("//v2/p", ["//v2/p/", "/v2/p/"]),
        ("/", ["/", "//"]),
        ("http://h:80/v2/p", ["/v2/p/", "//v2/p/"]),
        ("http://h", ["/", "//"]),
        # Node's core encodes what is encoded already
        ("/%7Bp%7D", ["/%7Bp%7D/", "/%257Bp%257D/", "//%7Bp%7D/", "//%257Bp%257D/"]),
        ("/a%2fb~", ["/a/b~/", "/a%252fb~/", "//a/b~/", "//a%252fb~/"]),
    ],
)
def test_paths(target, expected):
    assert paths(target) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ""),
        ("b=2&a=1&a=0", "a=0&a=1&b=2"),
        ("a", "a="),
        ("a=x%20y&c=%C3%A9", "a=x%20y&c=%C3%A9"),
        ("a=x+y", "a=x%2By"),
        ("a=b=c&&", "a=b%3Dc"),
        ("a%2D=1&a=2", "a=2&a-=1"),
    ],
)
def test_queries_are_decoded_sorted_and_encoded(query, expected):
    assert forms(f"/p?{query}")[0].split("\n")[2] == expected


def test_the_host_counts_with_and_without_its_port():
    lines = [form.split("\n")[3] for form in forms(signed="host", host=b"gw:8080")]
    assert list(dict.fromkeys(lines)) == ["host:gw:8080", "host:gw"]
    lines = [form.split("\n")[3] for form in forms(signed="host", host=b"[::1]:8080")]
    assert list(dict.fromkeys(lines)) == ["host:[::1]:8080", "host:[::1]"]


def test_a_host_that_is_not_signed_makes_no_difference():
    assert len(forms(host=b"gw:8080")) == 2


def test_bytes_count_as_sent_and_as_characters():
    lines = [form.split("\n")[3] for form in forms(signed="x-tag", x_tag=b"\xe9")]
    assert list(dict.fromkeys(lines)) == ["x-tag:\xe9", "x-tag:\xc3\xa9"]


def test_headers_stand_in_the_client_s_order_and_repeated_ones_by_value():
    assert forms(signed="X-Tag;x-sdk-date", x_tag=(b"b", b"a"))[0].split("\n")[3:] == [
        "x-tag:a",
        "x-tag:b",
        "x-sdk-date:D",
        "",
        "X-Tag;x-sdk-date",
        "hash",
    ]


def test_a_listed_header_that_did_not_come_leaves_nothing_to_sign():
    assert forms(signed="x-sdk-date;x-gone") == []


def test_every_payload_is_tried():
    assert {form.rsplit("\n", 1)[1] for form in forms(payloads=("one", "two"))} == {"one", "two"}
