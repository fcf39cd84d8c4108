import pytest
from aiohttp.test_utils import TestClient, TestServer
from prometheus_client import CollectorRegistry

from gateway.admin.views import admin_application
from gateway.migrate.migration import Migration
from gateway.migrate.policy import RampPolicy
from gateway.migrate.ramps import Ramps
from gateway.migrate.store import MemoryRampStore


@pytest.fixture
async def client():
    migration = Migration("thai", RampPolicy(source="old", target="new"), MemoryRampStore(), observer=lambda _: None)
    await migration.sync()

    async def take_again():
        raise AssertionError

    app = admin_application(
        CollectorRegistry(), ready=list, openapi="{}", take_again=take_again, ramps=lambda: Ramps([migration])
    )
    async with TestClient(TestServer(app)) as client:
        yield client


async def test_an_order_to_one_pair(client):
    response = await client.post("/api/routes/thai/advance?pair=THA-PP")
    body = await response.json()
    assert (response.status, response.headers["Cache-Control"]) == (200, "no-store")
    assert (body["route"], body["from"], body["to"]) == ("thai", "old", "new")
    assert [(pair["pair"], pair["share"], pair["state"]) for pair in body["pairs"]] == [("THA-PP", 5, "running")]
    assert (await (await client.get("/api/routes")).json()) == [body]


@pytest.mark.parametrize("word", ["pause", "resume", "advance", "rollback"])
async def test_every_order_to_all(client, word):
    response = await client.post(f"/api/routes/thai/{word}")
    assert (response.status, len((await response.json())["pairs"])) == (200, 25)


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("thai/stop", "say pause"),
        ("thai/gone", "say pause"),
        ("viet/pause", "no route called viet"),
        ("thai/pause?pair=XXX-PP", "no such pair"),
    ],
)
async def test_what_there_is_not(client, path, words):
    response = await client.post(f"/api/routes/{path}")
    assert response.status == 404
    assert words in (await response.json())["error"]


async def test_looking_moves_nothing(client):
    assert (await client.get("/api/routes/thai/rollback")).status == 404
    assert (await (await client.get("/api/routes")).json())[0]["pairs"] == []
