"""docs/migrating.md: each way for Python and raw HTTP, with the very lines that stand there."""

from __future__ import annotations

import asyncio
import base64
import json
import os
import re
import sys
from pathlib import Path

import pytest
import trustme

from gateway.build import build
from gateway.config.load import load_text
from tests.fakes import FakeRecognizer
from tests.pictures import jpeg
from tests.snippets import GATEWAY, names, snippet
from tests.wire.gateway import PROJECT, SPECIMEN, running
from tests.wire.programs import PYTHON, ROOT, ask
from tests.wire.tls import tls_in_front

GUIDE = ROOT / "docs" / "migrating.md"
BODY = {"image": base64.b64encode(jpeg(640, 480)).decode(), "country_region": ["ALB"]}
KEYS = {"ak": "BILLING-AK", "sk": "billing-sk", "body": BODY}


@pytest.fixture
async def gateway():
    async with running(FakeRecognizer("fake", SPECIMEN)) as gateway:
        yield gateway


def environment(block: str) -> dict[str, str]:
    return dict(line.split("=", 1) for line in block.splitlines())


def assert_answered(answer, gateway):
    assert "result" in answer, answer
    assert answer["result"]["document_number"] == "BA0000001"
    (query,) = gateway.recognizer.calls
    assert (query.caller, query.project_id) == ("billing", PROJECT)
    assert answer["request_id"] == query.request_id


async def test_python_endpoint(gateway):
    client = snippet(GUIDE, "python-endpoint", gateway.url)
    assert_answered(await ask(PYTHON, KEYS | {"client": client, "project_id": PROJECT}), gateway)


async def test_python_region_with_the_project_looked_up(gateway):
    client = snippet(GUIDE, "python-region", gateway.url)
    assert_answered(await ask(PYTHON, KEYS | {"client": client}), gateway)
    assert len(gateway.events) == 2  # the look-up, and the call


async def test_python_unchanged_by_environment_alone(gateway):
    variables = environment(snippet(GUIDE, "environment", gateway.url))
    assert len(variables) == 2
    client = snippet(GUIDE, "python-unchanged")
    assert_answered(await ask(PYTHON, KEYS | {"client": client}, variables), gateway)


async def test_python_unchanged_by_a_regions_file(gateway, tmp_path):
    regions = tmp_path / "regions.yaml"
    regions.write_text(snippet(GUIDE, "regions", gateway.url))
    variables = {"HUAWEICLOUD_SDK_REGIONS_FILE": str(regions), "HUAWEICLOUD_SDK_IAM_ENDPOINT": gateway.url}
    client = snippet(GUIDE, "python-unchanged")
    assert_answered(await ask(PYTHON, KEYS | {"client": client}, variables), gateway)


async def test_python_unchanged_by_files_at_home(gateway, tmp_path):
    folder = tmp_path / ".huaweicloud"
    folder.mkdir()
    (folder / "regions.yaml").write_text(snippet(GUIDE, "regions", gateway.url))
    (folder / "credentials").write_text(snippet(GUIDE, "credentials", gateway.url))
    client = snippet(GUIDE, "python-unchanged").replace(
        "BasicCredentials(ak, sk)", "ProfileCredentialProvider.get_basic().get_credentials()"
    )
    answer = await ask(PYTHON, {"client": client, "body": BODY}, {"HOME": str(tmp_path)})
    assert_answered(answer, gateway)


async def test_python_constants_are_out_of_reach():
    code = """\
import json
from huaweicloudsdkocr.v1.region.ocr_region import OcrRegion
print(json.dumps([OcrRegion.value_of("ap-southeast-1").endpoint, OcrRegion.AP_SOUTHEAST_1.endpoint]))
"""
    by_name, constant = await ask((sys.executable, "-c", code), None, environment(snippet(GUIDE, "environment")))
    assert by_name == GATEWAY
    assert constant == "https://ocr.ap-southeast-1.myhuaweicloud.com"


@pytest.mark.parametrize("way", ["code", "environment"])
async def test_python_with_a_certificate_of_ones_own_authority(gateway, tmp_path, way):
    authority, file = trustme.CA(), tmp_path / "company.pem"
    authority.cert_pem.write_to_path(str(file))
    async with tls_in_front(gateway.port, authority) as url:
        if way == "code":
            client, variables = snippet(GUIDE, "python-tls", url).replace("/etc/ssl/company.pem", str(file)), {}
        else:
            client, variables = snippet(GUIDE, "python-endpoint", url), {"REQUESTS_CA_BUNDLE": str(file)}
        answer = await ask(PYTHON, KEYS | {"client": client, "project_id": PROJECT}, variables)
    assert_answered(answer, gateway)


async def test_raw_http_with_a_token_of_our_own(gateway, tmp_path):
    (tmp_path / "token.json").write_text(snippet(GUIDE, "raw-token").replace("<password>", "password-of-billing"))
    (tmp_path / "request.json").write_text(json.dumps(BODY))
    script = f"set -eu\n{snippet(GUIDE, 'raw-calls', gateway.url)}"
    process = await asyncio.create_subprocess_exec(
        "sh", "-c", script, cwd=tmp_path, env=os.environ | {"no_proxy": "*"}, stdout=asyncio.subprocess.PIPE
    )
    output, _ = await process.communicate()
    assert json.loads(output)["result"]["document_number"] == "BA0000001"
    assert gateway.recognizer.calls[0].caller == "billing"


def test_the_accounts_are_a_configuration(monkeypatch):
    for name in ("TOKEN_KEY", "BILLING_AK", "BILLING_SK", "BILLING_PASSWORD"):
        monkeypatch.setenv(name, "sixteen-characters-or-more")
    config = load_text(snippet(GUIDE, "accounts"), name="docs/migrating.md")
    build(config, observer=lambda _: None)
    assert config.settings.callers.accounts[0].project_ids == (PROJECT,)


def test_every_block_that_has_a_name_is_tried():
    tested = Path(__file__).read_text() + (ROOT / "tests" / "wire" / "test_node.py").read_text()
    assert [name for name in names(GUIDE) if f'"{name}"' not in tested and f"'{name}'" not in tested] == []


def test_no_block_for_a_language_that_can_be_tried_is_without_a_name():
    text = GUIDE.read_text()
    blocks = [text[: found.start()] for found in re.finditer(r"^```(python|js|sh|yaml|json|ini)$", text, re.MULTILINE)]
    assert blocks
    assert all(before.rstrip().endswith("-->") for before in blocks)
