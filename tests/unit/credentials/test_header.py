import pytest

from gateway.credentials.header import Header
from gateway.exchange import VendorRequest, VendorResponse
from gateway.secret import Secret


async def never(_request: VendorRequest) -> VendorResponse:
    raise AssertionError("a fixed header needs no request")


async def test_adds_one_header_and_leaves_the_rest():
    request = VendorRequest("POST", "https://vendor.example/x", {"content-type": "application/json"}, (b"body",))

    signed = await Header(name="X-Auth-Token", value=Secret("token-1")).authorize(request, never)

    assert signed.headers == {"content-type": "application/json", "X-Auth-Token": "token-1"}
    assert (signed.method, signed.url, signed.body) == (request.method, request.url, request.body)
    assert "X-Auth-Token" not in request.headers


@pytest.mark.parametrize("name", ["", "two words", "colon:", "line\nbreak"])
def test_refuses_what_is_no_header_name(name: str):
    with pytest.raises(ValueError, match="not a header name"):
        Header(name=name, value=Secret("v"))


@pytest.mark.parametrize("value", ["", "two\r\nlines", " blank", "blank ", "ünicode"])
def test_refuses_a_value_that_would_not_arrive_as_it_is_without_showing_it(value: str):
    with pytest.raises(ValueError, match="printable") as refused:
        Header(name="X-Key", value=Secret(value))
    assert str(refused.value) == "a header value is printable ASCII on one line, without outer blanks"


def test_does_not_show_its_value():
    assert "hidden" not in repr(Header(name="X-Key", value=Secret("hidden")))
