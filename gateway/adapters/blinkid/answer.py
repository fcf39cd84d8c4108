"""BlinkID's answer: one flat result, whose strings are plain in older versions and divided by script in newer ones."""

from __future__ import annotations

import re
from datetime import date
from typing import TypeAlias

import msgspec
from msgspec import field

from gateway.adapters.answer import decode
from gateway.adapters.blinkid.errors import empty, failure
from gateway.exchange import VendorResponse
from gateway.normalize.dates import calendar_date


class Script(msgspec.Struct):
    value: str | None = None


class Scripts(msgspec.Struct):
    """One string in the scripts that it is printed in; only the Latin one is read here."""

    latin: str | Script | None = None
    value: str | None = None


Text: TypeAlias = str | Scripts | None


class Day(msgspec.Struct, rename="camel"):
    """A date in numbers, 0 where a part was not read."""

    day: int | None = None
    month: int | None = None
    year: int | None = None
    successfully_parsed: bool | None = None


class ClassInfo(msgspec.Struct, rename="camel"):
    country: str | None = None
    type: str | None = None
    iso_alpha3_country_code: str | None = field(default=None, name="isoAlpha3CountryCode")


class Zone(msgspec.Struct, rename="camel"):
    raw_mrz_string: str | None = None
    document_code: str | None = None
    issuer: str | None = None
    nationality: str | None = None


class Result(msgspec.Struct, rename="camel"):
    recognition_status: str | None = None
    processing_status: str | None = None
    class_info: ClassInfo | None = None
    mrz_data: Zone | None = None
    first_name: Text = None
    last_name: Text = None
    full_name: Text = None
    sex: Text = None
    nationality: Text = None
    date_of_birth: Day | None = None
    date_of_issue: Day | None = None
    date_of_expiry: Day | None = None
    date_of_expiry_permanent: bool | None = None
    document_number: Text = None
    personal_id_number: Text = None
    address: Text = None
    additional_address_information: Text = None
    additional_optional_address_information: Text = None
    issuing_authority: Text = None
    face_image: str | None = field(default=None, name="faceImageBase64")


class Answer(msgspec.Struct):
    result: Result | None = None


def read_answer(response: VendorResponse) -> Result:
    """The result of a recognition that found something. Raises the error that any other answer stands for, whatever its
    status.
    """
    if not 200 <= response.status < 300:
        raise failure(response)
    result = decode(response.body, Answer).result
    if result is None:
        raise failure(response)
    if capitals(result.recognition_status) == "EMPTY":
        raise empty(capitals(result.processing_status))
    return result


def latin(text: Text) -> str | None:
    """The string as it came, or the Latin one of several; ``None`` where there is none."""
    if isinstance(text, Scripts):
        script = text.latin.value if isinstance(text.latin, Script) else text.latin
        return script or text.value
    return text


def day(given: Day | None) -> date | None:
    """The date, unless the vendor itself could not make sense of the print."""
    if given is None or given.successfully_parsed is False:
        return None
    return calendar_date(given.year or 0, given.month or 0, given.day or 0)


def capitals(word: str | None) -> str:
    """Letters of a name of an enumeration, which SDKs and APIs write as ``MULTIPURPOSE_ID``, ``MultipurposeId`` and so on."""
    return re.sub(r"[^A-Z0-9]", "", (word or "").upper())
