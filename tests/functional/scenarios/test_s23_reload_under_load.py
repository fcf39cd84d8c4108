"""S23: configurations, good and bad in turn, while 200 requests are under way: none of them notices."""

from __future__ import annotations

import asyncio
import json
from contextlib import AsyncExitStack
from pathlib import Path

from tests.reloading import FakeVendor, Reloading, picture, reloading, until

UNDER_WAY = 200

TEXT = """
callers: {{anonymous: true}}
server: {{drain: 60, deadline: 60}}
journal: {{directory: journal}}
upstreams:
  first: {{{first}, limits: {{concurrency: 500}}, timeout: 60, first_byte_timeout: 60}}
  second: {{{second}, limits: {{concurrency: 500}}, timeout: 60}}
routes: [{{name: {route}, targets: [{target}]}}]
"""
MISTAKES = (
    "bogus: 1\n",
    "routes: []\n",
    "upstreams: {first: {adapter: nobody, options: {}}}\n",
    "server: {deadline: never}\n",
    "\t{",
)


async def keep_asking(house: Reloading, name: str, answers: list[tuple[int, str | None]], until: asyncio.Event) -> None:
    """A caller that asks one thing after the other."""
    number = 0
    while not until.is_set():
        number += 1
        answers.append(await house.ask(picture(f"{name} {number}")))


async def test_s23_reload_under_load(tmp_path: Path):
    """Configurations, good and bad in turn, while 200 requests are under way: a bad one leaves the old one in force, and no request fails"""
    async with AsyncExitStack() as stack:
        first, second = [await stack.enter_async_context(FakeVendor(country)) for country in ("THA", "VNM")]
        vendors = {"first": first.upstream, "second": second.upstream}
        house = await stack.enter_async_context(
            reloading(TEXT.format(route="start", target="first", **vendors), tmp_path)
        )
        group = await stack.enter_async_context(asyncio.TaskGroup())
        first.open.clear()
        held = [group.create_task(house.ask(picture(number))) for number in range(UNDER_WAY)]
        await until(lambda: first.calls == UNDER_WAY)
        assert house.value("inflight_requests") == UNDER_WAY

        answers: list[tuple[int, str | None]] = []
        enough = asyncio.Event()
        for round_, mistake in enumerate(MISTAKES):
            good = TEXT.format(route=f"round-{round_}", target="second", **vendors)
            await house.write(good)
            assert (await house.reloader.reload("a test")).ok
            in_force = house.hash
            if not round_:
                for name in "abcd":
                    group.create_task(keep_asking(house, name, answers, enough))
            assert await house.ask(picture(f"good {round_}")) == (200, "second")
            await house.write(mistake if mistake.startswith("\t") else good + mistake)
            assert not (await house.reloader.reload("a test")).ok
            assert house.hash == in_force
            assert house.value("config_last_reload_successful") == 0
            assert await house.ask(picture(f"bad {round_}")) == (200, "second")

        assert not any(task.done() for task in held)
        first.open.set()
        assert await asyncio.gather(*held) == [(200, "first")] * UNDER_WAY
        enough.set()
    assert set(answers) == {(200, "second")}
    (file,) = (tmp_path / "journal").iterdir()
    lines = [json.loads(line) for line in file.read_text().splitlines()]
    assert len(lines) == UNDER_WAY + len(answers) + 2 * len(MISTAKES)
    assert {line["outcome"] for line in lines} == {"ok"}
    routes = [line["route"] for line in lines]
    assert routes.count("start") == UNDER_WAY
    assert set(routes) == {"start", *(f"round-{number}" for number in range(len(MISTAKES)))}
