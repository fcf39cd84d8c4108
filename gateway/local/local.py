"""The leaf that reads pictures itself: options, life cycle, and one attempt a query."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import msgspec

from gateway.errors import GatewayError
from gateway.events import AttemptFinished, Observer
from gateway.local.pool import Pool, PoolPolicy
from gateway.local.protocol import Job
from gateway.model import Attempt, DocumentType, IdDocument, Query, Recognition
from gateway.reader.document import read_document
from gateway.shared import Shared

WITHOUT_ZONE = frozenset({"HKG", "PHL", "THA"})
"""Countries whose identity cards print no machine readable zone."""
COMMAND = (sys.executable, "-m", "gateway.local.worker")


class LocalOptions(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What ``options`` of an upstream with ``adapter: local`` may hold."""

    workers: int | None = None
    """Reader processes, each for one core and about 0.6 GB; as many as the machine has cores where not given."""
    queue: int | None = None
    """Pictures that may wait for a free process; twice the workers where not given. More are refused at once."""
    budget: float = 6.0
    """Seconds after which a picture that is hard to read is given up. A process that takes twice as long is replaced."""
    visual_zone: bool = True
    """Also read the print around the machine readable zone: issue date, authority, a second look at the names."""
    recycle: int = 500
    """Pictures after which a process is replaced by a fresh one."""

    def __post_init__(self) -> None:
        if self.workers is not None and self.workers < 1:
            raise ValueError("workers: at least 1")
        if self.queue is not None and self.queue < 0:
            raise ValueError("queue: at least 0")
        if self.budget <= 0:
            raise ValueError("budget: more than 0 seconds")
        if self.recycle < 1:
            raise ValueError("recycle: at least 1")


class LocalReader:
    """The embedded reader as a Recognizer. To be started before it is asked and closed afterwards."""

    def __init__(
        self,
        name: str,
        options: LocalOptions,
        observer: Observer,
        price: float = 0.0,
        *,
        today: Callable[[], date] = lambda: datetime.now(UTC).date(),
    ) -> None:
        self.name = name
        self._options = options
        self._observer = observer
        self._price = price
        self._today = today
        workers = options.workers if options.workers is not None else _cores()
        self.policy = PoolPolicy(
            workers=workers,
            queue=options.queue if options.queue is not None else 2 * workers,
            recycle=options.recycle,
            overrun=2 * options.budget,
        )
        self.pool = Pool(name, COMMAND, self.policy, observer)
        self.processes: Shared[Pool] = Shared(self.pool)
        self._started = False

    def share(self, before: LocalReader) -> None:
        """Read with the processes of ``before``, which is started, where one's own would be as many and treated alike."""
        if before.policy == self.policy:
            self.pool, self.processes = before.pool, before.processes

    async def start(self) -> None:
        """Returns when the models are loaded in every process; raises :class:`UpstreamMisconfigured` where they cannot be."""
        await self.processes.__aenter__()
        self._started = True

    async def close(self) -> None:
        """End the processes, unless another reads with them."""
        if self._started:
            self._started = False
            await self.processes.__aexit__(None, None, None)

    @property
    def ready(self) -> bool:
        return self.pool.ready

    def supports(self, query: Query) -> bool:
        """Passports of every country, and identity cards unless all countries asked for print no zone on theirs."""
        if not query.types or DocumentType.PASSPORT in query.types:
            return True
        if DocumentType.IDENTITY_CARD not in query.types:
            return False
        return not query.countries or not query.countries <= WITHOUT_ZONE

    async def recognize(self, query: Query, /) -> Recognition:
        loop = asyncio.get_running_loop()
        began = loop.time()
        outcome = GatewayError.outcome
        try:
            document = await self._read(query)
            outcome = "ok"
            return Recognition(document, self.name)
        except GatewayError as error:
            outcome = error.outcome
            raise
        except asyncio.CancelledError:
            outcome = "cancelled"
            raise
        finally:
            seconds = loop.time() - began
            kind = query.purpose or query.trail.next_kind(self.name)
            query.trail.add(Attempt(self.name, outcome, seconds, self._price))
            self._observer(AttemptFinished(self.name, kind, outcome, seconds, cost=self._price))

    async def _read(self, query: Query) -> IdDocument:
        image = query.image
        picture = image.base64 if image.base64 is not None else image.decoded()
        left = query.deadline - asyncio.get_running_loop().time()
        job = Job(
            base64=image.base64 is not None,
            visual=self._options.visual_zone,
            portrait=query.portrait,
            budget=min(self._options.budget, max(0.1, 0.9 * left)),
        )
        page = await self.pool.read(job, picture, query.deadline)
        document = await asyncio.to_thread(read_document, page.record, page.lines, today=self._today())
        return replace(document, portrait_image=page.portrait) if page.portrait else document


def _cores() -> int:
    """Cores that this process may use, which a container may limit."""
    return len(os.sched_getaffinity(0))
