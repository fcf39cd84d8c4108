"""Where the state of ramps is kept, so that it survives this process and is the same for all."""

from __future__ import annotations

import asyncio
import fcntl
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Protocol

from gateway.state.opening import Place
from gateway.state.store import StateUnavailable


class RampStore(Protocol):
    """Keeps one small text for each key, the name of a route. Every method may raise :class:`StateUnavailable` and take its time."""

    async def load(self, key: str, /) -> bytes | None:
        """What is kept; None where nothing is yet."""
        ...

    async def swap(self, key: str, old: bytes | None, new: bytes, /) -> bool:
        """Keep ``new`` in place of ``old``; False, and nothing changed, where something else is kept by now."""
        ...


class FileRampStore:
    """``ramp.<key>.json`` in ``folder``, made where it is missing. For the processes of one machine: they exclude one
    another, and a file is replaced as a whole or not at all.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def load(self, key: str, /) -> bytes | None:
        return await asyncio.to_thread(self.read, key)

    async def swap(self, key: str, old: bytes | None, new: bytes, /) -> bool:
        return await asyncio.to_thread(self._swap, key, old, new)

    def read(self, key: str) -> bytes | None:
        """The same as :meth:`load` for who may wait for a disk."""
        try:
            return self._path(key).read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise _unavailable(error) from None

    def _swap(self, key: str, old: bytes | None, new: bytes) -> bool:
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            lock = os.open(self._folder / "ramp.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            try:
                fcntl.flock(lock, fcntl.LOCK_EX)
                if self.read(key) != old:
                    return False
                self._replace(self._path(key), new)
            finally:
                os.close(lock)
        except OSError as error:
            raise _unavailable(error) from None
        return True

    def _replace(self, path: Path, content: bytes) -> None:
        draft = path.with_suffix(".new")
        try:
            with draft.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            draft.replace(path)
        except OSError:
            with suppress(OSError):
                draft.unlink()
            raise

    def _path(self, key: str) -> Path:
        return self._folder / f"ramp.{key}.json"


class MemoryRampStore:
    """For one process that may forget: tests, rehearsals, ``recognize``."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    async def load(self, key: str, /) -> bytes | None:
        return self._kept.get(key)

    async def swap(self, key: str, old: bytes | None, new: bytes, /) -> bool:
        if self._kept.get(key) != old:
            return False
        self._kept[key] = new
        return True


@asynccontextmanager
async def open_ramp_store(place: Place, folder: Path | None) -> AsyncIterator[RampStore]:
    """The one that replicas share at ``place``; where they share none, files in ``folder``; without one, memory."""
    if place.address is None:
        yield MemoryRampStore() if folder is None else FileRampStore(folder)
        return
    from gateway.state.redis import RedisStore  # noqa: PLC0415 - an extra

    store = RedisStore(place.address, place.tls)
    try:
        yield _Prefixed(store)
    finally:
        await store.close()


class _Prefixed:
    """Ramps among other texts."""

    def __init__(self, store: RampStore) -> None:
        self._store = store

    async def load(self, key: str, /) -> bytes | None:
        return await self._store.load(f"ramp:{key}")

    async def swap(self, key: str, old: bytes | None, new: bytes, /) -> bool:
        return await self._store.swap(f"ramp:{key}", old, new)


def _unavailable(error: OSError) -> StateUnavailable:
    return StateUnavailable(error.strerror or type(error).__name__)
