import pytest

from gateway.baseline.frames import BaselineDamaged, framed
from gateway.baseline.keys import new_pair
from gateway.baseline.read import read_baseline, read_key
from tests.unit.baseline.records import (
    MONDAY,
    PAIR,
    TUESDAY,
    make_record,
    make_store,
    opening,
    sealing,
)


def ids(paths, key=None):
    return [record.asked.request_id for record in read_baseline(paths, key or opening())]


def test_folders_are_read_day_by_day(tmp_path):
    for day in (TUESDAY, MONDAY):
        make_store(tmp_path).add(make_record(f"of {day}"), day)
    assert ids([tmp_path]) == ["of 2026-01-05", "of 2026-01-06"]
    assert ids([*sorted(tmp_path.iterdir(), reverse=True)]) == ["of 2026-01-06", "of 2026-01-05"]


def test_records_of_other_keys_are_passed_over(tmp_path):
    other = new_pair()
    for request_id, pair in (("ours", PAIR), ("theirs", other), ("ours again", PAIR)):
        make_store(tmp_path, key=sealing(pair)).add(make_record(request_id), MONDAY)
    assert ids([tmp_path]) == ["ours", "ours again"]
    assert ids([tmp_path], opening(other)) == ["theirs"]


@pytest.mark.parametrize(
    ("sealed", "why"),
    [(bytes(100), "does not open with this key"), (sealing().seal(b"canary"), "not a record")],
)
def test_damage_is_told_by_its_place_alone(tmp_path, sealed, why):
    make_store(tmp_path).add(make_record(), MONDAY)
    (path,) = tmp_path.iterdir()
    end = path.stat().st_size
    path.write_bytes(path.read_bytes() + framed(sealing().id, sealed))
    with pytest.raises(BaselineDamaged) as damage:
        ids([tmp_path])
    assert str(damage.value) == f"{path}, byte {end}: {why}"


def test_a_record_that_was_put_under_another_key_id_is_noticed(tmp_path):
    (tmp_path / "2026-01-05.x.baseline").write_bytes(
        framed(sealing().id, sealing(new_pair()).seal(make_record().pack()))
    )
    with pytest.raises(BaselineDamaged, match="does not open"):
        ids([tmp_path])


def test_the_private_key_comes_from_a_file(tmp_path):
    (tmp_path / "baseline.key").write_bytes(PAIR.private)
    make_store(tmp_path).add(make_record(), MONDAY)
    assert ids([tmp_path], read_key(tmp_path / "baseline.key")) == ["the-id"]


def test_a_file_without_a_private_key_is_told_by_its_name_alone(tmp_path):
    wrong = tmp_path / "wrong.key"
    wrong.write_bytes(b"canary \xff")
    with pytest.raises(ValueError, match=r"wrong\.key: expected an X25519 private key"):
        read_key(wrong)
    with pytest.raises(ValueError, match=r"missing\.key: No such file"):
        read_key(tmp_path / "missing.key")
