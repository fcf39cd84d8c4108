"""A route of recorded answers with a shadow, in virtual time: what the caller sees, what comes of it, what it costs."""

import base64
import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import msgspec
import pytest
from prometheus_client import CollectorRegistry, generate_latest

from gateway.baseline.keys import new_pair, opening_key, sealing_key
from gateway.events import AttemptFinished, ComparisonFinished, to_all
from gateway.journal.entries import Entry, entry_of
from gateway.metrics import Metrics
from gateway.model import DocumentType
from gateway.replay.options import ReplayOptions
from gateway.replay.replay import Replay
from gateway.resilience.failover import Failover, Target
from gateway.shadow.agreement import Tally
from gateway.shadow.backlog import Backlog
from gateway.shadow.finding import INFO
from gateway.shadow.mirror import Shadow
from gateway.shadow.policy import ShadowPolicy
from gateway.state.memory import MemoryStore
from gateway.state.purse import Purse
from tests.fakes import Events
from tests.unit.shadow.benches import a_query, loop_time, picture
from tests.virtual_time import virtual_time

NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)
PERSONAL = ("last_name", "first_name", "document_number", "birth_date", "issue_date", "expiry_date")


def now() -> datetime:
    return NOON + timedelta(seconds=loop_time() - 1000)


def upstream(name: str, events: Events, *, price: float = 0.01, timeout: float = 8.0, **options: object) -> Target:
    leaf = Replay(
        name,
        msgspec.convert(options, ReplayOptions),
        events,
        price,
        timeout=timeout,
        clock=loop_time,
        today=lambda: date(2026, 7, 1),
    )
    return Target(name, leaf, leaf.supports)


class Route:
    """``bangkok``, with ``berlin`` in reserve, and perhaps a shadow at ``azure``."""

    def __init__(self, candidate: dict[str, object] | None, *, seal: Callable[[bytes], bytes] | None = None, **policy):
        self.events = Events()
        self.registry = CollectorRegistry()
        metrics = Metrics(
            self.registry,
            {"thai": ("bangkok", "berlin")},
            readers=[],
            version="1",
            config_hash="0",
            shadows={"azure": ("bangkok", "berlin")},
        )
        tell = to_all(self.events, metrics)
        targets = [
            upstream("bangkok", tell, latency={"median": 0.8, "p95": 2.5}, faults={"UpstreamUnavailable": 0.05}),
            upstream("berlin", tell, latency=1.5),
        ]
        self.recognizer = Failover("thai", targets, observer=tell, clock=loop_time, today=lambda: date(2026, 7, 1))
        self.backlog = Backlog()
        budget = policy.pop("money", None)
        if candidate is not None:
            self.recognizer = Shadow(
                self.recognizer,
                ShadowPolicy(**{"candidate": "azure", "fraction": 1.0, **policy}),
                upstream("azure", tell, **candidate),
                route="thai",
                controls={target.name: target for target in targets},
                observer=tell,
                backlog=self.backlog,
                purse=budget and Purse(MemoryStore(clock=loop_time), "shadow:thai", budget, now=now),
                seal=seal,
                now=now,
                clock=loop_time,
            )

    async def serve(self, requests: int, country: str = "THA", kind: str = "ID"):
        """What each caller got, when, and at what price."""
        seen = []
        for number in range(requests):
            query = a_query(
                image=picture(number), countries=frozenset({country}), types=frozenset({DocumentType(kind)})
            )
            begun = loop_time()
            recognition = await self.recognizer.recognize(query)
            seen.append((round(loop_time() - begun, 6), recognition, list(query.trail), query.trail.cost))
        await self.backlog.drain(7 * 86400)
        return seen

    @property
    def findings(self) -> list[ComparisonFinished]:
        return [event for event in self.events if isinstance(event, ComparisonFinished)]

    def value(self, name: str, **labels: str) -> float | None:
        return self.registry.get_sample_value(f"gateway_{name}", labels)


def transcript(candidate: dict[str, object] | None, **policy: object):
    """All that the callers of such a route see, without where attempts lie on the clock."""
    seen = []

    @virtual_time
    async def run():
        for seconds, recognition, trail, cost in await Route(candidate, **policy).serve(60):
            attempts = [
                (attempt.upstream, attempt.outcome, round(attempt.seconds, 6), attempt.cost) for attempt in trail
            ]
            seen.append((seconds, recognition, attempts, cost))

    run()
    return seen


@pytest.mark.parametrize(
    "candidate",
    [
        {"latency": 3600.0, "timeout": 86400.0},  # hangs
        {"faults": {"UpstreamUnavailable": 1.0}},  # is dead
        {"latency": {"median": 5, "p95": 20}, "faults": {"UpstreamTimeout": 0.3}, "wrong": {"birth_date": 0.5}},
        {},
    ],
)
def test_whatever_the_candidate_does_callers_see_the_same(candidate):
    alone = transcript(None)
    assert any(len(attempts) == 2 for _, _, attempts, _ in alone), "some fail over"
    assert transcript(candidate, timeout=5, noise=0.2) == alone


@virtual_time
async def test_a_wrong_field_is_found_and_no_other():
    route = Route({"wrong": {"birth_date": 0.08}})
    await route.serve(300)
    fields = {name for found in route.findings for name in found.results}
    tallies = {name: Tally.of(found.results[name] for found in route.findings) for name in fields}
    assert {name for name, tally in tallies.items() if tally.agreed < tally.n} == {"birth_date"}
    low, high = tallies["birth_date"].interval()
    assert tallies["birth_date"].n == 300
    assert low < 0.92 < high
    assert high < 0.97
    counted = sum(
        route.value("field_comparisons_total", control=control, candidate="azure", pair="THA-ID", field="birth_date", result=result) or 0
        for control in ("bangkok", "berlin")
        for result in ("near", "conflict")
    )  # fmt: skip
    assert counted == 300 - tallies["birth_date"].agreed


@virtual_time
async def test_the_money_is_the_days_and_nobody_elses():
    route = Route({"price": 0.25}, money=5.0)
    seen = await route.serve(60)
    assert [found.cost for found in route.findings] == [0.25] * 20
    assert route.value("cost_total", upstream="azure", kind="shadow") == 5.0
    assert route.value("shadow_total", upstream="azure", result="ok") == 20
    assert route.value("shadow_total", upstream="azure", result="over_budget") == 40
    kinds = {event.kind for event in route.events if isinstance(event, AttemptFinished) and event.upstream == "azure"}
    assert kinds == {"shadow"}
    assert sum(cost for *_, cost in seen) == pytest.approx(0.6, abs=0.05)


@virtual_time
async def test_noise_shows_which_disagreement_is_the_controls_own():
    route = Route({}, noise=1.0)
    await route.serve(40)
    noise = [found for found in route.findings if found.kind == "noise"]
    assert len(noise) == 40
    assert {found.control for found in noise} == {"bangkok", "berlin"}
    assert all(found.control == found.candidate for found in noise)
    assert {result for found in noise for result in found.results.values()} == {"exact"}
    assert (route.value("shadow_answers_total", control="bangkok", candidate="bangkok", answered="both") or 0) > 30


@virtual_time
async def test_no_value_leaves_but_for_the_holder_of_the_key():
    pair = new_pair()
    route = Route({"wrong": dict.fromkeys(PERSONAL, 0.5)}, seal=sealing_key(pair.public.decode(), INFO).seal)
    seen = await route.serve(30, "ALB", "ID")
    lines = [msgspec.json.encode(entry_of(found, NOON)) for found in route.findings]
    everything = b"\n".join(lines).decode() + generate_latest(route.registry).decode() + repr(route.events)
    values = {str(getattr(recognition.document, name)) for _, recognition, *_ in seen for name in PERSONAL} - {"None"}
    assert len(values) > 100
    assert [value for value in values if value in everything] == []
    opening = opening_key(pair.private.decode(), INFO)
    opened = [json.loads(opening.open(base64.b64decode(found.sealed))) for found in route.findings if found.sealed]
    disclosed = {ours for entry in opened for ours, _ in entry["fields"].values()} & values
    assert len(disclosed) > 30
    assert [msgspec.json.decode(line, type=Entry).route for line in lines] == ["thai"] * 30
