"""The document of the caller side against the caller side: what it says is true, found out by schemathesis."""

from __future__ import annotations

import asyncio
import os
import sys

from aiohttp import web
from aiohttp.test_utils import TestServer

from gateway.image.fetch import FetchPolicy
from gateway.model import InputKind
from gateway.wire.auth import Callers
from gateway.wire.openapi.document import text
from tests.pictures import jpeg
from tests.wire.gateway import ACCOUNTS, PROJECT, running
from tests.wire.programs import ROOT

CONFIG = f"""\
seed = 1
[warnings]
fail-on = true
[generation]
max-examples = 30
[auth.openapi.token]
api_key = "token-of-billing"
[parameters]
"path.project_id" = "{PROJECT}"
"header.X-Subject-Token" = "{{subject}}"
[checks.unsupported_method]
enabled = false
[checks.missing_required_header]
expected-statuses = [400, 401, 404]
"""
"""Another method is answered with 404, as by the old API, where the check would have 405; so is a token to be validated that
is missing or none, as by IAM.
"""


async def test_schemathesis_finds_nothing(tmp_path):
    document, config = tmp_path / "openapi.json", tmp_path / "schemathesis.toml"
    document.write_text(text())
    callers = Callers(False, ACCOUNTS)
    subject, _ = callers.issuer.issue(ACCOUNTS[0], PROJECT, "ap-southeast-1")
    config.write_text(CONFIG.format(subject=subject))
    fetch = FetchPolicy(allow_hosts=("127.0.0.1",), allow_networks=("127.0.0.0/8",))
    async with running(fetch=fetch, callers=callers) as gateway, TestServer(_pictures()) as pictures:
        environment = {
            "PICTURE_URL": str(pictures.make_url("/picture")),
            "PYTHONPATH": str(ROOT),
            "SCHEMATHESIS_HOOKS": "tests.wire.schemathesis_hooks",
        }
        phases = ("--phases", "examples,coverage,fuzzing", "--continue-on-failure")
        program = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "schemathesis.cli", "--config-file", str(config)),
            *("run", str(document), "--url", gateway.url, *phases),
            cwd=tmp_path,
            env=os.environ | environment,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        output, _ = await program.communicate()
    assert program.returncode == 0, output.decode()
    assert len(gateway.recognizer.calls) > 50, "hardly anything got as far as the recognizer"
    assert {query.input for query in gateway.recognizer.calls} == set(InputKind)


def _pictures() -> web.Application:
    async def picture(_: web.Request) -> web.Response:
        return web.Response(body=jpeg(640, 480), content_type="image/jpeg")

    app = web.Application()
    app.router.add_get("/picture", picture)
    return app
