"""The program as others run it: what it prints and returns, in a process of its own."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path

from aiohttp import web

ROOT = Path(__file__).parents[3]
BAD = ROOT / "tests" / "config" / "bad" / "references.yaml"

REMEDY = "onnxruntime not installed: pip install 'id-document-gateway[local]'"

VENDOR = """
callers:
  accounts: [{name: billing, project_ids: [p], token: {env: TOKEN}}]
upstreams:
  vendor:
    adapter: huawei_id_document
    options: {endpoint: "ENDPOINT", project_id: p}
    credentials: {type: huawei_aksk, access_key: {env: TOKEN}, secret_key: {env: TOKEN}}
routes:
  - {name: thai, when: {country_region: THA, caller: billing}, targets: [vendor]}
  - {name: linked, when: {input: url}, targets: [vendor]}
  - {name: default, targets: [vendor]}
"""


async def run(*arguments, cwd=ROOT, code="from gateway.cli import main; sys.exit(main())", environ=None):
    """Exit code, output and errors of the program with ``arguments``."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", f"import sys; {code}", *map(str, arguments)),
        cwd=cwd,
        env={**os.environ, "TOKEN": "hunter2", **(environ or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    output, errors = await process.communicate()
    assert "hunter2" not in (output + errors).decode()
    return process.returncode, output.decode(), errors.decode()


async def vendor_answers(_):
    return web.json_response({"result": {"country_region": "THA", "id_type": "PP", "document_number": "AA0000001"}})
