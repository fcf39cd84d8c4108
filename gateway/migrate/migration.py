"""The ramp of one route at work: knows every pair's share, takes in what is observed, and agrees on it with other replicas."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from types import TracebackType
from typing import Final, Self

from gateway import tasks
from gateway.clock import wall_clock
from gateway.events import ComparisonFinished, Event, Observer, RampChanged, RampHeld, UpstreamVanished
from gateway.migrate.evidence import Evidence
from gateway.migrate.gates import Verdict, judge
from gateway.migrate.ledger import Additions, Ledger, Outcome, has_moved, progress
from gateway.migrate.observe import compared
from gateway.migrate.pairs import ANY, PAIRS, label, pair_of
from gateway.migrate.policy import RampPolicy
from gateway.migrate.ramp import Order, PairState, Ramp, State
from gateway.migrate.store import RampStore
from gateway.model import Query
from gateway.state.store import StateUnavailable

logger = logging.getLogger(__name__)

ROUND: Final = 2.0
"""Seconds between two looks at what the others know, and so until a word to one replica is obeyed by all."""

PATIENCE: Final = 2.0
"""Seconds that one look may take. No request waits for it; a start does."""

TRIES: Final = 5
"""To write while others do, before it is left to the next round."""


class Migration:
    """To be entered, which reads what is kept. It is an Observer too: tell it of comparisons and of upstreams that vanish.

    While the store does not answer, every pair stays where it is; an operator's word and the date of the cutover hold here
    at once and are kept as soon as it answers. As long as it never has, the old upstream is asked: nobody knows how far
    the ramp may go. ``now`` is the wall clock.
    """

    def __init__(
        self,
        route: str,
        policy: RampPolicy,
        store: RampStore,
        *,
        observer: Observer,
        now: Callable[[], datetime] = wall_clock,
    ) -> None:
        self.route = route
        self.policy = policy
        self.known = False
        """Whether the state has been read."""
        self._ramp = Ramp(policy)
        self._store = store
        self._observer = observer
        self._now = now
        self._view = Ledger()
        self._told = Ledger()
        self._additions = Additions()
        self._held: dict[str, Mapping[str, Verdict]] = {}
        self._turn = asyncio.Lock()
        self._failing = False
        self._keeper: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        await self.sync()
        self._keeper = tasks.start(self._keep(), name=f"ramp of {self.route}")
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._keeper is not None:
            await tasks.stop(self._keeper)
        await self.sync()

    def recall(self, text: bytes | None) -> None:
        """Be where a kept ``text`` says, without entering: for who only wants to know."""
        self._view, self.known = Ledger.read(text), True

    def announce(self) -> None:
        """Tell where every pair is, to who came later."""
        for pair, state in self._told.pairs.items():
            self._observer(
                RampChanged(self.route, pair, state.share, state.state, state.reason, decided=False, verdicts={})
            )

    def pair(self, query: Query) -> str:
        return ANY if self.policy.per == "route" else pair_of(query)

    @property
    def pairs(self) -> Sequence[str]:
        """Every label that a request of this route can have."""
        return (ANY,) if self.policy.per == "route" else PAIRS

    def state(self, pair: str) -> PairState:
        """Where ``pair`` is now."""
        now = self._now()
        state = self._view.pairs.get(pair)
        if state is not None:
            return self._ramp.scheduled(state, now)
        if self.known:
            return self._ramp.fresh(now)
        return self._ramp.scheduled(PairState(share=0.0, state=State.RUNNING, since=now, reason="unknown"), now)

    def verdicts(self, pair: str) -> dict[str, Verdict]:
        """What the gates say of ``pair`` now."""
        return judge(self.policy.gates, self.state(pair).evidence)

    def following(self, pair: str) -> float | None:
        """The share of the next step; None on the last."""
        return self._ramp.following(self.state(pair).share)

    def mark(self, pair: str) -> datetime | None:
        """What an observation that begins now has to be handed in with."""
        state = self._view.pairs.get(pair)
        return None if state is None else state.since

    def observe(self, pair: str, mark: datetime | None, evidence: Evidence) -> None:
        """Take in what came of a request that began at ``mark``. What belongs to an earlier step is dropped."""
        if evidence and mark == self.mark(pair):
            self._additions.saw(pair, mark, evidence)

    def __call__(self, event: Event) -> None:
        match event:
            case ComparisonFinished() if event.route == self.route and event.kind != "noise":
                self._compared(event)
            case UpstreamVanished() if event.upstream == self.policy.source and self.policy.on_gone == "cutover":
                self._take(Order.GONE if event.gone else Order.RETURNED, self.pairs)

    async def order(self, order: Order, pairs: Sequence[str]) -> None:
        """Obey at once, and try to let the others know."""
        self._take(order, pairs)
        await self.sync()

    async def sync(self) -> None:
        """One round: read what is kept, add what was seen and said here, judge, and keep what follows."""
        async with self._turn:
            additions, self._additions = self._additions, Additions()
            outcome = None
            try:
                async with asyncio.timeout(PATIENCE):
                    outcome = await self._agree(additions)
            except (StateUnavailable, TimeoutError) as error:
                self._say(failing=True, why=str(error) or "no answer in time")
            finally:
                if outcome is None:
                    self._additions.put_back(additions)
            if outcome is not None:
                self._say(failing=False)
                self.known = True
                self._adopt(outcome)

    async def _keep(self) -> None:
        while True:
            await asyncio.sleep(ROUND)
            await self.sync()

    async def _agree(self, additions: Additions) -> Outcome:
        for _ in range(TRIES):
            text = await self._store.load(self.route)
            kept = Ledger.read(text)
            # A server that has lost everything is told what was agreed on.
            outcome = progress(self._ramp, self._told if text is None else kept, additions, self._now())
            if outcome.ledger == kept or await self._store.swap(self.route, text, outcome.ledger.text()):
                return outcome
        raise StateUnavailable("others write all the time")

    def _take(self, order: Order, pairs: Sequence[str]) -> None:
        self._additions.orders.append((order, {pair: self.state(pair).share for pair in pairs}))
        self._obey(order, pairs)

    def _obey(self, order: Order, pairs: Iterable[str]) -> None:
        now = self._now()
        changed = {pair: self._ramp.ordered(self.state(pair), order, now) for pair in pairs}
        self._view = Ledger(pairs={**self._view.pairs, **changed})

    def _compared(self, event: ComparisonFinished) -> None:
        if {event.control, event.candidate} != {self.policy.source, self.policy.target}:
            return
        evidence = compared(self.policy.gates, event, self.policy.target)
        named = event.country and event.id_type and self.policy.per == "pair"
        for pair in {ANY, label(event.country, event.id_type)} if named else {ANY}:
            self.observe(pair, self.mark(pair), evidence)

    def _adopt(self, outcome: Outcome) -> None:
        """Take over what was agreed on, and tell what is new in it. What was said meanwhile still holds."""
        before, self._told, self._view = self._told, outcome.ledger, outcome.ledger
        for order, pairs in self._additions.orders:
            self._obey(order, pairs)
        for pair, state in outcome.ledger.pairs.items():
            if has_moved(before.pairs.get(pair), state):
                self._held.pop(pair, None)
                decided, verdicts = pair in outcome.moved, outcome.moved.get(pair, {})
                event = RampChanged(self.route, pair, state.share, state.state, state.reason, decided, verdicts)
                logger.info("ramp of %s: %s at %g %%: %s, %s", self.route, pair, state.share, state.state, state.reason)
                self._observer(event)
        for pair, verdicts in outcome.stayed.items():
            if self._held.get(pair) != verdicts:
                self._held[pair] = verdicts
                self._observer(RampHeld(self.route, pair, outcome.ledger.pairs[pair].share, verdicts))

    def _say(self, *, failing: bool, why: str = "") -> None:
        if failing != self._failing:
            self._failing = failing
            if failing:
                logger.error("the ramp of %s stays where it is, as its state is out of reach: %s", self.route, why)
            else:
                logger.warning("the state of the ramp of %s is within reach again", self.route)
