import pytest

from gateway.baseline.frames import BaselineDamaged, files_of, framed, frames

KEY = b"12345678"
TWO = framed(KEY, b"one") + framed(KEY, b"another")


def test_records_follow_one_another(tmp_path):
    path = tmp_path / "a.baseline"
    path.write_bytes(TWO)
    found = list(frames(path))
    assert [(frame.key_id, frame.sealed, frame.path, frame.at) for frame in found] == [
        (KEY, b"one", path, 0),
        (KEY, b"another", path, 19),
    ]


@pytest.mark.parametrize("length", range(len(TWO)))
def test_a_last_record_without_its_end_is_passed_over(tmp_path, length):
    path = tmp_path / "a.baseline"
    path.write_bytes(TWO[:length])
    assert [frame.sealed for frame in frames(path)] == ([b"one"] if length >= 19 else [])


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (b"canary", "byte 0: no record begins here"),
        (b"IDB2" + bytes(30), "byte 0: no record begins here"),
        (TWO + b"canary" * 5, "byte 42: no record begins here"),
        (b"IDB1" + KEY + b"\xff\xff\xff\xff" + b"canary", "byte 0: a record cannot be so long"),
    ],
)
def test_damage_is_told_by_its_place_alone(tmp_path, content, place):
    path = tmp_path / "a.baseline"
    path.write_bytes(content)
    with pytest.raises(BaselineDamaged) as damage:
        list(frames(path))
    assert str(damage.value) == f"{path}, {place}"


def test_a_folder_stands_for_its_files_in_the_order_of_their_names(tmp_path):
    for name in ("2026-01-06.b.baseline", "2026-01-05.a.baseline", "notes.txt"):
        (tmp_path / name).touch()
    assert [path.name for path in files_of(tmp_path)] == ["2026-01-05.a.baseline", "2026-01-06.b.baseline"]
    assert files_of(tmp_path / "notes.txt") == [tmp_path / "notes.txt"]
