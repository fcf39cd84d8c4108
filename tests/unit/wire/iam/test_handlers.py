"""What a case on disk cannot hold: answers that depend on an answer before."""

from __future__ import annotations

import json
from typing import Any

import aiohttp
import pytest

from gateway.secret import Secret
from gateway.wire.account import Account
from gateway.wire.auth import Callers
from tests.fakes import FakeClock
from tests.unit.wire.heads import NOW
from tests.wire.gateway import ACCOUNTS, PROJECT, Gateway, running

PASSWORD = "password-of-billing"
KEY = Secret("0123456789abcdef")
PICTURE = {"image": "iVBORw0KGgoAAAANSUhEUgAAAoAAAAHgCAIAAAA="}
SEVERAL = Account("several", frozenset({"p1", "p2"}), password=Secret("pw"), projects={"ap-southeast-1": "p1"})


def callers(clock: FakeClock | None = None, *, anonymous: bool = False) -> Callers:
    return Callers(anonymous, [*ACCOUNTS, SEVERAL], token_key=KEY, clock=clock or FakeClock(NOW))


async def log_in(
    gateway: Gateway,
    session: aiohttp.ClientSession,
    user: str = "billing",
    password: str = PASSWORD,
    **scope: Any,
) -> tuple[int, str, Any]:
    identity = {"methods": ["password"], "password": {"user": {"name": user, "password": password}}}
    auth = {"identity": identity, "scope": scope} if scope else {"identity": identity}
    url = f"{gateway.url}/v3/auth/tokens?nocatalog=true"
    async with session.post(url, json={"auth": auth}) as response:
        return response.status, response.headers.get("X-Subject-Token", ""), await response.json()


async def recognize(gateway: Gateway, session: aiohttp.ClientSession, token: str, project: str = PROJECT) -> Any:
    url = f"{gateway.url}/v2/{project}/ocr/id-document"
    async with session.post(url, json=PICTURE, headers={"X-Auth-Token": token}) as response:
        return response.status, (await response.json()).get("error_code")


async def test_a_token_for_a_password_answers_a_document():
    async with running(callers=callers()) as gateway, aiohttp.ClientSession() as session:
        status, token, body = await log_in(gateway, session, project={"name": "ap-southeast-1"})
        assert (status, body["token"]["project"]["id"]) == (201, PROJECT)
        assert await recognize(gateway, session, token) == (200, None)


async def test_a_token_of_another_replica_and_one_that_is_over():
    clock = FakeClock(NOW)
    async with (
        running(callers=callers(clock)) as one,
        running(callers=callers(clock)) as other,
        aiohttp.ClientSession() as session,
    ):
        _, token, _ = await log_in(one, session, project={"id": PROJECT})
        assert await recognize(other, session, token) == (200, None)
        clock.now += 86400
        assert await recognize(other, session, token) == (401, "APIG.0301")


@pytest.mark.parametrize(
    ("scope", "project", "expected"),
    [
        ({"project": {"id": "p1"}}, "p1", (200, None)),
        ({"project": {"name": "ap-southeast-1"}}, "p1", (200, None)),
        ({"project": {"id": "p1"}}, "p2", (401, "APIG.0307")),
        ({"project": {"id": "p1"}}, PROJECT, (404, "APIG.0101")),
        ({"domain": {"name": "IAMDomain"}}, "p1", (401, "ModelArts.0212")),
        ({}, "p1", (401, "ModelArts.0212")),
    ],
)
async def test_a_token_is_good_for_its_project_alone(scope, project, expected):
    async with running(callers=callers()) as gateway, aiohttp.ClientSession() as session:
        status, token, _ = await log_in(gateway, session, "several", "pw", **scope)
        assert status == 201
        assert await recognize(gateway, session, token, project) == expected


@pytest.mark.parametrize("scope", [{"name": "la-south-2"}, {"id": PROJECT}])
async def test_no_token_for_what_is_not_one_s_own(scope):
    async with running(callers=callers()) as gateway, aiohttp.ClientSession() as session:
        status, token, body = await log_in(gateway, session, "several", "pw", project=scope)
    assert (status, token, body["error"]["title"]) == (401, "", "Unauthorized")


async def test_one_s_own_token_is_validated():
    async with running(callers=callers()) as gateway, aiohttp.ClientSession() as session:
        _, token, created = await log_in(gateway, session, project={"name": "ap-southeast-1"})
        _, other, _ = await log_in(gateway, session, "several", "pw", project={"id": "p2"})
        url = f"{gateway.url}/v3/auth/tokens"
        for asker in (token, "token-of-billing"):
            async with session.get(url, headers={"X-Auth-Token": asker, "X-Subject-Token": token}) as response:
                assert (response.status, response.headers["X-Subject-Token"]) == (200, token)
                assert await response.json() == created
        async with session.head(url, headers={"X-Auth-Token": token, "X-Subject-Token": token}) as response:
            assert (response.status, response.headers["X-Subject-Token"], await response.read()) == (200, token, b"")
        for subject in (other, token[:-1], "token-of-billing", ""):
            async with session.get(url, headers={"X-Auth-Token": token, "X-Subject-Token": subject}) as response:
                assert (response.status, (await response.json())["error"]["code"]) == (404, 404)


async def test_a_new_password_ends_tokens():
    async with running(callers=callers()) as gateway, aiohttp.ClientSession() as session:
        _, token, _ = await log_in(gateway, session, "several", "pw", project={"id": "p1"})
    changed = Account("several", SEVERAL.project_ids, password=Secret("new"))
    asked = Callers(False, [changed], token_key=KEY, clock=FakeClock(NOW))
    async with running(callers=asked) as gateway, aiohttp.ClientSession() as session:
        assert await recognize(gateway, session, token, "p1") == (401, "APIG.0307")


async def test_guessing_passwords_comes_to_an_end():
    clock = FakeClock(NOW)
    async with running(callers=callers(clock)) as gateway, aiohttp.ClientSession() as session:
        statuses = [(await log_in(gateway, session, password="guess"))[0] for _ in range(8)]
        assert statuses == [401] * 6 + [429] * 2
        assert (await log_in(gateway, session))[0] == 429
        assert (await log_in(gateway, session, "several", "pw"))[0] == 201
        clock.now += 300
        assert (await log_in(gateway, session))[0] == 201


async def test_anybody_gets_a_token_where_anybody_may_call():
    async with running(callers=callers(anonymous=True)) as gateway, aiohttp.ClientSession() as session:
        status, token, body = await log_in(gateway, session, "me", "mine", project={"id": "f" * 32})
        assert (status, body["token"]["project"]["id"]) == (201, "f" * 32)
        assert await recognize(gateway, session, token, "f" * 32) == (200, None)
        headers = {"X-Auth-Token": token, "X-Subject-Token": token}
        async with session.get(f"{gateway.url}/v3/auth/tokens", headers=headers) as response:
            assert (response.status, await response.json()) == (200, body)


async def test_passwords_and_tokens_are_not_logged(caplog):
    caplog.set_level("DEBUG")
    async with running(callers=callers()) as gateway, aiohttp.ClientSession() as session:
        _, token, _ = await log_in(gateway, session, project={"id": PROJECT})
        await log_in(gateway, session, password="canary")
        await recognize(gateway, session, token)
        lines = [record.fields for record in caplog.records if record.name == "gateway.access"]
    assert [line["caller"] for line in lines] == ["billing", "", "billing"]
    text = caplog.text + json.dumps(lines)
    assert not any(secret in text for secret in ("password-of-billing", "canary", token))
