"""Seals records and puts them on file, within the bytes and the days that they are allowed. Blocks: for a thread."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from gateway.baseline.folder import make_private, purge, size
from gateway.baseline.frames import SUFFIX, framed
from gateway.baseline.keys import SealingKey
from gateway.baseline.record import BaselineRecord
from gateway.journal.file import JournalFile

FILE_BYTES = 256 * 2**20
"""Bytes after which the day's next file is begun."""


class BaselineStore:
    """One folder, written by one thread at a time. ``retention`` is days, ``max_bytes`` those of the whole folder with
    what other processes put there.

    Every method may raise ``OSError`` and may be called again after it did.
    """

    def __init__(self, folder: Path, key: SealingKey, *, retention: int, max_bytes: int) -> None:
        self._folder = folder
        self._key = key
        self._retention = timedelta(days=retention)
        self._max_bytes = max_bytes
        self._file = JournalFile(folder, max_bytes=FILE_BYTES, sync=False, suffix=SUFFIX)

    def open(self) -> None:
        """Make sure of the folder."""
        make_private(self._folder)

    def add(self, record: BaselineRecord, day: date) -> bool:
        """Put ``record`` on file, as a whole or not at all; False where it would not fit in any more."""
        make_private(self._folder)
        text = framed(self._key.id, self._key.seal(record.pack()))
        if size(self._folder) + len(text) > self._max_bytes:
            return False
        self._file.append(text, day)
        return True

    def tidy(self, today: date) -> None:
        """Delete the days on which something would else become older than ``retention`` days in the course of today."""
        purge(self._folder, today - self._retention + timedelta(days=1))

    def close(self) -> None:
        self._file.close()
