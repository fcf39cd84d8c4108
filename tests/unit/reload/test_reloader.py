from __future__ import annotations

import asyncio
import logging

import pytest

from gateway.config.errors import Problem
from gateway.errors import UpstreamMisconfigured
from gateway.reload.reloader import Reloader
from tests.reloading import FakeVendor, as_kubernetes, picture, reloading

CALLERS = "callers: {anonymous: true}\n"
GOOD = CALLERS + "upstreams: {a: {adapter: replay, options: {}}}\nroutes: [{name: all, targets: [a]}]\n"
OTHER = CALLERS + "upstreams: {b: {adapter: replay, options: {}}}\nroutes: [{name: all, targets: [b]}]\n"
BAD = GOOD + "bogus: 1\nserver: {deadlin: 3}\n"


def messages(caplog, level: int = logging.ERROR) -> list[str]:
    ours = [record for record in caplog.records if record.name.startswith("gateway.reload")]
    return [record.getMessage() for record in ours if record.levelno >= level]


async def test_another_file_is_taken(tmp_path, caplog):
    caplog.set_level(logging.INFO)
    async with reloading(GOOD, tmp_path) as house:
        before = house.hash
        assert await house.ask() == (200, "a")
        await house.write(OTHER)
        done = await house.reloader.reload("a test")
        assert (done.ok, done.hash, done.problems, done.restart) == (True, house.hash, (), ())
        assert done.hash != before
        assert await house.ask() == (200, "b")
        assert house.value("config_info", hash=before) is None
        assert house.value("config_info", hash=done.hash) == 1
        assert house.value("config_last_reload_successful") == 1
        assert f"configuration {done.hash} is in force (a test)" in messages(caplog, logging.INFO)


async def test_a_bad_file_changes_nothing_and_tells_everything_once(tmp_path, caplog):
    async with reloading(GOOD, tmp_path) as house:
        before, taken = house.hash, house.value("config_last_reload_timestamp_seconds")
        await house.write(BAD)
        done = await house.reloader.reload("a test")
        assert (done.ok, done.hash, house.hash) == (False, before, before)
        assert [(problem.line, problem.path) for problem in done.problems] == [(4, "bogus"), (5, "server.deadlin")]
        assert await house.ask() == (200, "a")
        assert house.value("config_last_reload_successful") == 0
        assert house.value("config_last_reload_timestamp_seconds") == taken
        logged = messages(caplog)
        assert len(logged) == 3
        assert "gateway.yaml:4: bogus: unknown key" in logged[0]
        assert logged[2] == f"configuration {before} stays in force, 2 problem(s) (a test)"

        assert await house.reloader.reload("a test") == done
        assert messages(caplog)[3:] == logged[2:]
        await house.write(BAD + "# another\n")
        await house.reloader.reload("a test")
        assert len(messages(caplog)) == 3 + 1 + 3

        await house.write(GOOD)
        assert (await house.reloader.reload("a test")).ok
        assert (house.hash, house.value("config_last_reload_successful")) == (before, 1)


@pytest.mark.parametrize(
    ("text", "message"), [(None, "no such file"), ("{", "not valid YAML"), ("", "is empty"), ("a: \xff", "not UTF-8")]
)
async def test_a_file_that_cannot_be_read_at_all(tmp_path, text, message):
    async with reloading(GOOD, tmp_path) as house:
        if text is None:
            house.file.unlink()
        else:
            await asyncio.to_thread(house.file.write_bytes, text.encode("latin-1"))
        done = await house.reloader.reload("a test")
        (problem,) = done.problems
        assert message in problem.message
        assert await house.ask() == (200, "a")
        await house.write(OTHER)
        assert (await house.reloader.reload("a test")).ok


async def test_links_are_swapped_as_kubernetes_does(tmp_path):
    as_kubernetes(tmp_path, GOOD, "one")
    async with reloading(GOOD, tmp_path) as house:
        as_kubernetes(tmp_path, OTHER, "two")
        assert (await house.reloader.reload("a test")).ok
        assert await house.ask() == (200, "b")


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (UpstreamMisconfigured("the reader cannot start"), "the reader cannot start"),
        (PermissionError(13, "Permission denied"), "Permission denied"),
        (RuntimeError("canary"), "unforeseen failure: RuntimeError"),
    ],
)
async def test_whatever_else_fails_changes_nothing_either(tmp_path, error, message, caplog):
    async with reloading(GOOD, tmp_path) as house:

        def fail():
            raise error

        house.load = fail
        done = await house.reloader.reload("a test")
        assert done.problems == (Problem(str(house.file), None, "", message),)
        assert "canary" not in " ".join(messages(caplog))
        assert await house.ask() == (200, "a")


async def test_secrets_are_read_again(tmp_path):
    key = tmp_path / "key"
    key.write_text("first")
    async with FakeVendor() as vendor:
        upstream = f"{{{vendor.upstream}, credentials: {{type: header, name: X-Auth-Token, value: {{file: key}}}}}}"
        text = f"{CALLERS}upstreams: {{a: {upstream}}}\nroutes: [{{name: all, targets: [a]}}]\n"
        async with reloading(text, tmp_path) as house:
            before = house.hash
            await house.ask()
            key.write_text("second")
            assert (await house.reloader.reload("a test")).hash == before
            await house.ask()
        assert vendor.keys == ["first", "second"]


async def test_what_needs_a_restart_is_named_until_it_is_as_at_the_start(tmp_path, caplog):
    async with reloading(GOOD, tmp_path) as house:
        moved = OTHER + "server: {listen: 127.0.0.1:1, deadline: 7}\nadmin: {listen: 127.0.0.1:2}\n"
        for text, restart in [(moved, ("server.listen", "admin.listen")), (moved, ("server.listen", "admin.listen"))]:
            await house.write(text)
            done = await house.reloader.reload("a test")
            assert (done.ok, done.restart) == (True, restart)
        assert await house.ask() == (200, "b")
        assert "server.listen has changed: that takes effect at the next start" in messages(caplog, logging.WARNING)
        await house.write(GOOD)
        assert (await house.reloader.reload("a test")).restart == ()


async def test_whoever_comes_before_the_next_attempt_has_begun_shares_it(tmp_path):
    async with reloading(GOOD, tmp_path) as house:
        done = await asyncio.gather(*(house.reloader.reload("a test") for _ in range(20)))
        assert {each.hash for each in done} == {house.hash}
        assert house.loads == 1
        await house.reloader.reload("a test")
        assert house.loads == 2


async def test_who_goes_away_ends_no_attempt(tmp_path):
    async with reloading(GOOD, tmp_path) as house:
        await house.write(OTHER)
        asking = asyncio.get_running_loop().create_task(house.reloader.reload("a test"))
        await asyncio.sleep(0)
        asking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asking
        await house.reloader.reload("a test")
        assert await house.ask() == (200, "b")


async def test_nothing_is_taken_before_the_start_and_after_the_end(tmp_path):
    async with reloading(GOOD, tmp_path) as house:
        again = Reloader(house.succession, house.counted, house.succession._metrics)
        done = await again.reload("a test")
        assert (done.ok, house.loads) == (False, 0)
    assert not (await house.reloader.reload("a test")).ok
    assert house.loads == 0


async def test_the_answer_to_a_caller_follows_every_setting(tmp_path):
    async with reloading(GOOD, tmp_path) as house:
        body = picture() | {"country_region": ["FRA"]}
        assert (await house.ask(body))[0] == 400
        await house.write(GOOD + "server: {countries: any, parity: strict}\n")
        await house.reloader.reload("a test")
        status, upstream = await house.ask(body)
        assert (status, upstream) == (403, None)
        await house.write(GOOD.replace("anonymous: true", "accounts: [{name: a, project_ids: [p], token: {env: T}}]"))
        done = await house.reloader.reload("a test")
        assert [problem.message for problem in done.problems] == ["the environment variable T is not set"]
