"""The pictures in a folder, and one of them as it is asked about."""

from __future__ import annotations

import errno
import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from gateway.evaluate.errors import EvaluationError
from gateway.image.load import from_content
from gateway.model import DocumentImage

SUFFIXES = frozenset({".jpg", ".jpeg", ".png", ".bmp", ".tif", ".tiff"})

MOST = 100_000
"""Pictures in one run: what is known of each is held in memory, about 2 KB an upstream."""


class TooMany(EvaluationError):
    """A folder with more pictures than one run can take."""


@dataclass(frozen=True, slots=True)
class Picture:
    """``id`` is the path within the folder, with ``/`` between its parts: what reports call the document."""

    id: str
    path: Path


@dataclass(frozen=True, slots=True)
class Content:
    """One picture in memory; ``sha256`` is that of the file."""

    image: DocumentImage
    sha256: str


def pictures_in(folder: Path, most: int = MOST) -> list[Picture]:
    """Every file with a picture's suffix in ``folder`` and below, in an order that is always the same and has nothing to
    do with the names, so that a run that ends early has seen some of everything. Raises ``OSError`` and :class:`TooMany`.
    """
    found: list[Picture] = []
    for parent, folders, names in os.walk(folder, onerror=_raise):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            path = Path(parent, name)
            if path.suffix.lower() in SUFFIXES and not name.startswith("."):
                found.append(Picture(os.fsencode(path.relative_to(folder)).decode(errors="replace"), path))
        if len(found) > most:
            raise TooMany(f"more than {most} pictures in {folder}")
    return sorted(found, key=lambda picture: hashlib.sha256(picture.id.encode()).digest())


def load(picture: Picture, limit: int) -> Content:
    """The file, of up to ``limit`` bytes. Blocks; raises ``OSError`` or a ``CallerError`` where it is no usable picture."""
    with picture.path.open("rb") as file:
        content = file.read(limit + 1)
    if len(content) > limit:
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG))
    return Content(from_content(content), hashlib.sha256(content).hexdigest())


def _raise(error: OSError) -> None:
    raise error
