"""The baseline read back with the private key: picture after picture with what the original had read of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from gateway.baseline.frames import BaselineDamaged, files_of, frames
from gateway.baseline.keys import OpeningKey, opening_key
from gateway.baseline.record import BaselineRecord, unpack

_LARGEST_KEY = 64 * 1024


def read_key(path: Path) -> OpeningKey:
    """The private key in a file; ValueError, which tells the file, where there is none."""
    try:
        with path.open("rb") as file:
            return opening_key(file.read(_LARGEST_KEY).decode("ascii", "replace"))
    except OSError as error:
        raise ValueError(f"{path}: {error.strerror}") from None
    except ValueError as error:
        raise ValueError(f"{path}: {error}") from None


def read_baseline(paths: Iterable[Path], key: OpeningKey) -> Iterator[BaselineRecord]:
    """Every record of ``paths`` that was sealed to ``key``; a folder stands for the baseline files in it, day by day.

    One record is in memory at a time. Records of other keys are passed over, as those before a change of keys are. Raises
    :class:`BaselineDamaged` for what cannot be read, as a comparison with silent gaps would be none.
    """
    for path in paths:
        for file in files_of(path):
            for frame in frames(file):
                if frame.key_id != key.id:
                    continue
                try:
                    yield unpack(key.open(frame.sealed))
                except ValueError as error:
                    raise BaselineDamaged(f"{frame.path}, byte {frame.at}: {error}") from None
