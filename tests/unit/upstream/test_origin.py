import pytest

from gateway.upstream.origin import same_origin

ASKED = "https://eye.example.com/prefix/submit?a=b"


@pytest.mark.parametrize(
    "url",
    [
        "https://eye.example.com/jobs/7",
        "https://EYE.example.COM/jobs/7?x=%2F",
        "HTTPS://eye.example.com",
        "https://eye.example.com:443/",
        "https://eye.example.com/#part",
    ],
)
def test_the_same_server(url: str):
    assert same_origin(ASKED, url)
    assert same_origin(url, ASKED)


@pytest.mark.parametrize(
    "url",
    [
        "http://eye.example.com/",
        "https://eye.example.com:8443/",
        "https://eye.example.com:80/",
        "https://example.com/",
        "https://other.eye.example.com/",
        "https://eye.example.com.evil.example/",
        "https://evil.example/https://eye.example.com/",
        "https://eye.example.com@evil.example/",
        "https://evil.example\\@eye.example.com/",
        "https://user@eye.example.com/",
        "https://:secret@eye.example.com/",
        "https://169.254.169.254/latest/meta-data",
        "//eye.example.com/jobs/7",
        "/jobs/7",
        "jobs/7",
        "",
        "https://",
        "https:///jobs",
        "https://eye.example.com:x/",
        "https://eye.example.com:99999/",
        "https://[eye.example.com/",
        "https://eye.example.com/a b",
        "https://eye.example.com/\r\nhost: evil.example",
        "https://eye.example.com/é",
        "ftp://eye.example.com/",
        "file:///etc/passwd",
    ],
)
def test_elsewhere(url: str):
    assert not same_origin(ASKED, url)


def test_a_written_default_port_is_the_default_port():
    assert same_origin("http://127.0.0.1:80/", "http://127.0.0.1/")
    assert not same_origin("http://127.0.0.1:80/", "http://127.0.0.1:8080/")
    assert same_origin("http://[::1]:9/", "http://[::1]:9/x")


def test_two_that_are_nothing_are_not_the_same():
    assert not same_origin("", "")
