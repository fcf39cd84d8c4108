import json
from pathlib import Path

from aiohttp import web
from aiohttp.test_utils import TestServer

from tests.unit.cli.program import BAD, ROOT, run, vendor_answers


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
