import hashlib
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.credentials.payload import HASH_INLINE, body_hash, payload_hash


@given(st.lists(st.binary(max_size=40), max_size=4))
def test_the_parts_are_hashed_as_if_joined(parts: list[bytes]):
    assert payload_hash(tuple(map(memoryview, parts))) == hashlib.sha256(b"".join(parts)).hexdigest()


class Watched(list):
    """A body that remembers which thread read it last: after its length is taken, that is the one that hashed it."""

    thread = ""

    def __iter__(self):
        self.thread = threading.current_thread().name
        return super().__iter__()


@pytest.mark.parametrize(("size", "moved"), [(1000, False), (HASH_INLINE, False), (HASH_INLINE + 1, True)])
async def test_a_big_body_is_hashed_off_the_event_loop(size: int, moved: bool):
    body = Watched([memoryview(b"A" * (size - 2)), b"BC"])

    assert await body_hash(body) == hashlib.sha256(b"A" * (size - 2) + b"BC").hexdigest()
    assert (body.thread != threading.main_thread().name) == moved
