from __future__ import annotations

import os
import resource
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest

from gateway.journal.file import JournalFile

MONDAY, TUESDAY = date(2026, 1, 5), date(2026, 1, 6)


def make(folder, *, max_bytes: int = 1000, sync: bool = False, process: int = 7) -> JournalFile:
    return JournalFile(folder, max_bytes=max_bytes, sync=sync, host="pod/1.example", process=process)


def contents(folder) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


@contextmanager
def files_end_at(size: int) -> Iterator[None]:
    """The kernel itself takes no byte beyond ``size`` of any file of ours: what a full disk looks like."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)


@pytest.mark.parametrize("sync", [False, True])
def test_lines_of_a_day_are_in_one_file_that_nobody_else_can_read(tmp_path, sync):
    folder = tmp_path / "var" / "journal"
    file = make(folder, sync=sync)
    file.append(b"one\n", MONDAY)
    file.append(b"two\nthree\n", MONDAY)
    assert contents(folder) == {"2026-01-05.pod-1-example.7.000.jsonl": b"one\ntwo\nthree\n"}
    file.append(b"four\n", TUESDAY)
    file.close()
    assert contents(folder) == {
        "2026-01-05.pod-1-example.7.000.jsonl": b"one\ntwo\nthree\n",
        "2026-01-06.pod-1-example.7.000.jsonl": b"four\n",
    }
    assert {oct(path.stat().st_mode & 0o777) for path in folder.iterdir()} == {"0o600"}
    assert oct(folder.stat().st_mode & 0o777) == "0o700"


def test_the_default_name_tells_host_and_process(tmp_path):
    file = JournalFile(tmp_path, max_bytes=10, sync=False)
    file.append(b"x\n", MONDAY)
    (name,) = contents(tmp_path)
    assert name.endswith(f".{os.getpid()}.000.jsonl")


def test_a_full_file_is_followed_by_the_next_and_no_batch_is_split(tmp_path):
    file = make(tmp_path, max_bytes=10)
    for line in (b"123456\n", b"78\n", b"9\n", b"longer than the limit\n", b"0\n"):
        file.append(line, MONDAY)
    assert list(contents(tmp_path).values()) == [b"123456\n78\n", b"9\n", b"longer than the limit\n", b"0\n"]


def test_an_empty_file_takes_a_batch_of_any_size(tmp_path):
    file = make(tmp_path, max_bytes=10)
    file.open(MONDAY)
    file.append(b"longer than the limit\n", MONDAY)
    assert contents(tmp_path) == {"2026-01-05.pod-1-example.7.000.jsonl": b"longer than the limit\n"}


def test_two_of_the_same_name_never_share_a_file(tmp_path):
    """Containers of one deployment are all process 1, and a restarted one has even its host name again."""
    one, two = make(tmp_path), make(tmp_path)
    one.append(b"one\n", MONDAY)
    two.append(b"two\n", MONDAY)
    one.append(b"one\n", MONDAY)
    assert list(contents(tmp_path).values()) == [b"one\none\n", b"two\n"]


def test_opening_shows_whether_there_can_be_a_file_and_leaves_none_without_lines(tmp_path):
    file = make(tmp_path)
    file.open(MONDAY)
    assert list(contents(tmp_path).values()) == [b""]
    file.close()
    assert not contents(tmp_path)
    (tmp_path / "occupied").write_text("")
    with pytest.raises(OSError, match="occupied"):
        make(tmp_path / "occupied").open(MONDAY)


def test_a_batch_that_does_not_fit_on_the_disk_leaves_no_trace(tmp_path):
    file = make(tmp_path, max_bytes=10_000)
    file.append(b"before\n", MONDAY)
    with files_end_at(100):
        for _ in range(2):
            with pytest.raises(OSError, match="too large"):
                file.append(b"x" * 200 + b"\n", MONDAY)
        file.append(b"small\n", MONDAY)
    file.append(b"after\n", MONDAY)
    assert list(contents(tmp_path).values()) == [b"before\nsmall\nafter\n"]


def test_a_file_that_was_deleted_is_begun_anew_with_its_folder(tmp_path):
    folder = tmp_path / "journal"
    file = make(folder)
    file.append(b"gone\n", MONDAY)
    (path,) = folder.iterdir()
    path.unlink()
    folder.rmdir()
    file.append(b"here\n", MONDAY)
    assert list(contents(folder).values()) == [b"here\n"]


def test_a_file_that_cannot_be_followed_by_another_is_kept(tmp_path):
    folder = tmp_path / "journal"
    file = make(folder)
    file.append(b"monday\n", MONDAY)
    folder.rename(tmp_path / "elsewhere")
    folder.write_text("")
    with pytest.raises(OSError, match="exists"):
        file.append(b"lost\n", TUESDAY)
    file.append(b"monday again\n", MONDAY)
    assert list(contents(tmp_path / "elsewhere").values()) == [b"monday\nmonday again\n"]
