import base64
import hashlib

from hypothesis import given
from hypothesis import strategies as st

from gateway.shadow.sample import PART, lot
from tests.fakes import make_image


def noise(seed: int, size: int) -> bytes:
    return hashlib.shake_128(str(seed).encode()).digest(size)


def inline(file: bytes):
    return make_image(base64=memoryview(base64.b64encode(file)), size=len(file))


def downloaded(file: bytes):
    return make_image(base64=None, content=file, size=len(file))


@given(st.binary(min_size=1, max_size=64))
def test_a_small_picture_counts_whole_and_however_it_came(file):
    assert lot(inline(file), "a") == lot(downloaded(file), "a")
    assert 0 <= lot(inline(file), "a") < 1
    assert lot(inline(file), "a") != lot(inline(file + b"!"), "a")


def test_a_large_one_by_its_beginning_middle_end_and_size():
    file = bytearray(noise(1, 100_000))
    known = lot(inline(bytes(file)), "a")
    assert known == lot(downloaded(bytes(file)), "a")
    for place in (0, PART - 1, 50_000, 99_999):
        other = file.copy()
        other[place] ^= 1
        assert lot(inline(bytes(other)), "a") == lot(downloaded(bytes(other)), "a") != known


def test_lots_are_even_and_another_purpose_draws_anew():
    pictures = [inline(noise(seed, 200)) for seed in range(2000)]
    lots = [lot(picture, "shadow:thai:azure") for picture in pictures]
    for share in (0.05, 0.5):
        assert abs(sum(drawn < share for drawn in lots) / 2000 - share) < 0.03
    others = [lot(picture, "noise:thai:azure") for picture in pictures]
    both = sum(one < 0.5 and other < 0.5 for one, other in zip(lots, others, strict=True))
    assert abs(both / 2000 - 0.25) < 0.04


def test_the_lot_of_a_picture_never_changes():
    """Replicas of two versions would not sample alike."""
    hashed = b"shadow:thai:azure\x0024\x00one and the same picturesame pictureone and the same picture"
    expected = int(hashlib.sha256(hashed).hexdigest()[:16], 16) / 2**64
    assert lot(inline(b"one and the same picture"), "shadow:thai:azure") == expected
