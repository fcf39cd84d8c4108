import pytest

from gateway.adapters.endpoint import check_endpoint


@pytest.mark.parametrize(
    "endpoint",
    [
        "https://ocr.ap-southeast-1.myhuaweicloud.com",
        "http://127.0.0.1:8080",
        "http://[::1]:8080/prefix/",
    ],
)
def test_takes_scheme_host_port_and_prefix(endpoint: str):
    check_endpoint(endpoint)


@pytest.mark.parametrize(
    "endpoint",
    [
        "",
        "ocr.example.com",
        "ftp://ocr.example.com",
        "https://",
        "https://:443",
        "https://ocr.example.com:0",
        "https://ocr.example.com:99999",
        "https://ocr.example.com:x",
        "https://user:key@ocr.example.com",
        "https://ocr.example.com/?x=1",
        "https://ocr.example.com/#x",
        "https://öcr.example.com",
        "https://ocr.example.com/a b",
    ],
)
def test_refuses_everything_else(endpoint: str):
    with pytest.raises(ValueError, match=r"endpoint|Port"):
        check_endpoint(endpoint)
