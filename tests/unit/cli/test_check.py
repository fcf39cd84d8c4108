from tests.unit.cli.program import BAD, run


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
