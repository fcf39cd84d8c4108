"""The folder that a baseline is kept in: for its owner alone, no larger than allowed, and nothing in it too old."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path

from gateway.baseline.frames import SUFFIX

_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})\..*" + re.escape(SUFFIX), re.ASCII)


def make_private(folder: Path) -> None:
    """Create ``folder`` where it is missing, and let nobody but its owner in; OSError where that cannot be."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if folder.stat().st_mode & 0o077:
        folder.chmod(0o700)


def days(folder: Path) -> Iterator[tuple[date, Path]]:
    """The baseline files in ``folder`` with their days, the oldest first; nothing else that lies there."""
    for path in sorted(folder.iterdir()):
        name = _DAY.fullmatch(path.name)
        with suppress(ValueError):  # figures that are no day
            if name is not None:
                yield date.fromisoformat(name[1]), path


def size(folder: Path) -> int:
    """Bytes of all baseline files, those of other processes included."""
    return sum(_size(path) for _, path in days(folder))


def purge(folder: Path, before: date | None = None) -> list[Path]:
    """Delete the files of the days before ``before``, or all; the files that are gone. A process that still writes to one
    of them begins another.
    """
    gone = [path for day, path in days(folder) if before is None or day < before]
    for path in gone:
        path.unlink(missing_ok=True)
    return gone


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:  # deleted meanwhile
        return 0
