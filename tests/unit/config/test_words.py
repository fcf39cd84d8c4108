from collections.abc import Mapping
from datetime import date, datetime
from enum import Enum
from typing import Annotated, Literal

import msgspec
import pytest
from msgspec import Meta

from gateway.config import nodes
from gateway.config.types import Listen, Name, Seconds, Size
from gateway.config.words import expected, found, length_fits
from gateway.secret import Secret


class Colour(Enum):
    RED = "red"
    BLUE = "blue"


class Thing(msgspec.Struct):
    pass


@pytest.mark.parametrize(
    ("hint", "words"),
    [
        (str, "text"),
        (int, "a whole number"),
        (bool, "true or false"),
        (date, "a date such as 2026-01-31"),
        (Annotated[datetime, Meta(tz=True)], "a moment with its time zone such as 2026-01-31T00:00:00Z"),
        (Seconds, "seconds above 0, at most 86400"),
        (Annotated[float, Meta(gt=0, le=300)], "a number above 0 and at most 300"),
        (Annotated[int, Meta(ge=1)], "a whole number at least 1"),
        (Annotated[str, Meta(min_length=1, max_length=9)], "text of at least 1 character of at most 9 characters"),
        (Annotated[str, Meta(pattern="^a$")], "text that matches ^a$"),
        (Annotated[list[str], Meta(min_length=2)], "a list of at least 2 items"),
        (frozenset[str], "a list"),
        (dict[str, int], "a mapping"),
        (Mapping[str, int], "a mapping"),
        (Thing, "a mapping"),
        (Secret, "{env: NAME} or {file: PATH}"),
        (Size, Size.expected),
        (Literal["a", "b"], "one of a, b"),
        (Colour | None, "one of red, blue"),
        (str | tuple[str, ...] | None, "text or a list"),
    ],
)
def test_what_is_expected(hint, words):
    assert expected(hint) == words


def what(text, hint):
    return found(nodes.parse(text)[0], hint)


@pytest.mark.parametrize(
    ("text", "hint", "words"),
    [
        ("abc", int, 'the text "abc"'),
        ("x" * 61, int, "a text of 61 characters"),
        ("3", str, 'the number 3; write "3" in quotes'),
        ("0x10", Name, 'the number 0x10; write "0x10" in quotes'),
        ("3", Listen, "the number 3"),
        ("2026-01-31", str | None, 'the date 2026-01-31; write "2026-01-31" in quotes'),
        ("2026-01-31", datetime, "the date 2026-01-31"),
        ("NO", str, 'false, which is how YAML reads NO; write "NO" in quotes'),
        ("on", Literal["a"], 'true, which is how YAML reads on; write "on" in quotes'),
        ("true", str, 'true; write "true" in quotes'),
        ("yes", float, "true"),
        ("~", str, "nothing"),
        ("[]", str, "an empty list"),
        ("[1]", str, "a list"),
        ("{a: 1}", str, "a mapping"),
    ],
)
def test_what_is_found(text, hint, words):
    assert what(text, hint) == words


@pytest.mark.parametrize(
    "hint", [Secret, Secret | None, Thing, dict[str, str], list[str], Annotated[list[str], Meta()]]
)
def test_text_in_the_place_of_a_secret_or_a_section_is_not_shown(hint):
    assert what("hunter2", hint) == "text"


def test_lengths():
    hint = Annotated[list[str], Meta(min_length=1, max_length=2)]
    assert [length_fits(hint, length) for length in range(4)] == [False, True, True, False]
    assert length_fits(list[str], 0)
