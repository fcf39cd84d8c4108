"""Callers that are programs of their own."""

from __future__ import annotations

import asyncio
import json
import os
import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
PYTHON = (sys.executable, "-m", "tests.wire.python_caller")
NODE = ("node", str(ROOT / "tests" / "node" / "caller.js"))

_MEANT_FOR_SDKS = re.compile("HUAWEICLOUD_|HC_|HOME$|.*_proxy$", re.IGNORECASE)
_NO_WAY_OUT = {"HTTP_PROXY": "http://127.0.0.1:9", "HTTPS_PROXY": "http://127.0.0.1:9", "NO_PROXY": "127.0.0.1"}


async def ask(program: Sequence[str], job: object, environment: Mapping[str, str] | None = None) -> Any:
    """Give ``job`` to a program and return what its last line says.

    Its environment holds nothing that the person who runs the tests may have set for an SDK, and a proxy that is not
    there keeps it from going anywhere but to this machine.
    """
    inherited = {name: value for name, value in os.environ.items() if not _MEANT_FOR_SDKS.match(name)}
    process = await asyncio.create_subprocess_exec(
        *program,
        cwd=ROOT,
        env=inherited | _NO_WAY_OUT | (environment or {}),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    async with asyncio.timeout(60):
        output, errors = await process.communicate(json.dumps(job).encode())
    assert process.returncode == 0, errors.decode()
    return json.loads(output.decode().rstrip("\n").rpartition("\n")[2])
