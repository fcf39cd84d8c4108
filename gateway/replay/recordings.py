"""Recorded answers on disk: one JSON object a file, or one a line, each with the requests that it answers."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import msgspec

from gateway.errors import GatewayError
from gateway.model import DocumentType, IdDocument, Query, Sex, Side
from gateway.normalize.portraits import portrait
from gateway.replay.dice import Dice
from gateway.replay.options import FAULTS

MOST = 10_000
"""Recordings in one folder."""

LARGEST = 64 * 1024 * 1024
"""Bytes of one file."""


class When(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which pictures and requests a recording is for; what is not given is the document's own, or any."""

    country_region: str | None = None
    id_type: DocumentType | None = None
    sha256: str | None = None
    """Of the picture's file, in lower case hexadecimal."""


class RecordedDocument(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The fields of :class:`IdDocument`; dates are ``yyyy-mm-dd``, the portrait is Base64 text."""

    country_region: str | None = None
    id_type: DocumentType | None = None
    side: Side | None = None
    first_name: str | None = None
    last_name: str | None = None
    sex: Sex | None = None
    nationality: str | None = None
    birth_date: date | None = None
    issue_date: date | None = None
    expiry_date: date | None = None
    document_number: str | None = None
    address: str | None = None
    issuing_authority: str | None = None
    portrait_image: str | None = None
    confidence: dict[str, float] = {}
    mrz: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.portrait_image is not None and portrait(self.portrait_image) is None:
            raise ValueError("portrait_image is not Base64")

    def document(self) -> IdDocument:
        values = {name: getattr(self, name) for name in self.__struct_fields__}
        return IdDocument(**values | {"portrait_image": portrait(self.portrait_image)})


class Recording(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One answer: a document, or an error class by name."""

    when: When = When()
    document: RecordedDocument | None = None
    error: str | None = None
    retry_after: float | None = None

    def __post_init__(self) -> None:
        if (self.document is None) == (self.error is None):
            raise ValueError("either document or error")
        if self.error is not None and self.error not in FAULTS:
            raise ValueError(f"error is none of {', '.join(sorted(FAULTS))}")
        if self.retry_after is not None and (self.error is None or not 0 <= self.retry_after < math.inf):
            raise ValueError("retry_after goes with an error, and is 0 seconds or more")

    def outcome(self) -> IdDocument | GatewayError:
        if self.document is not None:
            return self.document.document()
        return FAULTS[self.error or ""]("recorded", retry_after=self.retry_after)

    def fits(self, query: Query) -> bool:
        """Whether a caller who asks so may be given this, whatever the picture."""
        own = self.document or RecordedDocument()
        country, kind = self.when.country_region or own.country_region, self.when.id_type or own.id_type
        wanted = country is None or not query.countries or country in query.countries
        return wanted and (kind is None or not query.types or kind in query.types)


class Recordings:
    """All the recordings of one folder, in the order of the files' names and of their lines."""

    def __init__(self, entries: Sequence[Recording]) -> None:
        self._entries = tuple(entries)

    def supports(self, query: Query) -> bool:
        return any(entry.fits(query) for entry in self._entries)

    def find(self, query: Query, sha256: str) -> Recording | None:
        """The one for ``query`` and the picture of that hash: those of this very picture go first. Of several that fit
        alike, the picture decides.
        """
        fitting = [entry for entry in self._entries if entry.fits(query)]
        own = [entry for entry in fitting if entry.when.sha256 == sha256]
        choices = own or [entry for entry in fitting if entry.when.sha256 is None]
        return Dice("recording", sha256).pick(choices) if choices else None


def load(folder: Path) -> Recordings:
    """Every ``*.json`` and ``*.jsonl`` file in ``folder``. Raises ValueError, with file and line, for the first that is
    no recording, and for a folder that cannot be read; no name, number or date of a document is in the text.
    """
    entries: list[Recording] = []
    try:
        for path in sorted(path for path in folder.iterdir() if path.suffix in {".json", ".jsonl"}):
            entries += _read(path)
            if len(entries) > MOST:
                raise ValueError(f"more than {MOST} recordings")
    except OSError as error:
        raise ValueError(f"{error.filename}: {error.strerror}") from None
    if not entries:
        raise ValueError("no recordings in the folder")
    return Recordings(entries)


def _read(path: Path) -> Iterator[Recording]:
    if path.stat().st_size > LARGEST:
        raise ValueError(f"{path.name}: more than {LARGEST} bytes")
    content = path.read_bytes()
    whole = path.suffix == ".json"
    lines = [content] if whole else content.splitlines()
    for number, line in enumerate(lines, start=1):
        if whole or line.strip():
            yield _recording(line, path.name if whole else f"{path.name}:{number}")


def _recording(line: bytes, place: str) -> Recording:
    try:
        return msgspec.json.decode(line, type=Recording)
    except (ValueError, RecursionError) as error:
        raise ValueError(f"{place}: {error}") from None
