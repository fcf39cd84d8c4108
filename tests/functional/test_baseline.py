"""The baseline of a whole process: what it keeps of answers, who can read it, and how candidates are held against it."""

from __future__ import annotations

import base64
from pathlib import Path

from gateway.baseline.read import read_baseline, read_key
from gateway.cli.command_line import main
from gateway.shadow.compare import AGREED, compare
from tests.functional.process import serving
from tests.pictures import png

PICTURE = png(300, 200) + b"canary"

CONFIG = """
callers: {anonymous: true}
baseline: {directory: baseline, public_key: {file: baseline.pub}, upstreams: [original], retention: 30}
upstreams:
  original: {adapter: replay, options: {}}
  second: {adapter: replay, options: {}}
routes:
  - {name: thai, when: {country_region: THA}, targets: [original]}
  - {name: default, targets: [second]}
"""


def test_an_answer_can_be_compared_with_when_the_upstream_is_gone(tmp_path: Path):
    keys = tmp_path / "elsewhere"
    keys.mkdir()
    private, public = keys / "baseline.key", tmp_path / "baseline.pub"
    assert main(["baseline", "keygen", "--private", str(private), "--public", str(public)]) == 0
    body = {"image": base64.b64encode(PICTURE).decode()}
    with serving(CONFIG, tmp_path) as gateway:
        status, answer, headers = gateway.post({**body, "country_region": ["THA"], "id_type": ["ID"]})
        assert (status, headers["X-Gateway-Upstream"]) == (200, "original")
        gateway.post({**body, "country_region": ["VNM"]})
        assert gateway.stop() == 0
    (file,) = (tmp_path / "baseline").iterdir()
    sealed = file.read_bytes()
    values = [value for value in answer["result"].values() if isinstance(value, str) and len(value) > 2]
    assert not [value for value in (*values, "canary", "original") if value.encode() in sealed]
    (record,) = read_baseline([tmp_path / "baseline"], read_key(private))
    assert (record.picture, record.asked.upstream) == (PICTURE, "original")
    assert record.asked.request_id == headers["X-Request-Id"]
    assert record.document.document_number == answer["result"]["document_number"]
    assert set(compare(record.document, record.document).values()) <= AGREED


def test_a_private_key_stops_the_gateway_from_starting(tmp_path: Path, capsys):
    config = tmp_path / "gateway.yaml"
    config.write_text(CONFIG)
    pair = ["--private", str(tmp_path / "baseline.pub"), "--public", str(tmp_path / "baseline.key")]
    assert main(["baseline", "keygen", *pair]) == 0
    assert main(["check", str(config)]) == 1
    assert "baseline.public_key: this is the private key" in capsys.readouterr().err
