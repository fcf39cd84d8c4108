from __future__ import annotations

import pytest

from gateway.evaluate.results import Begun, Results, ResultsBusy, ResultsDamaged
from gateway.shadow.compare import Result
from tests.unit.evaluate.made import SETTINGS, line

BEGUN = Begun(picture="a", settings=SETTINGS)
LINE = line(truth={"sex": Result.CONFLICT}, failures=("mrz",))


@pytest.fixture
def path(tmp_path):
    return tmp_path / "vendor.jsonl"


def write(path, *entries):
    with Results(path) as results:
        results.append(entries)


def read(path):
    with Results(path) as results:
        return list(results.read())


def test_what_is_written_is_read_again(path):
    write(path, BEGUN)
    write(path, LINE)
    assert read(path) == [BEGUN, LINE]
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_new_file_is_empty(path):
    assert read(path) == []


@pytest.mark.parametrize("cut", [1, 5, 60])
def test_a_line_that_was_cut_off_is_passed_over_and_does_not_spoil_the_next(path, cut):
    write(path, BEGUN, LINE)
    path.write_bytes(path.read_bytes()[:-cut])
    assert read(path) == [BEGUN]
    write(path, LINE)
    assert read(path) == [BEGUN, LINE]


@pytest.mark.parametrize("damage", [b"canary\n", b"\n", b"\xff\n", b'{"kind":"request"}\n'])
def test_any_other_damage_is_told_without_its_text(path, damage):
    write(path, BEGUN)
    path.write_bytes(path.read_bytes() + damage + path.read_bytes())
    with pytest.raises(ResultsDamaged, match=r"vendor\.jsonl, line 2: not a result") as error:
        read(path)
    assert "canary" not in str(error.value)


def test_a_newer_form_is_not_guessed_at(path):
    write(path, BEGUN)
    path.write_bytes(path.read_bytes().replace(b'"version":1', b'"version":2'))
    with pytest.raises(ResultsDamaged, match="newer version"):
        read(path)


def test_two_runs_do_not_write_to_one_file(path):
    with Results(path), pytest.raises(ResultsBusy, match="another run"), Results(path):
        pass
    write(path, BEGUN)
