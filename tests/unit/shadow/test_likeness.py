import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.shadow.likeness import looks_alike, misread, one_edit

TEXT = st.text("AB0O8", max_size=6)


def distance(one, other):
    """Levenshtein's, by its definition."""
    if not one or not other:
        return len(one) + len(other)
    return min(
        distance(one[1:], other) + 1,
        distance(one, other[1:]) + 1,
        distance(one[1:], other[1:]) + (one[0] != other[0]),
    )


@given(TEXT, TEXT)
def test_one_edit_is_levenshteins_distance_of_up_to_one(one, other):
    assert one_edit(one, other) == (distance(one, other) <= 1)


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("AO123", "A0123", True),
        ("S1B0", "5I8O", True),
        ("1L", "LI", True),
        ("A1", "A7", False),
        ("OO", "0", False),
    ],
)
def test_any_number_of_characters_may_look_alike(one, other, alike):
    assert looks_alike(one, other) is looks_alike(other, one) is alike


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("NGUYEN", "NGUYEM", True),
        ("NGUYEN", "NGUYE", True),
        ("NGUYEN", "GUYNEN", False),  # exchanged neighbours are two edits: people do that, engines do not
        ("ABC1", "ABD7", False),
        ("AN", "AM", False),
        ("AN", "ANH", True),
        ("S0", "5O", True),
    ],
)
def test_an_edit_counts_where_most_is_left(one, other, near):
    assert misread(one, other) is misread(other, one) is near
