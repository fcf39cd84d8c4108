from tests.unit.cli.program import REMEDY, ROOT, run


async def test_without_the_extra_the_embedded_reader_is_a_problem_with_its_line(tmp_path):
    code = "sys.modules['onnxruntime'] = None; from gateway.cli import main; sys.exit(main())"
    path = ROOT / "config" / "gateway.yaml"
    line = path.read_text().splitlines().index("  local: {adapter: local}") + 1
    assert await run("check", path, cwd=tmp_path, code=code) == (
        1,
        "",
        f"{path}:{line}: upstreams.local.adapter: the embedded reader is not there, {REMEDY}\n",
    )
