import msgspec
import pytest

from gateway.adapters.answer import decode, decode_or_none
from gateway.errors import UpstreamProtocolError

BROKEN = [b"", b"<html>", b'{"words": ["SECR', b'{"words": 3}', b"[1]", b'{"words": "\xff"}', b"[" * 100_000]


class Answer(msgspec.Struct):
    words: list[str] = []


def test_what_is_known_is_read_and_the_rest_ignored():
    assert decode(b'{"words": ["a"], "new": {"x": 1}}', Answer) == Answer(["a"])
    assert decode('{"words": ["a"]}', Answer) == decode_or_none('{"words": ["a"]}', Answer) == Answer(["a"])


@pytest.mark.parametrize("body", BROKEN, ids=range(len(BROKEN)))
def test_anything_else_is_an_error_that_quotes_nothing(body: bytes):
    with pytest.raises(UpstreamProtocolError) as error:
        decode(body, Answer)
    assert "SECR" not in str(error.value)
    assert error.value.__cause__ is None
    assert decode_or_none(body, Answer) is None
