import pytest
from aiohttp.test_utils import TestClient, TestServer
from prometheus_client import CollectorRegistry

from gateway.admin.reload import Reloaded
from gateway.admin.views import admin_application
from gateway.config.errors import Problem


@pytest.fixture
def outcome():
    return [Reloaded("abc")]


@pytest.fixture
async def client(outcome):
    async def take_again() -> Reloaded:
        return outcome[0]

    app = admin_application(CollectorRegistry(), ready=list, openapi="{}", take_again=take_again)
    async with TestClient(TestServer(app)) as client:
        yield client


async def test_a_configuration_in_force_is_told_by_its_hash(client):
    response = await client.post("/api/reload")
    assert (response.status, await response.json()) == (200, {"ok": True, "hash": "abc", "restart": []})
    assert response.headers["Cache-Control"] == "no-store"


async def test_settings_that_wait_for_a_restart_are_named(client, outcome):
    outcome[0] = Reloaded("def", restart=("server.listen",))
    response = await client.post("/api/reload")
    assert (response.status, (await response.json())["restart"]) == (200, ["server.listen"])


async def test_every_problem_is_told_with_its_place(client, outcome):
    outcome[0] = Reloaded("abc", (Problem("g.yaml", 3, "routes[0].name", "missing"), Problem("g.yaml", None, "", "no")))
    response = await client.post("/api/reload")
    assert response.status == 422
    assert await response.json() == {
        "ok": False,
        "hash": "abc",
        "problems": [
            {"file": "g.yaml", "line": 3, "key": "routes[0].name", "message": "missing"},
            {"file": "g.yaml", "line": None, "key": "", "message": "no"},
        ],
    }


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE"])
async def test_looking_changes_nothing(client, method):
    assert (await client.request(method, "/api/reload")).status == 404
