from __future__ import annotations

import msgspec
import pytest

from gateway.journal.read import read_journal
from gateway.report.journals import journals
from tests.unit.report.lines import request


def line(request_id):
    return msgspec.json.encode(request(request_id=request_id)) + b"\n"


@pytest.fixture
def write(tmp_path):
    def write_to(name, *ids, torn=b""):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"".join(map(line, ids)) + torn)
        return path

    return write_to


def ids(found):
    return sorted(entry.request_id for entry in read_journal(found.files))


def test_replicas_may_have_a_folder_each_or_one_together(write, tmp_path):
    write("one/2026-11-01.host.1.000.jsonl", "a", "b", torn=line("x")[:20])
    write("two/2026-11-01.host.1.000.jsonl", "c")
    found = journals([tmp_path / "one", tmp_path / "two"])
    assert (ids(found), found.copies) == (["a", "b", "c"], 0)


def test_what_is_named_twice_is_read_once(write, tmp_path):
    path = write("one/a.jsonl", "a")
    (tmp_path / "link.jsonl").symlink_to(path)
    found = journals([tmp_path / "one", path, tmp_path / "link.jsonl"])
    assert (ids(found), found.copies) == (["a"], 0)


def test_of_copies_the_one_that_goes_on_longest_is_read(write, tmp_path):
    write("backup/a.jsonl", "a", "b")
    write("live/a.jsonl", "a", "b", "c")
    for order in (["backup", "live"], ["live", "backup"]):
        found = journals([tmp_path / name for name in order])
        assert (ids(found), found.copies) == (["a", "b", "c"], 1)


def test_files_without_a_line_have_nothing_to_tell(write, tmp_path):
    write("one/a.jsonl")
    write("one/b.jsonl", torn=b'{"kind":')
    assert journals([tmp_path / "one"]).files == []


def test_a_file_that_is_not_there_is_an_error(tmp_path):
    with pytest.raises(FileNotFoundError):
        journals([tmp_path / "gone.jsonl"])
