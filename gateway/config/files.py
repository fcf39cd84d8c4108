"""Which files a configuration was read from, and whether they still say the same: by content, as times tell nothing.

Kubernetes swaps a symbolic link to change a mounted file, editors replace it, and copies keep the time of the original.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path


def fingerprint(content: bytes) -> bytes:
    """A number that tells contents apart and nothing about them: 32 bytes."""
    return hashlib.sha256(content).digest()


def fingerprints(paths: Iterable[Path]) -> dict[Path, bytes | None]:
    """Those of the files as they are now; None for one that cannot be read, or is none. Reads from disk."""
    return {path: _fingerprint(path) for path in paths}


def _fingerprint(path: Path) -> bytes | None:
    try:
        return fingerprint(path.read_bytes()) if path.is_file() else None
    except OSError:
        return None
