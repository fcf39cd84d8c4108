import json

import msgspec
import pytest

from gateway.credentials.refusal import LARGEST_ERROR, error_in
from tests.unit.credentials.vendor import answer


class Error(msgspec.Struct):
    code: int


def test_an_error_is_read_and_its_other_keys_are_not():
    assert error_in(answer(body={"code": 110, "message": "x"}), Error) == Error(110)


@pytest.mark.parametrize("body", [b"", b"<html>", b'{"code":', {"code": "110"}, {}, [], b"\xff", b"[" * 5000])
def test_anything_else_is_no_error(body: object):
    assert error_in(answer(body=body), Error) is None


def test_a_long_answer_is_not_parsed():
    body = json.dumps({"code": 110}).encode()
    padded = body + b" " * (LARGEST_ERROR - len(body))
    assert error_in(answer(body=padded), Error) == Error(110)
    assert error_in(answer(body=padded + b" "), Error) is None
