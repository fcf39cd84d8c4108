from __future__ import annotations

import asyncio
import os

import pytest

from gateway.reload.watch import watching
from tests.reloading import as_kubernetes, reloading, until

SOON = 0.02
"""Seconds between two looks."""

TEXT = """
callers: {{anonymous: true}}
server: {{reload_interval: {interval}}}
upstreams: {{{name}: {{adapter: replay, options: {{}}}}}}
routes: [{{name: all, targets: [{name}]}}]
"""
A, B = (TEXT.format(interval=SOON, name=name) for name in "ab")


def names(house) -> list[str]:
    return list(house.succession.current.gateway.nests)


async def looks(times: int = 5) -> None:
    """Time enough for so many looks."""
    await asyncio.sleep(times * SOON)


async def test_a_link_that_was_swapped_is_noticed(tmp_path):
    as_kubernetes(tmp_path, A, "one")
    async with reloading(A, tmp_path) as house, watching(house.reloader, asyncio.Event(), settled=SOON):
        as_kubernetes(tmp_path, B, "two")
        await until(lambda: names(house) == ["b"])
        await looks()
        assert house.loads == 1


async def test_the_time_of_a_file_is_no_change(tmp_path):
    async with reloading(A, tmp_path) as house, watching(house.reloader, asyncio.Event(), settled=SOON):
        os.utime(house.file, (1, 1))
        await looks()
        same = tmp_path / "same.yaml"
        same.write_text(A)
        same.rename(house.file)
        await looks()
        assert house.loads == 0


async def test_a_bad_file_is_tried_once_and_a_good_one_after_it_taken(tmp_path):
    async with reloading(A, tmp_path) as house, watching(house.reloader, asyncio.Event(), settled=SOON):
        await house.write("bogus")
        await until(lambda: house.loads == 1)
        await looks()
        assert (house.loads, names(house)) == (1, ["a"])
        await house.write(A)
        await until(lambda: house.value("config_last_reload_successful") == 1)
        assert house.loads == 2


async def test_a_file_that_is_still_being_written_is_left_alone(tmp_path):
    async with reloading(A, tmp_path) as house, watching(house.reloader, asyncio.Event(), settled=0.5):
        for number in range(15):
            await house.write(A[: 10 * number])
            await asyncio.sleep(SOON)
        assert house.loads == 0
        await house.write(B)
        await until(lambda: names(house) == ["b"])
        assert house.loads == 1


async def test_what_somebody_else_has_had_taken_meanwhile_is_not_taken_again(tmp_path):
    async with reloading(A, tmp_path) as house, watching(house.reloader, asyncio.Event(), settled=0.3):
        await house.write(B)
        await looks()
        assert house.loads == 0
        assert (await house.reloader.reload("a test")).ok
        await asyncio.sleep(0.5)
        assert (house.loads, names(house)) == (1, ["b"])


async def test_a_secret_that_changes_is_noticed(tmp_path):
    token = tmp_path / "token"
    token.write_text("first")
    text = A.replace(
        "anonymous: true",
        "accounts: [{name: a, project_ids: [0123456789abcdef0123456789abcdef], token: {file: token}}]",
    )
    async with reloading(text, tmp_path) as house, watching(house.reloader, asyncio.Event(), settled=SOON):
        assert (await house.ask(**{"X-Auth-Token": "first"}))[0] == 200
        first = house.succession.current
        token.write_text("second")
        await until(lambda: house.succession.current is not first)
        assert (await house.ask(**{"X-Auth-Token": "first"}))[0] == 401
        assert (await house.ask(**{"X-Auth-Token": "second"}))[0] == 200


async def test_without_an_interval_nobody_looks_until_told(tmp_path):
    off, told = TEXT.format(interval=0, name="a"), asyncio.Event()
    async with reloading(off, tmp_path) as house, watching(house.reloader, told, settled=SOON):
        await house.write(B)
        await looks()
        assert house.loads == 0
        told.set()
        await until(lambda: names(house) == ["b"])
        assert not told.is_set()
        await house.write(A)  # which is looked for now, as B says
        await until(lambda: names(house) == ["a"])


async def test_to_be_told_once_more_while_at_it_is_another_time(tmp_path):
    told = asyncio.Event()
    async with reloading(A.replace(str(SOON), "0"), tmp_path) as house, watching(house.reloader, told):
        load, loaded, loop = house.load, asyncio.Event(), asyncio.get_running_loop()

        def say_so():
            loop.call_soon_threadsafe(loaded.set)
            return load()

        house.load = say_so
        told.set()
        await loaded.wait()
        told.set()
        await until(lambda: house.loads == 2)


async def test_it_ends_with_who_entered_it(tmp_path):
    async with reloading(A, tmp_path) as house:
        async with watching(house.reloader, asyncio.Event()):
            pass
        await house.write(B)
        await looks()
        assert house.loads == 0
        with pytest.raises(AssertionError):
            await until(lambda: house.loads > 0, SOON)
