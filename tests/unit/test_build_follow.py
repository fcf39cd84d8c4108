"""One configuration takes the place of another: what goes on, and what does not."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import pytest

from gateway.build import Gateway, build
from gateway.config.load import load_text
from gateway.errors import UpstreamMisconfigured
from gateway.resilience.circuit import State
from tests.fakes import Events, make_query

VENDOR = "adapter: iapp, options: {endpoint: 'http://127.0.0.1:9'}"
LOGIN = "credentials: {type: baidu_token, api_key: {env: ID}, secret_key: {env: KEY}}"
BASE = f"""
callers: {{anonymous: true}}
upstreams:
  a: {{{VENDOR}, {LOGIN}}}
  b: {{adapter: replay, options: {{}}}}
routes: [{{name: all, targets: [a, b], hedge: {{after: 1}}}}]
"""
ENVIRON = {"ID": "id", "KEY": "key"}


def built(text: str, before: Gateway | None = None, **environ: str) -> Gateway:
    config = load_text(text, name="test.yaml", folder=Path(), environ=ENVIRON | environ)
    gateway = build(config, observer=Events())
    if before is not None:
        gateway.follow(before)
    return gateway


@asynccontextmanager
async def two(first: str, second: str, **environ: str) -> AsyncIterator[tuple[Gateway, Gateway]]:
    """One after the other; both are entered. ``environ`` is what has changed for the second."""
    async with AsyncExitStack() as stack:
        old = await stack.enter_async_context(await asyncio.to_thread(built, first))
        old.nests["a"].breaker.hold_open()
        new = await stack.enter_async_context(await asyncio.to_thread(built, second, old, **environ))
        yield old, new


async def test_an_upstream_of_which_nothing_changed_is_kept_as_it_is():
    async with two(BASE, BASE.replace("after: 1", "after: 2")) as (old, new):
        assert new.nests == old.nests
        assert new.vendors == old.vendors
        assert new.tools is old.tools
        assert new.store is old.store
        assert new.callers.memory is old.callers.memory
        assert new.hedges == old.hedges
        assert new.recognizer is not old.recognizer


@pytest.mark.parametrize("change", ["timeout: 3", "price: 0.5", "limits: {concurrency: 3}", "retry: {attempts: 1}"])
async def test_policies_are_replaced_around_what_is_known(change: str):
    async with two(BASE, BASE.replace(LOGIN, f"{LOGIN}, {change}")) as (old, new):
        a, before = new.nests["a"], old.nests["a"]
        assert a is not before
        assert a.breaker.standing is before.breaker.standing
        assert a.limit.load is before.limit.load
        assert a.retry.budget is before.retry.budget
        assert new.vendors["a"].credentials is old.vendors["a"].credentials  # and so the token that was fetched
        assert new.nests["b"] is old.nests["b"]


@pytest.mark.parametrize(
    ("text", "environ"),
    [
        (BASE, {"KEY": "another"}),
        (BASE.replace("127.0.0.1:9", "127.0.0.1:8"), {}),
        (BASE.replace(f", {LOGIN}", ""), {}),
        (BASE.replace(f"{VENDOR}, {LOGIN}", "adapter: replay, options: {seed: 2}"), {}),
    ],
)
async def test_another_account_or_vendor_begins_anew_but_for_the_operators_word(text: str, environ: dict[str, str]):
    async with two(BASE, text, **environ) as (old, new):
        a, before = new.nests["a"], old.nests["a"]
        assert a.breaker.standing.circuit is not before.breaker.standing.circuit
        assert (a.breaker.held, a.breaker.state) == (True, State.OPEN)
        assert a.limit.load is before.limit.load


async def test_an_upstream_of_recordings_is_made_anew(tmp_path: Path):
    (tmp_path / "one.json").write_text('{"error": "NoDocument"}')
    text = BASE.replace("adapter: replay, options: {}", f"adapter: replay, options: {{directory: {tmp_path}}}")
    async with two(text, text) as (old, new):
        assert new.nests["b"] is not old.nests["b"]
        assert new.nests["b"].breaker.standing is old.nests["b"].breaker.standing


async def test_an_upstream_may_come_and_go():
    without = BASE.replace("  b: {adapter: replay, options: {}}\n", "").replace("[a, b], hedge: {after: 1}", "[a]")
    async with two(BASE, without) as (_, new):
        assert list(new.nests) == ["a"]
        assert new.hedges == {}
    async with two(without, BASE) as (_, new):
        assert list(new.nests) == ["a", "b"]


async def test_what_may_have_been_put_right_is_found_out():
    async with two(BASE, BASE) as (_, new):
        breaker = new.nests["a"].breaker
        breaker.release()
        breaker.standing.circuit.shut(breaker.standing.circuit.admit(), 1800.0, "misconfigured")
        async with built(BASE, new) as newest:
            assert newest.nests["a"].breaker.state is State.HALF_OPEN


SHARED = "server: {cache: {seconds: 60}}\n"


async def test_answers_are_given_on_while_the_file_is_the_same_and_not_by_another():
    async with two(BASE + SHARED, BASE + SHARED) as (old, new):
        assert new.kept is old.kept
        assert new.flights is old.flights
        async with built(BASE + SHARED + "# another\n", new) as another:
            assert another.kept is not new.kept
            assert another.flights is not new.flights


async def test_verdicts_of_the_iam_are_kept_unless_it_is_another():
    accounts = "callers: {accounts: [{name: x, project_ids: [p]}], iam: {url: 'http://127.0.0.1:9'}}"
    text = BASE.replace("callers: {anonymous: true}", accounts)
    async with two(text, text + "# another\n") as (old, new):
        assert new.callers.iam is old.callers.iam is not None
    async with two(text, text.replace("127.0.0.1:9'}}", "127.0.0.1:8'}}")) as (old, new):
        assert new.callers.iam is not old.callers.iam
    async with two(text, BASE) as (_, new):
        assert new.callers.iam is None


async def test_shared_state_elsewhere_is_another_quota():
    pytest.importorskip("redis")
    elsewhere = BASE + "state: {url: 'redis://127.0.0.1:9/0'}\n"
    async with two(BASE, elsewhere) as (old, new):
        assert new.store is not old.store
        assert new.nests["a"] is not old.nests["a"]
        assert new.nests["a"].breaker.standing is old.nests["a"].breaker.standing


async def test_what_both_use_is_open_as_long_as_one_of_them_is():
    old, new = built(BASE), None
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(old)
        tools = await stack.enter_async_context(old.tools)
        new = built(BASE, old)
        await new.__aenter__()
    assert not tools.session.closed
    await new.__aexit__(None, None, None)
    assert tools.session.closed


class FakeReader:
    """A reader that counts; one that does not work fails to start, as late as it can."""

    def __init__(self, *, works: bool = True) -> None:
        self.works, self.ready = works, False
        self.log: list[str] = []

    def share(self, _before: FakeReader) -> None:
        self.log.append("shares")

    async def start(self) -> None:
        await asyncio.sleep(0)
        if not self.works:
            raise UpstreamMisconfigured("it does not start")
        self.log.append("starts")

    async def close(self) -> None:
        self.log.append("closes")

    def supports(self, _query: object) -> bool:
        return True


async def test_readers_are_asked_to_share_and_one_that_fails_changes_nothing():
    async with built(BASE) as old:
        old.readers = {"x": FakeReader()}
        old.nests["a"].breaker.hold_open()
        standing = old.nests["a"].breaker.standing
        failing = built(BASE.replace(LOGIN, f"{LOGIN}, limits: {{concurrency: 1}}"), old)
        readers = failing.readers = {"x": FakeReader(), "y": FakeReader(works=False), "z": FakeReader()}
        failing.follow(old)
        with pytest.raises(UpstreamMisconfigured):
            await failing.__aenter__()
        assert [reader.log for reader in readers.values()] == [
            ["shares", "starts", "closes"],
            ["closes"],
            ["starts", "closes"],
        ]
        assert old.nests["a"].breaker.standing is standing
        assert old.nests["a"].limit.load.slots.size == 32
        assert old.explain(make_query())
        async with old.tools as tools:
            assert not tools.session.closed
