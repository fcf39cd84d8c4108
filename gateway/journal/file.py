"""The files that the journal is written to: one a day and process, the next one when it is full."""

from __future__ import annotations

import os
import re
import socket
from contextlib import suppress
from datetime import date
from itertools import count
from pathlib import Path

SUFFIX = ".jsonl"


class JournalFile:
    """Appends whole batches of lines to ``<day>.<host>.<process>.<number><suffix>`` in ``folder``; not for two threads.

    A file is only ever created, never taken over, so replicas may share the folder, also where each is process 1 of a
    host of the same name. A batch is on file as a whole or not at all. ``max_bytes`` may be exceeded by one batch in an
    otherwise empty file. With ``sync`` a batch is on the disk before :meth:`append` returns, else in the hands of the
    operating system, which keeps it when the process dies but not when the machine does.

    Every method may raise ``OSError`` and may be called again after it did.
    """

    def __init__(
        self,
        folder: Path,
        *,
        max_bytes: int,
        sync: bool,
        suffix: str = SUFFIX,
        host: str | None = None,
        process: int | None = None,
    ) -> None:
        name = re.sub(r"[^0-9A-Za-z-]", "-", host or socket.gethostname())[:63]
        self._folder = folder
        self._owner = f"{name}.{process or os.getpid()}"
        self._max_bytes = max_bytes
        self._sync = sync
        self._suffix = suffix
        self._day: date | None = None
        self._path = folder
        self._file: int | None = None
        self._size = 0

    def open(self, day: date) -> None:
        """Begin the next file of ``day``, which also shows whether there can be one."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for number in count():
            path = self._folder / f"{day.isoformat()}.{self._owner}.{number:03}{self._suffix}"
            try:
                file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
            except FileExistsError:
                continue
            break
        self.close()
        self._day, self._path, self._file, self._size = day, path, file, 0
        if self._sync:
            self._sync_folder()

    def append(self, lines: bytes, day: date) -> None:
        """Add ``lines``, each with its line break, to the file of ``day``."""
        if self._file is None or day != self._day or self._is_full(len(lines)) or self._is_gone():
            self.open(day)
        assert self._file is not None
        try:
            _write(self._file, lines)
            if self._sync:
                os.fsync(self._file)
        except OSError:
            self._undo()
            raise
        self._size += len(lines)

    def close(self) -> None:
        """Leave the file; one without a line is not left behind."""
        file, self._file = self._file, None
        if file is not None:
            if not self._size:
                self._path.unlink(missing_ok=True)
            os.close(file)

    def _is_full(self, more: int) -> bool:
        return self._size > 0 and self._size + more > self._max_bytes

    def _is_gone(self) -> bool:
        """Whether somebody has deleted the file: what is written to it now would be seen by nobody."""
        return self._file is not None and os.fstat(self._file).st_nlink == 0

    def _undo(self) -> None:
        """Take half a batch back, so that the next one begins on a line of its own; else leave the file for good."""
        assert self._file is not None
        try:
            os.ftruncate(self._file, self._size)
        except OSError:
            with suppress(OSError):
                self.close()

    def _sync_folder(self) -> None:
        """A new file's name is safe only once its folder is."""
        folder = os.open(self._folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _write(file: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(file, rest) :]
