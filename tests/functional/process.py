"""The gateway as its users run it: a process of its own, found by the addresses in its log."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent.parent
PROJECT = "0123456789abcdef0123456789abcdef"


@dataclass
class Served:
    """``log`` grows while the process runs and is complete once it has been stopped."""

    process: subprocess.Popen[str]
    url: str
    admin: str
    log: list[dict[str, Any]] = field(default_factory=list)

    def post(self, body: Any, **headers: str) -> tuple[int, dict[str, Any], dict[str, str]]:
        return fetch(f"{self.url}/v2/{PROJECT}/ocr/id-document", json.dumps(body).encode(), **headers)

    def get(self, path: str) -> tuple[int, Any]:
        with urllib.request.urlopen(self.admin + path, timeout=10) as answer:
            return answer.status, answer.read().decode()

    def stop(self, number: int = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        rest, _ = self.process.communicate(timeout=30)
        self.log += [json.loads(line) for line in rest.splitlines()]
        return self.process.returncode


def fetch(url: str, body: bytes | None = None, **headers: str) -> tuple[int, dict[str, Any], dict[str, str]]:
    request = urllib.request.Request(url, body, {"Content-Type": "application/json", **headers})
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status, json.load(answer), dict(answer.headers)
    except urllib.error.HTTPError as error:
        with error:
            return error.code, json.load(error), dict(error.headers)


@contextmanager
def serving(config: str, folder: Path, *, server: str = "drain: 5", **environ: str) -> Iterator[Served]:
    """Serve the YAML text ``config``, to which listeners on free ports are added; ``server`` holds other settings of theirs."""
    file = folder / "gateway.yaml"
    file.write_text(f"server: {{listen: 127.0.0.1:0, {server}}}\nadmin: {{listen: 127.0.0.1:0}}\n{config}")
    process = subprocess.Popen(
        [sys.executable, "-W", "error", "-m", "gateway", "serve", "--config", str(file)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=ROOT,
        env={**os.environ, **environ},
    )
    log = []
    try:
        assert process.stdout is not None
        for line in process.stdout:
            log.append(json.loads(line))
            if log[-1].get("message") == "serving":
                yield Served(process, log[-1]["listen"], log[-1]["admin"], log)
                return
        raise AssertionError(f"did not serve: {log}")
    finally:
        process.kill()
        process.communicate()
