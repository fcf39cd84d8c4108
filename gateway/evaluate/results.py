"""What became of every picture at one upstream, one line each, on file before the next is asked."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Self, TypeAlias

import msgspec
from msgspec import Struct

from gateway.evaluate.errors import EvaluationError
from gateway.evaluate.values import Values
from gateway.shadow.compare import Result

SCHEMA = 1
"""Raised when a field changes its meaning or goes."""

SUFFIX = ".jsonl"

Classes: TypeAlias = dict[str, Result]
"""By field of a document: how two readings of it relate."""


class Begun(Struct, frozen=True, kw_only=True, tag_field="kind", tag="begun"):
    """A picture that is about to be asked about. Without a :class:`Line` behind it, nobody knows what it has cost."""

    picture: str
    settings: str
    version: int = SCHEMA


class Line(Struct, frozen=True, kw_only=True, tag_field="kind", tag="result"):
    """One picture at one upstream.

    ``picture`` is the SHA-256 of the file, ``settings`` stands for the upstream's settings and the filters that were
    asked with: the two are the key. ``file`` is the picture's path within the folder. ``outcome``, ``seconds``, ``cost``
    and ``attempts`` are those of the request. ``country_region`` and ``id_type`` are the kind of document that was read,
    ``fields`` the names of what was read, ``failures`` the checks that do not hold of it.

    ``truth`` are the classes against the truth of ``truth_digest``, ``agreement`` those against the answer of the upstream
    ``control``; ``proven`` are fields that do not agree with it and that check digits bear out. ``values`` is what was read: there only where keeping it was asked for.
    """

    picture: str
    settings: str
    file: str
    outcome: str
    seconds: float
    cost: float
    attempts: int
    country_region: str | None = None
    id_type: str | None = None
    fields: tuple[str, ...] = ()
    failures: tuple[str, ...] = ()
    truth: Classes | None = None
    truth_digest: str = ""
    control: str = ""
    agreement: Classes | None = None
    proven: tuple[str, ...] = ()
    values: Values | None = None
    version: int = SCHEMA

    @property
    def answered(self) -> bool:
        return self.outcome == "ok"


class ResultsDamaged(EvaluationError):
    """A line that is none of ours, with its file and number."""


class ResultsBusy(EvaluationError):
    """Another run is writing to the same file."""


_DECODER = msgspec.json.Decoder(Line | Begun)
_ENCODER = msgspec.json.Encoder()


class Results:
    """The file of one upstream, ours alone while it is entered. Every method blocks and may raise ``OSError``."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = -1

    def __enter__(self) -> Self:
        """Raises :class:`ResultsBusy`."""
        self._file = os.open(self._path, os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(self._file)
            raise ResultsBusy(f"{self._path}: another run is writing to it") from None
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        os.close(self._file)

    def read(self) -> Iterator[Line | Begun]:
        """Everything on file, in order. A last line that was cut off is passed over, and then cut off for good.

        Raises :class:`ResultsDamaged`.
        """
        whole = 0
        with self._path.open("rb") as file:
            for number, line in enumerate(file, 1):
                if not line.endswith(b"\n"):
                    break
                whole += len(line)
                try:
                    entry = _DECODER.decode(line)
                except (msgspec.DecodeError, UnicodeDecodeError):
                    raise ResultsDamaged(f"{self._path}, line {number}: not a result") from None
                if entry.version > SCHEMA:
                    raise ResultsDamaged(f"{self._path}, line {number}: written by a newer version of the gateway")
                yield entry
        os.ftruncate(self._file, whole)

    def append(self, entries: Iterable[Line | Begun]) -> None:
        """Put ``entries`` on file."""
        rest = memoryview(b"".join(_ENCODER.encode(entry) + b"\n" for entry in entries))
        while rest:
            rest = rest[os.write(self._file, rest) :]
