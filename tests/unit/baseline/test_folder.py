import os

import pytest

from gateway.baseline.folder import days, make_private, purge, size
from tests.unit.baseline.records import MONDAY, TUESDAY


@pytest.fixture
def folder(tmp_path):
    for name in ("2026-01-06.b.1.000.baseline", "2026-01-05.a.1.000.baseline", "2026-01-05.b.1.000.baseline"):
        (tmp_path / name).write_bytes(b"12345")
    for name in ("2026-01-05.notes.txt", "2026-99-99.a.baseline", "2026-01-05.a.1.000.jsonl"):
        (tmp_path / name).write_bytes(b"not ours")
    return tmp_path


def mode(path):
    return oct(path.stat().st_mode & 0o777)


def test_a_new_folder_is_its_owners_alone(tmp_path):
    make_private(tmp_path / "var" / "baseline")
    assert mode(tmp_path / "var" / "baseline") == "0o700"


@pytest.mark.parametrize("before", [0o755, 0o750, 0o701])
def test_an_open_folder_is_closed(tmp_path, before):
    os.chmod(tmp_path, before)  # noqa: PTH101 - what an operator does
    make_private(tmp_path)
    assert mode(tmp_path) == "0o700"


def test_a_file_in_its_place_is_an_error(tmp_path):
    (tmp_path / "baseline").touch()
    with pytest.raises(OSError, match="exists"):
        make_private(tmp_path / "baseline")


def test_only_baseline_files_count(folder):
    assert [(day, path.name[11]) for day, path in days(folder)] == [(MONDAY, "a"), (MONDAY, "b"), (TUESDAY, "b")]
    assert size(folder) == 15


def test_a_file_that_went_away_meanwhile_has_no_size(folder):
    (folder / "2026-01-07.dangling.baseline").symlink_to(folder / "gone")
    assert size(folder) == 15


@pytest.mark.parametrize(("before", "gone"), [(MONDAY, 0), (TUESDAY, 2), (None, 3)])
def test_purging_takes_the_days_before_or_all(folder, before, gone):
    assert len(purge(folder, before)) == gone
    assert len(list(days(folder))) == 3 - gone
    assert len(list(folder.iterdir())) == 6 - gone
