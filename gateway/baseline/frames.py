"""The form of a baseline file: sealed records one behind the other, each with a short head in the clear.

The head is 16 bytes: ``IDB1``, the id of the key (8), and the length of what follows (4, big-endian).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from gateway.baseline.keys import KEY_ID

SUFFIX = ".baseline"

MAGIC = b"IDB1"
_HEAD = len(MAGIC) + KEY_ID + 4
_LARGEST = 256 * 2**20
"""Bytes of one record; more in a head is damage."""


class BaselineDamaged(Exception):
    """A place in a file where no record begins, or one that does not open. Tells file and byte, nothing of a document."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One sealed record in ``path``, whose head begins at byte ``at``."""

    key_id: bytes
    sealed: bytes = field(repr=False)
    path: Path
    at: int


def framed(key_id: bytes, sealed: bytes) -> bytes:
    return b"".join((MAGIC, key_id, len(sealed).to_bytes(4), sealed))


def files_of(path: Path) -> list[Path]:
    """``path`` itself, or the baseline files of a folder in the order of their days."""
    return sorted(path.glob(f"*{SUFFIX}")) if path.is_dir() else [path]


def frames(path: Path) -> Iterator[Frame]:
    """All records of one file. A last one without its end is what a process that died leaves behind, and is passed over;
    anything else raises :class:`BaselineDamaged`.
    """
    with path.open("rb") as file:
        while head := file.read(_HEAD):
            at = file.tell() - len(head)
            frame = _frame(file, head, path, at)
            if frame is None:
                return
            yield frame


def _frame(file: BinaryIO, head: bytes, path: Path, at: int) -> Frame | None:
    """The record that begins with ``head``; None where the file ends before it does."""
    if not head.startswith(MAGIC[: len(head)]):
        raise BaselineDamaged(f"{path}, byte {at}: no record begins here")
    length = int.from_bytes(head[-4:])
    if len(head) < _HEAD:
        return None
    if length > _LARGEST:
        raise BaselineDamaged(f"{path}, byte {at}: a record cannot be so long")
    sealed = file.read(length)
    return Frame(head[len(MAGIC) : -4], sealed, path, at) if len(sealed) == length else None
