import argparse

import pytest

from gateway.baseline.keys import opening_key, sealing_key
from gateway.cli.baseline import add_arguments
from tests.unit.baseline.records import MONDAY, TUESDAY, make_record, make_store, sealing


def run(*arguments: object) -> int:
    parser = argparse.ArgumentParser()
    add_arguments(parser)
    options = parser.parse_args([str(argument) for argument in arguments])
    return options.run(options)


@pytest.fixture
def folder(tmp_path):
    for day in (MONDAY, MONDAY, TUESDAY):
        make_store(tmp_path / "baseline").add(make_record(), day)
    return tmp_path / "baseline"


def test_a_pair_of_keys_is_made(tmp_path, capsys):
    private, public = tmp_path / "baseline.key", tmp_path / "baseline.pub"
    assert run("keygen", "--private", private, "--public", public) == 0
    assert oct(private.stat().st_mode & 0o777) == "0o600"
    seal = sealing_key(public.read_text()).seal
    assert opening_key(private.read_text()).open(seal(b"canary")) == b"canary"
    assert "PRIVATE" not in capsys.readouterr().out


@pytest.mark.parametrize("existing", ["baseline.key", "baseline.pub"])
def test_no_key_is_ever_overwritten(tmp_path, capsys, existing):
    (tmp_path / existing).write_text("somebody's only key")
    assert run("keygen", "--private", tmp_path / "baseline.key", "--public", tmp_path / "baseline.pub") == 1
    assert [path.name for path in tmp_path.iterdir()] == [existing]
    assert (tmp_path / existing).read_text() == "somebody's only key"
    assert capsys.readouterr().err == f"{tmp_path / existing}: File exists\n"


def test_what_is_recorded_is_listed_without_a_key(folder, capsys):
    assert run("list", folder) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 4
    assert lines[0].startswith("2026-01-05  1 record(s)  ")
    assert f"key {sealing().id.hex()}" in lines[0]
    size = sum(path.stat().st_size for path in folder.iterdir())
    assert lines[-1] == f"3 record(s), {size} bytes"


def test_damage_is_reported(folder, capsys):
    path = min(folder.iterdir())
    path.write_bytes(b"canary in a file")
    assert run("list", folder) == 1
    assert capsys.readouterr().err == f"{path}, byte 0: no record begins here\n"


def test_a_folder_that_is_not_there_is_reported(tmp_path, capsys):
    assert run("list", tmp_path / "missing") == 1
    assert run("purge", tmp_path / "missing", "--all") == 1
    assert capsys.readouterr().err == f"{tmp_path / 'missing'}: No such file or directory\n" * 2


@pytest.mark.parametrize(("which", "left"), [(["--before", TUESDAY], 1), (["--before", MONDAY], 3), (["--all"], 0)])
def test_records_are_deleted(folder, capsys, which, left):
    assert run("purge", folder, *which) == 0
    assert len(list(folder.iterdir())) == left
    assert capsys.readouterr().out == f"{3 - left} file(s) deleted\n"


@pytest.mark.parametrize("arguments", [[], ["--all", "--before", "2026-01-01"], ["--before", "yesterday"]])
def test_what_to_delete_has_to_be_said(folder, arguments, capsys):
    with pytest.raises(SystemExit):
        run("purge", folder, *arguments)
    assert len(list(folder.iterdir())) == 3
    assert "usage" in capsys.readouterr().err
