"""Valid zones to test with: hand-written ones and a hypothesis strategy, independent of the code under test."""

from __future__ import annotations

from hypothesis import strategies as st

TD3 = (
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
    "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
)
TD2 = ("I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "D231458907UTO7408122F1204159<<<<<<<6")
TD1 = ("I<UTOD231458907<<<<<<<<<<<<<<<", "7408122F1204159UTO<<<<<<<<<<<6", "ERIKSSON<<ANNA<MARIA<<<<<<<<<<")
"""The examples of ICAO Doc 9303 parts 4, 6 and 5, appendix B of each."""

VALUES = {c: i for i, c in enumerate("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")} | {"<": 0}


def digit(text: str) -> str:
    return str(sum(VALUES[c] * (7, 3, 1)[i % 3] for i, c in enumerate(text)) % 10)


_name = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=1, max_size=9)
_states = st.sampled_from(["UTO", "D<<", "VNM", "BRA", "GBD", "RKS", "THA", "XXA"])
_numbers = st.text("0123456789ABCDEFGHJKLMNPRSTUVWXYZ", min_size=1, max_size=9)
_dates = st.dates().map(lambda day: f"{day.year % 100:02}{day.month:02}{day.day:02}")
_sexes = st.sampled_from("MF<")


@st.composite
def _people(draw: st.DrawFn, width: int) -> str:
    surname = "<".join(draw(st.lists(_name, min_size=1, max_size=2)))
    given = "<".join(draw(st.lists(_name, max_size=2)))
    return f"{surname}<<{given}".ljust(width, "<")[:width]


@st.composite
def two_lines(draw: st.DrawFn) -> tuple[str, ...]:
    td3 = draw(st.booleans())
    width = 44 if td3 else 36
    first = (draw(st.sampled_from(["P<", "PO", "PM"] if td3 else ["I<", "ID", "AC"]))) + draw(_states)
    number, birth, expiry = draw(_numbers).ljust(9, "<"), draw(_dates), draw(_dates)
    optional = draw(st.text("0123456789ABCXYZ", max_size=14 if td3 else 7)).ljust(14 if td3 else 7, "<")
    tail = optional + (digit(optional) if td3 else "")
    start, middle = number + digit(number), birth + digit(birth)
    end = expiry + digit(expiry) + tail
    second = start + draw(_states) + middle + draw(_sexes) + end + digit(start + middle + end)
    return first + draw(_people(width - 5)), second


@st.composite
def three_lines(draw: st.DrawFn) -> tuple[str, ...]:
    number, birth, expiry = draw(_numbers).ljust(9, "<"), draw(_dates), draw(_dates)
    first = draw(st.sampled_from(["I<", "ID", "AR", "C<"])) + draw(_states) + number + digit(number)
    first += draw(st.text("0123456789ABCXYZ", max_size=15)).ljust(15, "<")
    middle, end = birth + digit(birth), expiry + digit(expiry)
    optional = draw(st.text("0123456789ABCXYZ", max_size=11)).ljust(11, "<")
    second = middle + draw(_sexes) + end + draw(_states) + optional + digit(first[5:] + middle + end + optional)
    return first, second, draw(_people(30))


zones = st.one_of(two_lines(), three_lines())


def digit_fixed(second: str, number: str) -> str:
    """A TD3 data line that prints ``second`` and whose check digits are those of ``number`` in its place."""
    start = number + digit(number)
    line = second[:9] + start[9] + second[10:43]
    return line + digit(start + line[13:20] + line[21:43])
