"""The command line: what every command prints and returns, and whole processes for what needs one."""

import asyncio
import io
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer
from PIL import Image

from gateway import __version__
from gateway.cli import main

ROOT = Path(__file__).parents[2]
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


@pytest.fixture
def call(capsys, monkeypatch):
    """The same within this process, for what needs no event loop."""
    for name in ("TOKEN", "BILLING_TOKEN", "OTHER_TOKEN"):
        monkeypatch.setenv(name, f"hunter2 {name}")

    def run_here(*arguments):
        try:
            code = main([str(argument) for argument in arguments])
        except SystemExit as done:
            code = done.code
        output, errors = capsys.readouterr()
        assert "hunter2" not in output + errors
        return code, output, errors

    return run_here


@pytest.fixture
def config(tmp_path):
    def write(endpoint="http://127.0.0.1:1"):
        path = tmp_path / "vendor.yaml"
        path.write_text(VENDOR.replace("ENDPOINT", str(endpoint).rstrip("/")))
        return path

    return write


@pytest.fixture
def picture(tmp_path):
    content = io.BytesIO()
    Image.new("RGB", (400, 300)).save(content, "PNG")
    path = tmp_path / "picture.png"
    path.write_bytes(content.getvalue())
    return path


async def vendor_answers(_):
    return web.json_response({"result": {"country_region": "THA", "id_type": "PP", "document_number": "AA0000001"}})


def test_it_runs_as_a_module():
    done = subprocess.run([sys.executable, "-m", "gateway", "--version"], cwd=ROOT, capture_output=True, check=True)
    assert done.stdout.decode() == f"id-gateway {__version__}\n"


@pytest.mark.parametrize(
    "arguments", [(), ("chekc", "x"), ("check",), ("recognize",), ("explain", "x", "--type", "XX")]
)
def test_a_wrong_command_line_is_2(call, arguments):
    code, output, errors = call(*arguments)
    assert (code, output) == (2, "")
    assert "usage: " in errors


def test_help_tells_the_exit_codes(call):
    code, output, _ = call("--help")
    assert code == 0
    assert "exit codes:\n  0    all is well\n  1    errors were found" in output


def test_check_of_a_good_file_is_one_line(call, config):
    code, output, errors = call("check", config())
    assert (code, output) == (0, f"{config()}: no errors; 3 route(s), 1 upstream(s), 1 account(s)\n")
    assert not errors


async def test_check_of_a_bad_file_tells_every_problem_on_standard_error():
    code, output, errors = await run("check", BAD, environ={"BILLING_TOKEN": "1", "OTHER_TOKEN": "2"})
    listed = [line.removeprefix("# ") for line in BAD.read_text().splitlines() if line.startswith("# ")]
    assert (code, output) == (1, "")
    assert errors.splitlines() == [f"{BAD}:{line}" for line in listed]


def test_check_of_no_file_is_a_problem_too(call, tmp_path):
    assert call("check", tmp_path / "gone.yaml") == (1, "", f"{tmp_path}/gone.yaml: no such file\n")


async def test_without_the_extra_the_embedded_reader_is_a_problem_with_its_line(tmp_path):
    code = "sys.modules['onnxruntime'] = None; from gateway.cli import main; sys.exit(main())"
    path = ROOT / "config" / "gateway.yaml"
    line = path.read_text().splitlines().index("  local: {adapter: local}") + 1
    assert await run("check", path, cwd=tmp_path, code=code) == (
        1,
        "",
        f"{path}:{line}: upstreams.local.adapter: the embedded reader is not there, {REMEDY}\n",
    )


def test_explain_names_the_route_and_who_is_asked(call, config):
    arguments = ("explain", config(), "--country", "THA", "--type", "PP")
    code, output, _ = call(*arguments)
    assert (code, output.splitlines()) == (
        0,
        [
            "route thai: passed over: caller: the request has another",
            "route linked: passed over: input: the request has another",
            "route default: chosen",
            "  1. vendor: is asked",
        ],
    )
    code, output, _ = call(*arguments, "--caller", "billing", "--input", "url")
    assert (code, output.splitlines()) == (
        0,
        [
            "route thai: chosen",
            "  1. vendor: is asked",
            "route linked: passed over: an earlier route takes it",
            "route default: passed over: an earlier route takes it",
        ],
    )


def test_explain_of_the_shipped_configuration(call):
    arguments = ("explain", ROOT / "config" / "gateway.yaml", "--country", "THA", "--type", "PP")
    assert call(*arguments) == (0, "route default: chosen\n  1. local: is asked\n", "")


def test_explain_knows_the_accounts(call, config):
    code, output, errors = call("explain", config(), "--caller", "biling")
    assert (code, output) == (1, "")
    assert errors == "no account is called biling; did you mean billing?\n"


async def test_a_reader_of_the_output_may_leave_early(config, tmp_path):
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "gateway", "recognize", tmp_path / "gone", "--config", config()),
        cwd=ROOT,
        env={**os.environ, "TOKEN": "hunter2"},
        stdout=(pipe := os.pipe())[1],
        stderr=subprocess.PIPE,
    )
    os.close(pipe[0])
    os.close(pipe[1])
    _, errors = await process.communicate()
    assert (process.returncode, errors) == (1, b"")


def test_explain_tells_where_a_caller_would_be_refused(call, config):
    assert call("explain", config(), "--country", "THA", "--type", "DL") == (
        1,
        "",
        "a caller would be refused: THA with DL: no such pair in Table 1\n",
    )


def test_explain_tells_where_nobody_would_answer(call, config):
    path = config()
    path.write_text(
        path.read_text().replace("server:", "").replace("\ncallers", "server: {countries: any}\ncallers", 1)
    )
    code, output, _ = call("explain", path, "--country", "DEU", "--type", "PP")
    assert code == 1
    assert "  -. vendor: does not take PP of DEU" in output
    assert output.endswith("nobody would answer\n")


async def test_recognize_gives_one_line_for_each_picture(config, picture, tmp_path):
    app = web.Application()
    app.router.add_post("/v2/p/ocr/id-document", vendor_answers)
    (tmp_path / "text.png").write_bytes(b"no picture")
    (tmp_path / "big.png").write_bytes(b"0" * 10_000_000)
    async with TestServer(app) as vendor:
        code, output, errors = await run(
            "recognize", picture, *(tmp_path / name for name in ("text.png", "gone.png", ".", "big.png", "\udcff")),
            "--config", config(vendor.make_url("")), "--country", "THA,VNM", "--type", "PP",
        )  # fmt: skip
    lines = [json.loads(line) for line in output.splitlines()]
    assert code == 1
    assert lines[0] == {
        "file": str(picture),
        "result": {"country_region": "THA", "id_type": "PP", "document_number": "AA0000001"},
    }
    assert [(Path(line["file"]).name, line["error_code"], line["error_msg"]) for line in lines[1:]] == [
        ("text.png", "AIS.0102", "The image format is not supported."),
        ("gone.png", "ModelArts.4603", "The file cannot be read: No such file or directory."),
        (tmp_path.name, "ModelArts.4603", "The file cannot be read: Is a directory."),
        ("big.png", "ModelArts.4603", "The file cannot be read: File too large."),
        ("\N{REPLACEMENT CHARACTER}", "ModelArts.4603", "The file cannot be read: No such file or directory."),
    ]
    assert not errors


async def test_recognize_is_0_where_all_was_read_and_1_where_the_upstream_is_not_there(config, picture):
    app = web.Application()
    app.router.add_post("/v2/p/ocr/id-document", vendor_answers)
    async with TestServer(app) as vendor:
        path = config(vendor.make_url(""))
        assert (await run("recognize", picture, "--config", path))[0] == 0
    code, output, _ = await run("recognize", picture, "--config", path)
    assert (code, json.loads(output)["error_code"]) == (1, "ModelArts.4403")


async def test_a_reader_that_cannot_start_is_a_line_and_not_a_stack_trace(picture, tmp_path):
    """Another package in the place of the one that carries the models."""
    (tmp_path / "rapidocr").mkdir()
    (tmp_path / "rapidocr" / "__init__.py").touch()
    code, output, errors = await run("recognize", picture, cwd=tmp_path, environ={"PYTHONPATH": f"{tmp_path}:{ROOT}"})
    assert (code, output) == (1, "")
    assert errors.startswith("the reader cannot start: PP-OCRv6_det_small.onnx is not among the models")
    assert errors.count("\n") == 1


def test_recognize_does_not_start_with_a_bad_configuration(call, picture):
    code, output, errors = call("recognize", picture, "--config", BAD)
    assert (code, output) == (1, "")
    assert len(errors.splitlines()) > 5


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
