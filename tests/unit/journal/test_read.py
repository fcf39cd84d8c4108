from __future__ import annotations

import msgspec
import pytest

from gateway.journal.entry import request_entry
from gateway.journal.read import JournalDamaged, read_journal
from tests.unit.journal.test_entry import ANSWERED, NOON

LINE = msgspec.json.encode(request_entry(ANSWERED, NOON)) + b"\n"


def test_files_are_read_in_order_and_a_folder_stands_for_its_journals(tmp_path):
    for name, request_id in [("b.jsonl", b"2"), ("a.jsonl", b"1"), ("notes.txt", b"no")]:
        (tmp_path / name).write_bytes(LINE.replace(b"the-id", request_id))
    other = tmp_path / "other"
    other.write_bytes(LINE * 2)
    assert [entry.request_id for entry in read_journal([other, tmp_path])] == ["the-id", "the-id", "1", "2"]


@pytest.mark.parametrize("cut", [1, 2, 20, len(LINE) - 1, len(LINE)])
def test_a_torn_last_line_is_passed_over(tmp_path, cut):
    path = tmp_path / "torn.jsonl"
    path.write_bytes(LINE * 2 + LINE[:-cut])
    complete = 3 if cut == 1 else 2  # nothing but the line break is missing
    assert len(list(read_journal([path]))) == complete


def test_what_a_machine_that_lost_power_leaves_at_the_end_is_passed_over(tmp_path):
    path = tmp_path / "nul.jsonl"
    path.write_bytes(LINE + bytes(4096))
    assert len(list(read_journal([path]))) == 1


@pytest.mark.parametrize("damage", [LINE[:50] + b"\n", b"\n", b"canary\n", b'{"kind":"other"}\n', b"\xff\n"])
def test_damage_anywhere_else_is_told_with_its_place_and_without_its_text(tmp_path, damage):
    path = tmp_path / "damaged.jsonl"
    path.write_bytes(LINE + damage + LINE)
    entries = read_journal([path])
    next(entries)
    with pytest.raises(JournalDamaged, match=r"damaged\.jsonl, line 2: not an entry") as damaged:
        next(entries)
    assert "canary" not in str(damaged.value)


def test_a_newer_schema_is_not_guessed_at(tmp_path):
    path = tmp_path / "new.jsonl"
    path.write_bytes(LINE.replace(b'"version":1', b'"version":2'))
    with pytest.raises(JournalDamaged, match="newer version"):
        list(read_journal([path]))


def test_an_empty_file_has_no_entries(tmp_path):
    (tmp_path / "empty.jsonl").write_bytes(b"")
    assert list(read_journal([tmp_path])) == []
