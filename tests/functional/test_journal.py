"""The journal of a whole process: what it holds, and what becomes of callers while nothing can be written."""

from __future__ import annotations

import asyncio
import base64
import json
import os
import resource
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from aiohttp import ClientSession

from gateway.journal.read import read_journal
from tests.functional.conftest import ACCESS_KEY, PROJECT, SECRET_KEY, FakeOriginal
from tests.pictures import png

PICTURE = base64.b64encode(png(300, 200) + b"canary").decode()
TOKEN = "token-canary"

CONFIG = """
server: {{listen: 127.0.0.1:0, drain: 5}}
admin: {{listen: 127.0.0.1:0}}
journal: {journal}
callers:
  accounts: [{{name: billing, project_ids: [{project}], token: {{env: TOKEN}}}}]
upstreams:
  original:
    adapter: huawei_id_document
    options: {{endpoint: "{endpoint}", project_id: {project}}}
    credentials: {{type: huawei_aksk, access_key: {{env: HW_AK}}, secret_key: {{env: HW_SK}}}}
    price: 0.01
routes:
  - {{name: default, targets: [original]}}
"""


class Process:
    """A gateway that serves; ``ask`` sends one request and tells status and body."""

    def __init__(self, session: ClientSession, process: asyncio.subprocess.Process, listen: str, admin: str) -> None:
        self.session = session
        self.process = process
        self.listen = listen
        self.admin = admin

    async def ask(self, path: str = f"/v2/{PROJECT}/ocr/id-document", **headers: str) -> tuple[int, dict[str, Any]]:
        body = {"image": PICTURE, "country_region": ["THA"]}
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        async with self.session.post(f"{self.listen}{path}", json=body, headers=names) as response:
            return response.status, await response.json()

    async def metric(self, name: str) -> float:
        async with self.session.get(f"{self.admin}/metrics") as response:
            lines = (await response.text()).splitlines()
        return next(float(line.rpartition(" ")[2]) for line in lines if line.startswith(name))

    async def wait_for(self, name: str, value: float) -> None:
        """Ask until the metric has that value: lines are written behind the answers."""
        async with asyncio.timeout(10):
            while await self.metric(name) != value:
                pass

    def fill_the_disk(self, *, full: bool) -> None:
        """While ``full``, the kernel takes no more bytes of any file of the gateway's."""
        limits = (0 if full else resource.RLIM_INFINITY, resource.RLIM_INFINITY)
        resource.prlimit(self.process.pid, resource.RLIMIT_FSIZE, limits)

    async def stop(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        await self.process.communicate()
        assert self.process.returncode is not None
        return self.process.returncode


@asynccontextmanager
async def serving(original: FakeOriginal, folder: Path, journal: str) -> AsyncIterator[Process]:
    path = folder / "gateway.yaml"
    path.write_text(CONFIG.format(journal=journal, project=PROJECT, endpoint=original.url))
    process = await start(path)
    try:
        assert process.stdout is not None
        first = json.loads(await process.stdout.readline())
        async with ClientSession() as session:
            yield Process(session, process, first["listen"], first["admin"])
    finally:
        if process.returncode is None:
            process.kill()
            await process.communicate()


async def start(path: Path) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "gateway", "serve", "--config", str(path)),
        cwd=Path(__file__).parents[2],
        env={**os.environ, "TOKEN": TOKEN, "HW_AK": ACCESS_KEY, "HW_SK": SECRET_KEY},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def entries(folder: Path) -> list[Any]:
    return list(read_journal([folder]))


async def test_usage_can_be_split_by_enterprise_project_and_no_value_is_on_file(original: FakeOriginal, tmp_path: Path):
    original.result = {"country_region": "THA", "id_type": "ID", "first_name": "Malee-canary"}
    async with serving(original, tmp_path, "{directory: var/journal}") as gateway:
        token = {"X_Auth_Token": TOKEN}
        for tag in ("cost-centre-7", "cost-centre-7", "0"):
            assert (await gateway.ask(**token, Enterprise_Project_Id=tag))[0] == 200
        assert (await gateway.ask(**token))[0] == 200
        assert (await gateway.ask(**token, Enterprise_Project_Id="not;an;id-canary"))[0] == 200
        assert (await gateway.ask(X_Auth_Token="another-canary"))[0] == 401
        assert (await gateway.ask("/v2/canary;canary/ocr/id-document", **token))[0] == 404
        original.result = {"country_region": "VNM", "id_type": "ID", "first_name": "Malee-canary"}
        assert (await gateway.ask(**token))[0] == 400
        assert await gateway.stop() == 0

    lines = await asyncio.to_thread(entries, tmp_path / "var" / "journal")
    served = [line for line in lines if line.outcome == "ok"]
    assert Counter(line.enterprise_project_id for line in served) == {"cost-centre-7": 2, "0": 1, None: 2}
    assert {(line.caller, line.project_id, line.upstream, line.cost) for line in served} == {
        ("billing", PROJECT, "original", 0.01)
    }
    assert {(line.answered.country_region, line.answered.id_type) for line in served} == {("THA", "ID")}
    assert [(line.outcome, line.error_code, line.cost) for line in lines if line.outcome != "ok"] == [
        ("unauthenticated", "APIG.0301", 0),
        ("unknown_api", "APIG.0101", 0),
        ("wrong_document", "AIS.0104", 0.01),
    ]
    (path,) = (tmp_path / "var" / "journal").iterdir()
    assert b"canary" not in path.read_bytes()
    assert path.stat().st_mode & 0o777 == 0o600


async def test_strict_refuses_what_it_cannot_record_and_comes_back_by_itself(original: FakeOriginal, tmp_path: Path):
    async with serving(original, tmp_path, "{directory: journal, mode: strict, fsync: batch}") as gateway:
        token = {"X_Auth_Token": TOKEN}
        assert (await gateway.ask(**token))[0] == 200
        gateway.fill_the_disk(full=True)
        for _ in range(3):
            status, body = await gateway.ask(**token)
            assert (status, body["error_code"]) == (503, "ModelArts.4403")
        # the first was read before anybody knew; nothing was paid for the others
        assert len(original.bodies) == 2
        assert await gateway.metric('gateway_journal_write_failures_total{reason="disk"}') == 3
        gateway.fill_the_disk(full=False)
        assert (await gateway.ask(**token))[0] == 503
        assert (await gateway.ask(**token))[0] == 200
        assert await gateway.metric("gateway_journal_lines_total") == 3
        assert await gateway.stop() == 0
    lines = await asyncio.to_thread(entries, tmp_path / "journal")
    assert [line.outcome for line in lines] == ["ok", "unrecorded", "ok"]


async def test_best_effort_answers_and_counts_what_it_lost(original: FakeOriginal, tmp_path: Path):
    async with serving(original, tmp_path, "{directory: journal}") as gateway:
        gateway.fill_the_disk(full=True)
        for _ in range(2):
            assert (await gateway.ask(X_Auth_Token=TOKEN))[0] == 200
        await gateway.wait_for('gateway_journal_write_failures_total{reason="disk"}', 2)
        gateway.fill_the_disk(full=False)
        assert (await gateway.ask(X_Auth_Token=TOKEN))[0] == 200
        assert await gateway.stop() == 0
    assert [line.outcome for line in await asyncio.to_thread(entries, tmp_path / "journal")] == ["ok"]


async def test_a_process_that_is_killed_leaves_lines_that_can_be_read(original: FakeOriginal, tmp_path: Path):
    async with serving(original, tmp_path, "{directory: journal, mode: strict}") as gateway:
        answers = [await gateway.ask(X_Auth_Token=TOKEN) for _ in range(5)]
        gateway.process.kill()
        await gateway.process.communicate()
    lines = await asyncio.to_thread(entries, tmp_path / "journal")
    assert [line.status for line in lines] == [status for status, _ in answers] == [200] * 5


async def test_a_folder_that_cannot_be_written_to_is_an_error_of_the_configuration(original, tmp_path: Path):
    (tmp_path / "occupied").write_text("")
    path = tmp_path / "gateway.yaml"
    path.write_text(CONFIG.format(journal="{directory: occupied/journal}", project=PROJECT, endpoint=original.url))
    process = await start(path)
    output, errors = await process.communicate()
    assert (process.returncode, output) == (1, b"")
    folder = tmp_path / "occupied" / "journal"
    assert errors.decode() == (f"{path}:4: journal.directory: no file can be created in {folder}: Not a directory\n")
