from datetime import UTC, datetime
from enum import Enum
from typing import Annotated, Literal

import msgspec
import pytest
from msgspec import Meta

from gateway.config.convert import convert, convert_by_type, draft
from gateway.config.section import Here, Section
from gateway.config.types import Listen, Name, Seconds, Size
from gateway.secret import Secret
from tests.unit.config.sections import reported, section


class Colour(Enum):
    RED = "red"
    BLUE = "blue"


class Inner(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    size: Size = Size(1)
    secret: Secret | None = None
    low: int = 0
    high: int = 10

    def __post_init__(self):
        if self.low > self.high:
            raise ValueError("low is above high")


class Whole(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    name: Name
    inner: Inner = Inner()
    raw: Section
    maybe_raw: Section | None = None
    at: Here


def one(text, hint, environ=None):
    """``text`` as a ``hint``, or the problems."""
    at = section(text, environ)
    value = convert(at, hint)
    assert (value is None) == bool(reported(at)) or hint == (int | None)
    return reported(at) or value


@pytest.mark.parametrize(
    ("text", "hint", "value"),
    [
        ("3", int, 3),
        ("3", float, 3.0),
        ("3", Seconds, 3.0),
        ("abc", str, "abc"),
        ("off", bool, False),
        ("blue", Colour, Colour.BLUE),
        ("2", Literal[1, 2], 2),
        ("10MB", Size, Size(10_000_000)),
        ("a:1", Listen, Listen("a", 1)),
        ("2026-01-31T00:00:00Z", Annotated[datetime, Meta(tz=True)], datetime(2026, 1, 31, tzinfo=UTC)),
        ("'2026-01-31T00:00:00Z'", datetime, datetime(2026, 1, 31, tzinfo=UTC)),
        ("[a, b]", tuple[str, ...], ("a", "b")),
        ("[red, red]", frozenset[Colour], frozenset({Colour.RED})),
        ("[[1], []]", list[list[int]], [[1], []]),
        ("{a: 1}", dict[str, int], {"a": 1}),
        ("{no: {size: 2}}", dict[Name, Inner], {"no": Inner(size=Size(2))}),
        ("~", int | None, None),
        ("3", int | None, 3),
        ("a", str | tuple[str, ...], "a"),
        ("[a]", str | frozenset[str] | None, frozenset({"a"})),
        ("{low: 3}", Inner, Inner(low=3)),
        ("{low: 3}", Inner | None, Inner(low=3)),
        ("3", int | float, 3),
    ],
)
def test_values(text, hint, value):
    assert one(text, hint) == value
    assert type(one(text, hint)) is type(value)


@pytest.mark.parametrize(
    ("text", "hint", "problem"),
    [
        ("3.0", int, "1: expected a whole number, found the number 3.0"),
        ("true", int, "1: expected a whole number, found true"),
        ("1", bool, "1: expected true or false, found the number 1"),
        (".nan", float, "1: expected a number, found the number .nan"),
        (".inf", float, "1: expected a number, found the number .inf"),
        ("[]", float, "1: expected a number, found an empty list"),
        ("rad", Colour, '1: expected one of red, blue, found the text "rad"; did you mean red?'),
        ("true", Literal[1, 2], "1: expected one of 1, 2, found true"),
        ("2026-01-31T00:00:00", Annotated[datetime, Meta(tz=True)],
         "1: expected a moment with its time zone such as 2026-01-31T00:00:00Z, found the date 2026-01-31T00:00:00"),
        ("[1, a, b]", list[int] | None, '1: [1]: expected a whole number, found the text "a"'),
        ("{a b: 1}", dict[Name, int],
         "1: a b: the key must be a name of up to 63 letters, digits, dots, hyphens and underscores"),
        ("[]", Annotated[list[int], Meta(min_length=1)], "1: expected a list of at least 1 item, found an empty list"),
        ("abc", Inner, "1: expected a mapping, found text"),
        ("{a: 1}", str | tuple[str, ...], "1: expected text or a list, found a mapping"),
        ("{low: 20}", Inner, "1: low is above high"),
        ("{sise: 3}", Inner, "1: sise: unknown key; did you mean size?"),
        ("{secret: hunter2}", Inner, "1: secret: a secret is not written here: write {env: NAME} or {file: PATH}"),
    ],
)  # fmt: skip
def test_problems(text, hint, problem):
    assert one(text, hint)[0] == problem


def test_every_mistake_is_found_at_its_line():
    text = "name: a b\ninner:\n  size: big\n  low: x\n  hihg: 1\nmore: 1\n"
    assert one(text, Whole) == [
        "6: more: unknown key (known: inner, maybe_raw, name, raw)",
        '1: name: expected a name of up to 63 letters, digits, dots, hyphens and underscores, found the text "a b"',
        "5: inner.hihg: unknown key; did you mean high?",
        '3: inner.size: expected a size above 0 such as 512MiB, 10MB or a number of bytes, found the text "big"',
        '4: inner.low: expected a whole number, found the text "x"',
    ]


def test_a_struct_is_not_judged_as_a_whole_while_a_part_is_wrong():
    assert one("{low: 20, high: x}", Inner) == ['1: high: expected a whole number, found the text "x"']


def test_secrets_are_read():
    assert one("{secret: {env: A}}", Inner, {"A": "hunter2"}).secret.reveal() == "hunter2"


def test_raw_sections_and_the_own_place():
    whole = one("\nname: a\nraw: {any: 1}\n", Whole)
    assert (whole.raw.path, whole.raw.keys(), whole.raw.node.line) == ("raw", ("any",), 3)
    assert (whole.at.path, whole.at.node.line) == ("", 2)
    assert whole.maybe_raw is None


def test_a_raw_section_that_is_not_written_is_empty():
    whole = one("{name: a}", Whole)
    assert convert(whole.raw, Inner) == Inner()


def test_the_own_place_is_no_key():
    assert one("{name: a, at: 1}", Whole) == ["1: at: unknown key (known: inner, maybe_raw, name, raw)"]


def test_a_draft_has_defaults_where_the_file_is_wrong():
    at = section("{name: a, inner: {size: big, low: 3}}")
    assert draft(at, Whole).inner == Inner(low=3)
    assert len(reported(at)) == 1


def test_there_is_no_draft_without_a_required_value():
    assert draft(section("{inner: {low: 3}}"), Whole) is None
    assert draft(section("[]"), Whole) is None


def test_drafts_leave_out_entries_that_could_not_be_read():
    class Names(msgspec.Struct, kw_only=True):
        names: tuple[Name, ...] = ()
        sizes: dict[str, Size] = {}

    at = section("{names: [a, 'b c', d], sizes: {x: 1, y: 0}}")
    assert draft(at, Names) == Names(names=("a", "d"), sizes={"x": Size(1)})
    assert len(reported(at)) == 2


class First(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    key: str


class Second(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    pass


SCHEMES = {"first": First, "second": Second}


def test_the_type_names_the_struct_and_is_not_a_key_of_it():
    assert convert_by_type(section("{type: first, key: a}"), SCHEMES, "scheme") == First("a")
    assert convert_by_type(section("{type: second}"), SCHEMES, "scheme") == Second()


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("{key: a}", "1: type: missing, expected one of first, second"),
        ("{type: frist}", "1: type: no scheme is called frist; did you mean first?"),
        ("{type: 1}", '1: type: expected text, found the number 1; write "1" in quotes'),
        ("{type: first}", "1: key: missing, expected text"),
        ("hunter2", "1: expected a mapping, found text"),
    ],
)
def test_problems_with_a_type(text, problem):
    at = section(text)
    assert convert_by_type(at, SCHEMES, "scheme") is None
    assert reported(at) == [problem]
