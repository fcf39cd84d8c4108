import asyncio
import subprocess
import sys

import pytest

from gateway.migrate.store import FileRampStore, MemoryRampStore, open_ramp_store
from gateway.state.address import Address
from gateway.state.opening import Place
from gateway.state.store import StateUnavailable
from tests.redis_server import redis_server


@pytest.fixture(scope="module")
def redis(tmp_path_factory):
    with redis_server(tmp_path_factory.mktemp("redis")) as server:
        yield Place(Address("127.0.0.1", server.port))


@pytest.fixture(params=["file", "memory", "redis"])
async def store(request, tmp_path):
    if request.param == "redis":
        async with open_ramp_store(request.getfixturevalue("redis"), None) as opened:
            yield opened
    else:
        async with open_ramp_store(Place(), tmp_path / "state" if request.param == "file" else None) as opened:
            yield opened


async def test_what_is_swapped_in_is_loaded(store, request):
    key = request.node.name
    assert await store.load(key) is None
    assert await store.swap(key, None, b"one")
    assert await store.load(key) == b"one"
    assert await store.swap(key, b"one", b"two")
    assert await store.load(key) == b"two"
    assert await store.load("other") is None


async def test_of_two_that_change_the_same_one_succeeds(store, request):
    key = request.node.name
    assert await store.swap(key, None, b"one")
    assert not await store.swap(key, None, b"other")
    assert not await store.swap(key, b"two", b"other")
    assert await store.load(key) == b"one"
    done = await asyncio.gather(*(store.swap(key, b"one", b"%d" % number) for number in range(10)))
    assert sum(done) == 1


async def test_it_survives_its_process(tmp_path):
    await FileRampStore(tmp_path / "a" / "b").swap("thai", None, b"kept")
    assert await FileRampStore(tmp_path / "a" / "b").load("thai") == b"kept"
    assert (tmp_path / "a" / "b" / "ramp.thai.json").read_bytes() == b"kept"


async def test_files_that_cannot_be_used(tmp_path):
    (tmp_path / "file").write_text("")
    store = FileRampStore(tmp_path / "file")
    with pytest.raises(StateUnavailable, match="Not a directory"):
        await store.load("thai")
    with pytest.raises(StateUnavailable):
        await store.swap("thai", None, b"x")
    (tmp_path / "ramp.thai.json").mkdir()
    with pytest.raises(StateUnavailable):
        await FileRampStore(tmp_path).swap("thai", None, b"x")


async def test_a_server_that_is_away():
    async with open_ramp_store(Place(Address("127.0.0.1", 1)), None) as store:
        with pytest.raises(StateUnavailable):
            await store.load("thai")
        with pytest.raises(StateUnavailable):
            await store.swap("thai", None, b"x")


async def test_without_a_place_it_is_memory():
    async with open_ramp_store(Place(), None) as store:
        assert isinstance(store, MemoryRampStore)


COUNT = """
import asyncio, sys
from pathlib import Path
from gateway.migrate.store import FileRampStore

async def add():
    store = FileRampStore(Path(sys.argv[1]))
    for _ in range(20):
        while True:
            old = await store.load("n")
            if await store.swap("n", old, str(int(old or 0) + 1).encode()):
                break

asyncio.run(add())
"""


def test_processes_of_one_machine_exclude_one_another(tmp_path):
    processes = [subprocess.Popen([sys.executable, "-c", COUNT, str(tmp_path)]) for _ in range(2)]
    assert [process.wait() for process in processes] == [0, 0]
    assert FileRampStore(tmp_path).read("n") == b"40"
    assert not list(tmp_path.glob("*.new"))
