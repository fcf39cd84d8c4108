import asyncio
import json
import os
import signal
import subprocess
import sys

from aiohttp import ClientSession

from tests.unit.cli.program import BAD, ROOT, run


async def test_serve_answers_until_it_is_told_to_stop(config):
    path = config()
    upstreams = path.read_text()
    path.write_text(f"server: {{listen: 127.0.0.1:0}}\nadmin: {{listen: 127.0.0.1:0}}\n{upstreams}")
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "gateway", "serve", "--config", path),
        cwd=ROOT,
        env={**os.environ, "TOKEN": "hunter2"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    first = json.loads(await process.stdout.readline())
    assert (first["message"], first["level"]) == ("serving", "info")
    async with ClientSession() as session:
        async with session.get(f"{first['admin']}/readyz") as response:
            assert response.status == 200
        async with session.post(f"{first['listen']}/v2/p/ocr/id-document", json={}) as response:
            assert response.status == 401

    path.write_text(f"admin: {{listen: '{first['admin'].removeprefix('http://')}'}}\n{upstreams}")
    code, output, errors = await run("serve", "--config", path)
    assert (code, errors) == (1, "")
    assert "cannot serve" in json.loads(output.splitlines()[-1])["message"]

    process.send_signal(signal.SIGTERM)
    output, errors = await process.communicate()
    assert (process.returncode, errors) == (0, b"")
    assert [json.loads(line)["message"] for line in output.splitlines()][-1] == "stopped"


def test_serve_does_not_start_with_a_bad_configuration(call):
    code, output, errors = call("serve", "--config", BAD)
    assert (code, output) == (1, "")
    assert len(errors.splitlines()) > 5
