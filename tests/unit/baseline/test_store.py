import shutil
from datetime import date, timedelta

import pytest

from gateway.baseline.read import read_baseline
from tests.unit.baseline.records import DOCUMENT, MONDAY, PICTURE, TUESDAY, make_record, make_store, opening

CANARIES = [
    *(str(getattr(DOCUMENT, name)).encode() for name in DOCUMENT.__slots__ if name not in {"confidence", "mrz"}),
    DOCUMENT.last_name.encode("unicode_escape") if DOCUMENT.last_name else b"",
    *(line.encode() for line in DOCUMENT.mrz),
    b"a picture of a canary",
    b"original",
    b"the-id",
    b"VNM",
    b"confidence",
]


def names(folder):
    return [path.name.partition(".")[0] for path in sorted(folder.iterdir())]


def test_records_of_a_day_are_in_one_file_that_nobody_else_can_read(tmp_path):
    folder = tmp_path / "baseline"
    store = make_store(folder)
    store.open()
    for day in (MONDAY, MONDAY, TUESDAY):
        assert store.add(make_record(), day)
    store.close()
    assert names(folder) == ["2026-01-05", "2026-01-06"]
    assert {oct(path.stat().st_mode & 0o777) for path in folder.iterdir()} == {"0o600"}
    assert oct(folder.stat().st_mode & 0o777) == "0o700"
    assert list(read_baseline([folder], opening())) == [make_record()] * 3


def test_nothing_can_be_read_without_the_private_key(tmp_path):
    store = make_store(tmp_path)
    store.add(make_record(), MONDAY)
    (path,) = tmp_path.iterdir()
    content = path.read_bytes() + path.name.encode()
    assert len(content) > len(PICTURE)
    shown = [canary for canary in CANARIES if len(canary) > 2 and canary in content]
    assert shown == []


def test_the_folder_does_not_grow_beyond_its_limit(tmp_path):
    one = make_store(tmp_path / "measure")
    one.add(make_record(), MONDAY)
    size = next((tmp_path / "measure").iterdir()).stat().st_size
    folder = tmp_path / "baseline"
    first, second = (make_store(folder, max_bytes=3 * size) for _ in range(2))
    assert [first.add(make_record(), MONDAY), second.add(make_record(), MONDAY), first.add(make_record(), TUESDAY)] == [
        True
    ] * 3
    assert not first.add(make_record(), TUESDAY)
    second.tidy(TUESDAY + timedelta(days=29))
    assert first.add(make_record(), TUESDAY)


def test_no_record_becomes_older_than_it_may(tmp_path):
    store = make_store(tmp_path, retention=30)
    store.add(make_record(), MONDAY)
    store.add(make_record(), TUESDAY)
    store.tidy(date(2026, 2, 3))
    assert names(tmp_path) == ["2026-01-05", "2026-01-06"]
    store.tidy(date(2026, 2, 4))
    assert names(tmp_path) == ["2026-01-06"]


def test_a_purge_by_somebody_else_does_not_stop_the_recording(tmp_path):
    store = make_store(tmp_path)
    store.add(make_record("before"), MONDAY)
    next(tmp_path.iterdir()).unlink()
    store.add(make_record("after"), MONDAY)
    assert [record.asked.request_id for record in read_baseline([tmp_path], opening())] == ["after"]


def test_a_folder_that_cannot_be_had_is_an_error(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(NotADirectoryError):
        make_store(tmp_path / "file" / "baseline").open()


def test_a_folder_that_was_deleted_is_made_again(tmp_path):
    store = make_store(tmp_path / "baseline")
    store.add(make_record(), MONDAY)
    shutil.rmtree(tmp_path / "baseline")
    store.add(make_record("after"), MONDAY)
    assert [record.asked.request_id for record in read_baseline([tmp_path / "baseline"], opening())] == ["after"]
    assert oct((tmp_path / "baseline").stat().st_mode & 0o777) == "0o700"
