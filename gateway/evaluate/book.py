"""What is known of a run: which pictures are done at which upstream, and what they have cost."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from msgspec.structs import replace

from gateway.evaluate.results import SUFFIX, Begun, Line, Results

NOT_ASKED = frozenset({"busy", "circuit_open"})
"""Outcomes of pictures that an upstream has not seen."""

TO_REPEAT = NOT_ASKED | {"misconfigured", "exhausted", "gone"}
"""Outcomes that say something of the account at an upstream and nothing of the picture: asked again in the next run."""


@dataclass(frozen=True, slots=True)
class Terms:
    """``settings`` is what a result must have been made with to count; ``most`` what one picture costs at most."""

    settings: str
    most: float


class Book:
    """One file of results for each upstream of ``terms`` in ``folder``; to be opened, and closed afterwards.

    A picture that a killed run had begun and not finished may have been paid for: it is asked again only where that costs
    nothing, or with ``again``; else it stays without a result. Opening raises ``OSError``,
    :class:`gateway.evaluate.results.ResultsBusy` and :class:`gateway.evaluate.results.ResultsDamaged`.
    """

    def __init__(self, folder: Path, terms: Mapping[str, Terms], *, again: bool = False) -> None:
        self._folder = folder
        self._terms = terms
        self._again = again
        self._files: dict[str, Results] = {}
        self._lines: dict[tuple[str, str], Line] = {}
        self._begun: Counter[tuple[str, str]] = Counter()
        """Times that a picture was begun and nothing came of it, as far as is known."""
        self._open = ExitStack()
        self._writing = asyncio.Lock()

    def open(self) -> None:
        """Read what is on file. Blocks."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with ExitStack() as stack:
            for upstream, terms in self._terms.items():
                file = stack.enter_context(Results(self._folder / f"{upstream}{SUFFIX}"))
                self._files[upstream] = file
                for entry in file.read():
                    if entry.settings == terms.settings:
                        self._note(upstream, entry)
            self._open = stack.pop_all()

    def close(self) -> None:
        self._open.close()

    @property
    def spent(self) -> float:
        """What all runs so far have cost, with the most that may have been paid for what nobody knows of."""
        known = sum(line.cost for line in self._lines.values())
        return known + sum(times * self._terms[upstream].most for (upstream, _), times in self._begun.items())

    @property
    def unknown(self) -> int:
        """Pictures at upstreams that a killed run may have paid for, and that are not asked about again."""
        return sum(key not in self._lines and not self._is_asked_again(key[0]) for key in +self._begun)

    def done(self, upstream: str, picture: str) -> bool:
        """Whether ``upstream`` is not to be asked about ``picture`` any more."""
        line = self._lines.get((upstream, picture))
        if line is not None:
            return line.outcome not in TO_REPEAT
        return self._begun[upstream, picture] > 0 and not self._is_asked_again(upstream)

    def line(self, upstream: str, picture: str) -> Line | None:
        return self._lines.get((upstream, picture))

    def lines(self) -> Iterator[tuple[str, Line]]:
        """Upstream and result, of everything that was asked."""
        for (upstream, _), line in self._lines.items():
            if line.outcome not in NOT_ASKED:
                yield upstream, line

    def revise(self, upstream: str, line: Line) -> None:
        """Go on with ``line`` in the place of the one on file, which stays as it is."""
        self._lines[upstream, line.picture] = line

    async def begin(self, upstreams: Iterable[str], picture: str) -> None:
        """Put on file that ``picture`` is about to be asked about."""
        for upstream in upstreams:
            await self._append(upstream, Begun(picture=picture, settings=self._terms[upstream].settings))

    async def finish(self, upstream: str, line: Line) -> None:
        await self._append(upstream, line)

    async def _append(self, upstream: str, entry: Line | Begun) -> None:
        async with self._writing:
            await asyncio.to_thread(self._files[upstream].append, [entry])
            self._note(upstream, entry)

    def _note(self, upstream: str, entry: Line | Begun) -> None:
        key = upstream, entry.picture
        if isinstance(entry, Begun):
            self._begun[key] += 1
            return
        before = self._lines.get(key)
        self._lines[key] = entry if before is None else replace(entry, cost=before.cost + entry.cost)
        self._begun[key] = max(0, self._begun[key] - 1)

    def _is_asked_again(self, upstream: str) -> bool:
        return self._again or self._terms[upstream].most == 0
