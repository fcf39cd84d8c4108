"""What configurations that follow each other have in common: opened for the first, closed when the last has left."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from types import TracebackType
from typing import Generic, TypeVar

T = TypeVar("T")


class Shared(Generic[T]):
    """``resource`` as a context manager that several may be in at once, each entering after the one before has.

    Where the first cannot enter, it is as if nobody had tried.
    """

    def __init__(self, resource: AbstractAsyncContextManager[T]) -> None:
        self._resource = resource
        self._entered: list[T] = []

    async def __aenter__(self) -> T:
        self._entered.append(self._entered[0] if self._entered else await self._resource.__aenter__())
        return self._entered[0]

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._entered.pop()
        if not self._entered:
            await self._resource.__aexit__(kind, error, trace)
