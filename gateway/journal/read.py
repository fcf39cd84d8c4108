"""The journal read back, for reports: file after file, line after line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from gateway.journal.entries import Entry
from gateway.journal.entry import SCHEMA
from gateway.journal.file import SUFFIX

_DECODER = msgspec.json.Decoder(Entry)


class JournalDamaged(Exception):
    """A line that is none of ours, with its file and number; nothing of the line itself."""


def read_journal(paths: Iterable[Path]) -> Iterator[Entry]:
    """Every entry of ``paths`` in order; a folder stands for the journal files in it, in the order of their names.

    A last line without its end is what a process that died in the middle of it leaves behind, and is passed over.
    Anything else that cannot be read raises :class:`JournalDamaged`, as evidence with a silent gap would be none.
    Entries of several processes are not merged: sort by ``time`` where that matters.
    """
    for path in paths:
        for file in sorted(path.glob(f"*{SUFFIX}")) if path.is_dir() else [path]:
            yield from _entries(file)


def _entries(path: Path) -> Iterator[Entry]:
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            try:
                entry = _DECODER.decode(line)
            except (msgspec.DecodeError, UnicodeDecodeError):
                if line.endswith(b"\n"):
                    raise JournalDamaged(f"{path}, line {number}: not an entry of a journal") from None
                return
            if entry.version > SCHEMA:
                raise JournalDamaged(f"{path}, line {number}: written by a newer version of the gateway")
            yield entry
