"""Fictitious holders: who they are, what their document prints, what its machine readable zone says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from tests.specimens import mrz
from tests.specimens.dice import digits, pick
from tests.specimens.layout import ENGLISH, Holders, Layout
from tests.specimens.numbers import CHECKS


@dataclass(frozen=True, slots=True)
class Name:
    """Printed in the country's own script and in Latin letters; equal where there is only one."""

    native: str
    latin: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    surname: Name
    given: Name
    father: str
    sex: str
    birth: date
    issue: date
    expiry: date
    number: str
    personal: str
    place: str
    authority: str

    @property
    def age(self) -> int:
        return self.issue.year - self.birth.year


def _name(entry: str) -> Name:
    native, _, latin = entry.partition("|")
    return Name(native, latin or native)


def _joined(names: list[Name], joiner: str = " ") -> Name:
    return Name(joiner.join(name.native for name in names), joiner.join(name.latin for name in names))


def _day(rng: np.random.Generator, first: date, last: date) -> date:
    return first + timedelta(days=int(rng.integers((last - first).days + 1)))


def _later(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, day=28)


def person(layout: Layout, rng: np.random.Generator) -> Person:
    """A holder of this document; every lot is drawn from ``rng`` in a fixed order."""
    holders, names = layout.holders, layout.holders.names
    sex = pick(rng, "FM")
    surnames = names.surnames_female if sex == "F" and names.surnames_female else names.surnames
    family = [_name(pick(rng, surnames))]
    if rng.random() < names.double:
        family.append(_name(pick(rng, [name for name in surnames if _name(name) != family[0]])))
    first = names.female if sex == "F" else names.male
    given = [_name(pick(rng, first))]
    while rng.random() < names.middle and len(given) < 4:
        given.append(_name(pick(rng, first)))
    father = f"{_name(pick(rng, names.male)).latin} {family[0].latin}"
    birth = _day(rng, date(1951, 1, 1), date(2003, 12, 31))
    issue = _day(rng, date(2016, 6, 1), date(2025, 6, 30))
    expiry = _later(issue, holders.years) - timedelta(days=1 if holders.day_before else 0)
    personal = CHECKS[holders.personal_check](digits(rng, holders.personal.format(**birth_tokens(birth, sex))))
    number = personal[-9:] if holders.number == "{personal}" else digits(rng, holders.number)
    unique = [name for index, name in enumerate(given) if name not in given[:index]]
    return Person(
        surname=_joined(family, names.joiner),
        given=_given(unique, layout, rng),
        father=father,
        sex=sex,
        birth=birth,
        issue=issue,
        expiry=expiry,
        number=number,
        personal=personal,
        place=pick(rng, holders.places),
        authority=pick(rng, holders.authorities),
    )


def _given(names: list[Name], layout: Layout, rng: np.random.Generator) -> Name:
    """Given names as one; in Indonesia a fifth of the holders have no name but one."""
    if layout.holders.names.style == "indonesian" and rng.random() < 0.2:
        return Name("", "")
    return _joined(names)


def birth_tokens(birth: date, sex: str) -> dict[str, str]:
    """What national numbers encode of a birth date and sex."""
    century = birth.year // 100 - 19
    return {
        "yy": f"{birth:%y}",
        "mm": f"{birth.month:02d}",
        "dd": f"{birth.day:02d}",
        "yyyy": f"{birth.year}",
        "vietnam": str(2 * century + (sex == "F")),
        "taiwan": "2" if sex == "F" else "1",
        "decade": "GHIJKL"[(birth.year - 1960) // 10] if birth.year >= 1960 else "F",
        "y": str(birth.year % 10),
        "albania": f"{birth.month + (50 if sex == 'F' else 0):02d}",
    }


def printed_date(day: date, holders: Holders) -> str:
    """A date in the country's printed form; ``mon`` is the national month name, ``eng`` the English one."""
    return holders.date.format(
        dd=f"{day.day:02d}",
        mm=f"{day.month:02d}",
        mon=holders.months[day.month - 1],
        eng=ENGLISH[day.month - 1],
        yyyy=day.year,
        yy=f"{day:%y}",
    )


def full_name(person: Person, layout: Layout) -> str:
    """All names on one line, as Malaysia and Indonesia print them."""
    if layout.holders.names.style == "indonesian":
        return f"{person.given.latin} {person.surname.latin}".strip()
    return f"{person.given.latin} {person.surname.latin}".strip() if person.given.latin else person.surname.latin


def printed(person: Person, layout: Layout) -> dict[str, str]:
    """The values that a layout's templates may name."""
    holders, woman = layout.holders, person.sex == "F"
    national = holders.nationality_female if woman and holders.nationality_female else holders.nationality_male
    return {
        "code": layout.code.rstrip("<"),
        "state": layout.state or layout.country,
        "surname": person.surname.latin,
        "surname_native": person.surname.native,
        "given": person.given.latin,
        "given_native": person.given.native,
        "full": full_name(person, layout),
        "father": person.father,
        "title": "MISS" if woman else "MR.",
        "title_native": "น.ส." if woman else "นาย",
        "sex": holders.sex_female if woman else holders.sex_male,
        "nationality": national,
        "birth": printed_date(person.birth, holders),
        "issue": printed_date(person.issue, holders),
        "expiry": printed_date(person.expiry, holders),
        "number": holders.number_printed.format(number=person.number, head=person.number[:2], tail=person.number[2:]),
        "personal": personal_printed(person, holders),
        "place": person.place,
        "authority": person.authority,
        "height": str(150 + (sum(person.number.encode()) * 7) % 38),
    }


def personal_printed(person: Person, holders: Holders) -> str:
    """The personal number with the country's separators: ``{0}`` is its first character, ``{1}`` its second."""
    if holders.personal_printed == "{personal}":
        return person.personal
    return holders.personal_printed.format(*person.personal)


def zone(person: Person, layout: Layout) -> tuple[mrz.Holder, list[str]]:
    """The machine readable zone, and what it was made of."""
    holders = layout.holders
    umlauts = holders.names.umlauts
    surname, given = person.surname.latin, person.given.latin
    if holders.names.style == "full":
        surname, given = full_name(person, layout), ""
    bare = "".join(part for part in person.personal if part.isalnum())
    citizen = f"{bare}<<{mrz.check_digit(bare)}"
    tokens = {
        "personal": bare,
        "citizen": citizen,
        "dashed": person.personal.replace("-", "<"),
        "run": f"{bare[:-1]}<{bare[-1:]}",
    }
    state = layout.state or layout.country
    holder = mrz.Holder(
        code=layout.code,
        state=state,
        number=person.number,
        nationality=state,
        birth=f"{person.birth:%y%m%d}",
        sex=person.sex,
        expiry=f"{person.expiry:%y%m%d}",
        surname=mrz.transliterate(surname, umlauts),
        given=mrz.transliterate(given, umlauts),
        optional=holders.optional.format(**tokens),
        optional2=holders.optional2.format(**tokens),
        empty_check=holders.empty_check,
    )
    return holder, mrz.td3(holder) if layout.format == "TD3" else mrz.td1(holder)


def truth(person: Person, layout: Layout) -> dict[str, object]:
    """What a reader ought to answer, under the names of the old API; None for what this side does not carry."""
    holder, lines = zone(person, layout)
    holders = layout.holders
    full = holders.names.style == "full" or (holders.names.style == "indonesian" and not person.given.latin)
    last = full_name(person, layout) if full else person.surname.latin
    citizen = holders.number == "{personal}"
    shown = layout.has_visual_names
    mrz_last, mrz_first = _zone_names(lines, layout)
    return {
        "country_region": layout.country,
        "id_type": layout.type,
        "side": layout.side,
        "first_name": (None if full else person.given.latin) if shown else mrz_first,
        "last_name": last if shown else mrz_last,
        "mrz_first_name": mrz_first,
        "mrz_last_name": mrz_last,
        "sex": person.sex,
        "nationality": layout.country,
        "birth_date": person.birth.isoformat(),
        "issue_date": person.issue.isoformat() if layout.has_issue else None,
        "expiry_date": person.expiry.isoformat(),
        "document_number": person.personal if citizen else holder.number,
        "issuing_authority": person.authority if layout.has_authority else None,
        "mrz": lines,
    }


def _zone_names(lines: list[str], layout: Layout) -> tuple[str, str | None]:
    """Surname and given names as far as the zone's width let them through."""
    field = lines[0][5:] if layout.format == "TD3" else lines[2]
    surname, _, given = field.partition("<<")
    return surname.strip("<").replace("<", " "), given.strip("<").replace("<", " ") or None
