import hashlib

import pytest

from gateway.credentials.canonical import (
    canonical_path,
    canonical_query,
    canonical_request,
    derived_key,
    hmac_hex,
    sha256_hex,
    signable_headers,
)
from gateway.exchange import VendorRequest
from gateway.secret import Secret


def test_headers_are_lower_case_trimmed_and_name_the_host_with_its_port():
    asked = VendorRequest("POST", "https://vendor.example:8443/x?y", {"Content-Type": " application/json "})
    assert signable_headers(asked) == {"content-type": "application/json", "host": "vendor.example:8443"}
    assert asked.headers == {"Content-Type": " application/json "}


def test_the_lines_of_a_request():
    lines = canonical_request("post", "/", "a=1", {"host": "h", "content-type": "t"}, "payload")
    assert lines == "POST\n/\na=1\ncontent-type:t\nhost:h\n\ncontent-type;host\npayload"


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("https://v.example", "/"),
        ("https://v.example/", "/"),
        ("https://v.example/a%20b/~c", "/a%20b/~c"),
        ("https://v.example/a+b=c", "/a%2Bb%3Dc"),
        ("https://v.example/ü", "/%C3%BC"),
    ],
)
def test_a_path_is_encoded_once(url: str, path: str):
    assert canonical_path(url) == path


@pytest.mark.parametrize(
    ("query", "canonical"),
    [
        ("", ""),
        ("b=2&a=1", "a=1&b=2"),
        ("a=2&a=1", "a=1&a=2"),
        ("a", "a="),
        ("a=b+c&d=%2f~", "a=b%20c&d=%2F~"),
        ("a-b=1&a=2", "a=2&a-b=1"),
    ],
)
def test_a_query_is_sorted_and_encoded(query: str, canonical: str):
    assert canonical_query(f"https://v.example/x?{query}") == canonical


def test_hashes_of_the_standards():
    """FIPS 180-4's example, RFC 4231's second, and the key of the AWS guide "Deriving the signing key"."""
    assert sha256_hex("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert hmac_hex(b"Jefe", "what do ya want for nothing?") == (
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    )
    key = derived_key(
        "AWS4", Secret("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"), "20120215", "us-east-1", "iam", "aws4_request"
    )
    assert key.hex() == "f4780e2d9f65fa895f9c67b32ce1baf0b0d8a43505a000a1a9e090d414db404d"
    assert len(key) == hashlib.sha256().digest_size
