"""The journals of all replicas, each read once however often it is named or copied."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from gateway.journal.file import SUFFIX


@dataclass(frozen=True, slots=True)
class Journals:
    """``files`` to read, and how many ``copies`` of them were there besides."""

    files: Sequence[Path]
    copies: int


def journals(paths: Iterable[Path]) -> Journals:
    """The files behind ``paths``, where a folder stands for the journals in it. Raises ``OSError``.

    A journal's first line names its moment and its request, so that two files that begin alike are one: the longer one,
    as the other was copied earlier. A file without a whole line has nothing to tell.
    """
    best: dict[bytes, tuple[int, Path]] = {}
    copies = 0
    for file in _files(paths):
        first = _first_line(file)
        if first is None:
            continue
        size = file.stat().st_size
        before = best.get(first)
        copies += before is not None
        if before is None or size > before[0]:
            best[first] = (size, file)
    return Journals([file for _, file in best.values()], copies)


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    """Every file once, also where it is named in several ways."""
    known: set[Path] = set()
    for path in paths:
        for file in sorted(path.glob(f"*{SUFFIX}")) if path.is_dir() else [path]:
            if (place := file.resolve()) not in known:
                known.add(place)
                yield file


def _first_line(file: Path) -> bytes | None:
    with file.open("rb") as content:
        line = content.readline()
    return hashlib.sha256(line).digest() if line.endswith(b"\n") else None
