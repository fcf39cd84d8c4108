"""A process takes another configuration: told by a signal, by the admin port, or by the file itself."""

from __future__ import annotations

import json
import re
import signal
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from tests.functional.process import PROJECT, Served, fetch, serving
from tests.functional.test_whole_gateway import picture

TEXT = """
callers: {anonymous: %s, token_key: {env: KEY}, accounts: [{name: billing, project_ids: [%s], password: {env: PASSWORD}}]}
journal: {directory: journal}
upstreams:
  local: {adapter: local, options: {workers: 1%s}}
  vendor: {adapter: huawei_id_document, options: {endpoint: "http://127.0.0.1:9", project_id: p}}
routes: [{name: %s, targets: [%s]}]
"""
SECRET = "s3cret-password"


def text(route: str, *, anonymous: str = "true", options: str = "", targets: str = "local") -> str:
    return TEXT % (anonymous, PROJECT, options, route, targets)


class Running:
    """A gateway and the file that it was started with."""

    def __init__(self, served: Served, folder: Path) -> None:
        self.served = served
        self.file = folder / "gateway.yaml"
        self.head = "".join(self.file.read_text().splitlines(keepends=True)[:2])

    def write(self, config: str) -> None:
        self.file.write_text(self.head + config)

    def hang_up(self) -> None:
        self.served.process.send_signal(signal.SIGHUP)

    def reload(self) -> tuple[int, dict[str, Any]]:
        request = urllib.request.Request(self.served.admin + "/api/reload", b"", method="POST")
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as error:
            with error:
                return error.code, json.load(error)

    def ask(self, **headers: str) -> tuple[int, str | None]:
        """Status and route."""
        status, _, given = self.served.post({"image": picture("no-document-cover.jpg")}, **headers)
        return status, given.get("X-Gateway-Route")

    def metric(self, name: str) -> float:
        return float(re.search(rf"^{name} (\S+)$", self.served.get("/metrics")[1], re.MULTILINE)[1])

    def readers(self) -> list[int]:
        """The processes of the embedded reader."""
        children = []
        for path in Path("/proc").glob("[0-9]*/stat"):
            with suppress(OSError):  # it has ended meanwhile
                stat = path.read_text()
                if int(stat.rpartition(")")[2].split()[1]) == self.served.process.pid:
                    children.append(int(stat.split(" ")[0]))
        return sorted(children)


def until(condition: Callable[[], bool], seconds: float = 20.0) -> None:
    ends = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < ends
        time.sleep(0.02)


def token(served: Served) -> str:
    identity = {"methods": ["password"], "password": {"user": {"name": "billing", "password": SECRET, "domain": {}}}}
    body = {"auth": {"identity": identity, "scope": {"project": {"id": PROJECT}}}}
    return fetch(f"{served.url}/v3/auth/tokens", json.dumps(body).encode())[2]["X-Subject-Token"]


def test_a_signal_the_admin_port_and_the_file_itself(tmp_path):
    with serving(
        text("first"), tmp_path, server="drain: 5, reload_interval: 0", PASSWORD=SECRET, KEY=SECRET * 2
    ) as served:
        running = Running(served, tmp_path)
        readers, issued = running.readers(), {"X-Auth-Token": token(served)}
        assert len(readers) == 1
        assert running.ask() == (400, "first")

        running.write(text("second"))
        running.hang_up()
        until(lambda: running.ask()[1] == "second")

        running.write(text("third") + "bogus: 1\n")
        status, answer = running.reload()
        assert (status, answer["ok"]) == (422, False)
        (problem,) = answer["problems"]
        assert (problem["file"], problem["key"]) == (str(running.file), "bogus")
        assert running.metric("gateway_config_last_reload_successful") == 0
        assert running.ask() == (400, "second")
        assert served.get("/readyz")[0] == 200

        running.head = running.head.replace("127.0.0.1:0", "127.0.0.1:1", 1).replace("interval: 0", "interval: 0.1")
        running.write(text("third", anonymous="false"))
        status, answer = running.reload()
        assert (status, answer["ok"], answer["restart"]) == (200, True, ["server.listen"])
        assert f'gateway_config_info{{hash="{answer["hash"]}"}} 1.0' in served.get("/metrics")[1]
        assert running.ask()[0] == 401
        assert running.ask(**issued) == (400, "third")

        running.write(text("fourth", options=", visual_zone: false"))
        until(lambda: running.ask()[1] == "fourth")
        assert running.readers() == readers

        assert served.stop() == 0
        said = json.dumps(served.log)
        assert SECRET not in said
        causes = re.findall(r"is in force \((.*?)\)", said)
        assert causes == ["SIGHUP", "POST /api/reload", "a file changed"]
    (journal,) = (tmp_path / "journal").iterdir()
    routes = [json.loads(line)["route"] for line in journal.read_text().splitlines()]
    assert list(dict.fromkeys(route for route in routes if route)) == ["first", "second", "third", "fourth"]


def test_other_options_start_other_readers_before_the_old_ones_end(tmp_path):
    with serving(text("first"), tmp_path, PASSWORD=SECRET, KEY=SECRET * 2) as served:
        running = Running(served, tmp_path)
        (before,) = running.readers()
        running.write(text("second", options=", recycle: 100"))
        assert running.reload()[0] == 200
        assert running.ask() == (400, "second")
        until(lambda: len(running.readers()) == 1)
        assert running.readers() != [before]
        running.write(text("third", targets="vendor"))
        assert running.reload()[0] == 200
        assert running.ask() == (503, "third")
        assert len(running.readers()) == 1  # it is still configured, though nobody asks it
        assert served.stop() == 0
