"""``truth.csv``: what the documents in a folder really say, read strictly, with every mistake by its line."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import msgspec

from gateway.config.errors import did_you_mean
from gateway.evaluate.errors import EvaluationError
from gateway.evaluate.values import Values
from gateway.model import DocumentType, Sex, Side
from gateway.shadow.compare import FIELDS

FILE = "file"
"""The column that names the picture, by its path within the folder."""

_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_ALPHA_3 = re.compile(r"[A-Z]{3}")


class TruthError(EvaluationError):
    """The truth cannot be used. The text has one line for each mistake, and none of the values."""


@dataclass(frozen=True, slots=True)
class Truth:
    """By the picture's path within the folder. ``digest`` tells one version of the file from another."""

    rows: Mapping[str, Values]
    digest: str


def read_truth(path: Path, pictures: Iterable[str]) -> Truth:
    """The truth about ``pictures``; one that the file does not mention has none, an empty cell states nothing.

    Raises :class:`TruthError` for a file that cannot be read, unknown columns, pictures that are not there or named
    twice, rows of another length than the head's, and values in another form than the old API's.
    """
    name = path.name
    try:
        content = path.read_bytes()
        text = content.decode("utf-8-sig")
    except OSError as error:
        raise TruthError(f"{name}: cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise TruthError(f"{name}: is not UTF-8 text") from None
    try:
        records = list(_records(text))
    except csv.Error as error:
        raise TruthError(f"{name}: is no CSV: {error}") from None
    if not records:
        raise TruthError(f"{name}: is empty: at least a line of column names is needed")
    (_, head), *body = records
    _check_head(name, head)
    rows, mistakes = _rows(body, head, frozenset(pictures))
    if mistakes:
        raise TruthError("\n".join(f"{name}:{line}: {what}" for line, what in mistakes))
    return Truth(rows, hashlib.sha256(content).hexdigest()[:12])


def _records(text: str) -> Iterator[tuple[int, Sequence[str]]]:
    """Every record that is not blank, with the number of its first line."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    for record in reader:
        if record:
            yield line, record
        line = reader.line_num + 1


def _check_head(name: str, head: Sequence[str]) -> None:
    known = (FILE, *FIELDS)
    unknown = [column for column in head if column not in known]
    if unknown:
        raise TruthError(f"{name}:1: no column can be called {unknown[0]!r}{did_you_mean(unknown[0], known)}")
    twice = [column for column in known if head.count(column) > 1]
    if twice:
        raise TruthError(f"{name}:1: the column {twice[0]} is there twice")
    if FILE not in head:
        raise TruthError(f"{name}:1: there is no column {FILE}")


def _rows(
    records: Iterable[tuple[int, Sequence[str]]], head: Sequence[str], pictures: frozenset[str]
) -> tuple[dict[str, Values], list[tuple[int, str]]]:
    rows: dict[str, Values] = {}
    mistakes: list[tuple[int, str]] = []
    for line, record in records:
        if len(record) != len(head):
            mistakes.append((line, f"{len(record)} cells under {len(head)} columns"))
            continue
        cells = dict(zip(head, (cell.strip() for cell in record), strict=True))
        file = cells.pop(FILE)
        if file not in pictures:
            mistakes.append((line, f"no picture in the folder is called {file!r}"))
        elif file in rows:
            mistakes.append((line, f"{file!r} is there twice"))
        else:
            rows[file] = _values(line, cells, mistakes)
    return rows, mistakes


def _values(line: int, cells: Mapping[str, str], mistakes: list[tuple[int, str]]) -> Values:
    found: dict[str, object] = {}
    for column, cell in cells.items():
        if cell:
            expected, parse = _FORMS.get(column, ("text", str))
            try:
                found[column] = parse(cell)
            except ValueError:
                mistakes.append((line, f"{column}: expected {expected}"))
    return msgspec.convert(found, Values)


def _date(cell: str) -> date:
    if not _ISO.fullmatch(cell):
        raise ValueError(cell)
    return date.fromisoformat(cell)


def _country(cell: str) -> str:
    if not _ALPHA_3.fullmatch(cell):
        raise ValueError(cell)
    return cell


_DATE = ("a day such as 1990-01-31", _date)
_COUNTRY = ("an ISO 3166-1 alpha-3 code such as THA", _country)
_FORMS: Mapping[str, tuple[str, Callable[[str], object]]] = {
    "country_region": _COUNTRY,
    "nationality": _COUNTRY,
    "id_type": ("PP, DL or ID", DocumentType),
    "side": ("front or back", Side),
    "sex": ("F, M or X", Sex),
    "birth_date": _DATE,
    "issue_date": _DATE,
    "expiry_date": _DATE,
}
"""What a column must hold, in words and as a function; the others hold any text."""
