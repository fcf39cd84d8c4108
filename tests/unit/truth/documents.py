"""Documents and zones to hold against each other; the zones' check digits are made here, not by the code under test."""

from datetime import date

from gateway.model import DocumentType, IdDocument, Sex
from tests.unit.reader.mrz.zones import digit

TODAY = date(2026, 7, 1)

UTOPIA = (
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
    "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
)
"""The specimen of ICAO Doc 9303-4."""

UTOPIA_CARD = ("I<UTOD231458907<<<<<<<<<<<<<<<", "7408122F1204159UTO<<<<<<<<<<<6", "ERIKSSON<<ANNA<MARIA<<<<<<<<<<")
"""The specimen of ICAO Doc 9303-5."""

PERSON = IdDocument(
    country_region="UTO",
    id_type=DocumentType.PASSPORT,
    last_name="Eriksson",
    first_name="Anna Maria",
    sex=Sex.FEMALE,
    nationality="UTO",
    birth_date=date(1974, 8, 12),
    issue_date=date(2002, 4, 16),
    expiry_date=date(2012, 4, 15),
    document_number="L898902C3",
    mrz=UTOPIA,
)
"""As the specimen's page has it, and its zone."""


def td3(
    *,
    state: str = "UTO",
    names: str = "ERIKSSON<<ANNA<MARIA",
    number: str = "L898902C3",
    nationality: str | None = None,
    birth: str = "740812",
    sex: str = "F",
    expiry: str = "320415",
) -> tuple[str, str]:
    """A passport's zone with right check digits."""
    start, middle = f"{number:<<9}", birth
    start, middle, end = start + digit(start), middle + digit(middle), expiry + digit(expiry) + "<" * 14 + "0"
    second = start + f"{nationality or state:<<3}" + middle + sex + end + digit(start + middle + end)
    return f"P<{state:<<3}{names:<<39}", second


def td1(
    *,
    state: str = "UTO",
    names: str = "ERIKSSON<<ANNA<MARIA",
    number: str = "D23145890",
    optional: str = "",
    birth: str = "740812",
    sex: str = "F",
    expiry: str = "320415",
) -> tuple[str, str, str]:
    """A card's zone with right check digits."""
    first = f"I<{state:<<3}{number:<<9}{digit(f'{number:<<9}')}{optional:<<15}"
    middle, end = birth + digit(birth), expiry + digit(expiry)
    second = middle + sex + end + f"{state:<<3}" + "<" * 11 + digit(first[5:] + middle + end + "<" * 11)
    return first, second, f"{names:<<30}"


def wrong(zone: tuple[str, ...]) -> tuple[str, ...]:
    """``zone`` with another last check digit, the composite one, in its data line."""
    lines = list(zone)
    data = 1
    lines[data] = lines[data][:-1] + str((int(lines[data][-1]) + 1) % 10)
    return tuple(lines)
