from __future__ import annotations

import base64
import binascii

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gateway.errors import UnsupportedImageFormat
from gateway.image import encoded


@pytest.mark.parametrize("size", [1, 2, 3, 100, 3_000_000])
async def test_good_text_comes_back_as_it_is(size):
    text = memoryview(base64.b64encode(bytes(size)))
    assert await encoded.checked(text) is text
    assert encoded.decoded_size(text) == size


@pytest.mark.parametrize("wrap", [b"\n", b"\r\n"])
async def test_line_breaks_are_taken_out(wrap):
    plain = base64.b64encode(bytes(range(256)) * 3)
    wrapped = wrap.join(plain[start : start + 76] for start in range(0, len(plain), 76)) + wrap
    assert await encoded.checked(wrapped) == plain


@pytest.mark.parametrize(
    "text",
    [
        b"", b"A", b"AA", b"AAA", b"AAAAA", b"A===", b"====", b"AA=A", b"=AAA", b"AA==AAAA", b"AAA=AAAA", b"AA==\n=",
        b"AA AA===", b"AAAA AAAA", b"AA\tA", b"-_AA", b"AAA\0", b"\xc3\xa4\xc3\xa4", b"\n", b"data:image/png;base64,AAAA",
        b"A" * 100_000 + b"*" + b"A" * 99_999,
    ],
)  # fmt: skip
async def test_anything_else_is_refused(text):
    with pytest.raises(UnsupportedImageFormat):
        await encoded.checked(text)


@settings(deadline=None)
@given(st.binary(min_size=1, max_size=60), st.integers(0, 70), st.integers(0, 70))
def test_reading_a_part_equals_decoding_the_whole(content, offset, length):
    read = encoded.reader(memoryview(base64.b64encode(content)))
    assert read(offset, length) == content[offset : offset + length]


@settings(deadline=None)
@given(st.binary(max_size=24) | st.text("AB/+= \r\n", max_size=12).map(str.encode))
async def test_what_passes_decodes_strictly_and_nothing_else_is_raised(text):
    try:
        good = await encoded.checked(text)
    except UnsupportedImageFormat:
        return
    assert len(binascii.a2b_base64(good, strict_mode=True)) == encoded.decoded_size(good)
