"""A candidate tried out behind the answers, through the whole gateway, whatever becomes of it."""

from __future__ import annotations

import time

import pytest

from gateway.events import ComparisonFinished
from tests.adapters.cases import SAMPLE_BASE64
from tests.inprocess import Running, running

CONFIG = """
upstreams:
  old: {{adapter: replay, options: {{}}, price: 0.01}}
  new: {{adapter: replay, options: {{{options}}}, price: 0.5}}
routes:
  - {{name: all, targets: [old], shadow: {{candidate: new, fraction: 1, timeout: {timeout}}}}}
"""
ASKED = {"image": SAMPLE_BASE64.decode(), "country_region": ["THA"], "id_type": ["PP"]}


async def answered(gateway: Running) -> tuple[dict[str, object], float]:
    started = time.monotonic()
    status, answer, headers = await gateway.ask(ASKED)
    seconds = time.monotonic() - started
    assert (status, headers["X-Gateway-Upstream"], headers["X-Gateway-Attempts"]) == (200, "old", "1")
    assert headers["X-Gateway-Cost"] == "0.01"
    return answer, seconds


async def compared(gateway: Running) -> ComparisonFinished:
    await gateway.gateway.backlog.drain(10)
    (finished,) = [event for event in gateway.events if isinstance(event, ComparisonFinished)]
    return finished


async def test_two_that_agree():
    async with running(CONFIG.format(options="", timeout=5)) as gateway:
        await answered(gateway)
        finished = await compared(gateway)
    assert (finished.control, finished.candidate, finished.outcome, finished.cost) == ("old", "new", "ok", 0.5)
    assert set(finished.results.values()) == {"exact"}
    assert (finished.country, finished.id_type) == ("THA", "PP")


async def test_a_wrong_field_is_found_and_the_caller_does_not_notice():
    async with running(CONFIG.format(options="wrong: {birth_date: 1}", timeout=5)) as gateway:
        answer, _ = await answered(gateway)
        finished = await compared(gateway)
        metric = gateway.registry.get_sample_value(
            "gateway_field_comparisons_total",
            {
                "control": "old",
                "candidate": "new",
                "pair": "THA-PP",
                "field": "birth_date",
                "result": finished.results["birth_date"],
            },
        )
    assert answer["result"]["birth_date"]
    assert finished.results["birth_date"] in {"near", "conflict"}
    assert metric == 1


@pytest.mark.parametrize(
    ("options", "outcome"),
    [
        ("latency: 60", "deadline_exceeded"),
        ("faults: {UpstreamUnavailable: 1}", "unavailable"),
        ("faults: {UpstreamGone: 1}", "gone"),
    ],
)
async def test_a_candidate_that_hangs_or_fails_changes_nothing_for_the_caller(options: str, outcome: str):
    async with running(CONFIG.format(options=options, timeout=0.3)) as gateway:
        _, seconds = await answered(gateway)
        finished = await compared(gateway)
    assert seconds < 0.3
    assert finished.outcome == outcome


async def test_a_caller_that_hangs_up_does_not_stop_it():
    async with running(CONFIG.format(options="latency: 0.3", timeout=5)) as gateway:
        await answered(gateway)
        await gateway.client.close()
        finished = await compared(gateway)
    assert finished.outcome == "ok"
    assert set(finished.results.values()) == {"exact"}
