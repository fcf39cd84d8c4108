from __future__ import annotations

import json
from datetime import date

import pytest

from gateway.errors import UpstreamThrottled
from gateway.model import DocumentType, IdDocument, Sex
from gateway.replay import recordings
from gateway.replay.recordings import load
from tests.fakes import make_query

PASSPORT = {
    "document": {
        "country_region": "ALB",
        "id_type": "PP",
        "sex": "F",
        "last_name": "SHEMBULLI",
        "birth_date": "1988-03-14",
        "portrait_image": "/9j/",
        "confidence": {"last_name": 0.98},
        "mrz": ["a", "b"],
    }
}
CARD = {"when": {"country_region": "THA", "id_type": "ID"}, "document": {"last_name": "TUAYANG"}}
BUSY = {"when": {"sha256": "b" * 64}, "error": "UpstreamThrottled", "retry_after": 2}


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "1.json").write_text(json.dumps(PASSPORT, indent=2))
    (tmp_path / "2.jsonl").write_text(f"{json.dumps(CARD)}\n\n{json.dumps(BUSY)}\n")
    (tmp_path / "notes.txt").write_text("not a recording")
    return tmp_path


def asked(countries=(), types=()):
    return make_query(countries=frozenset(countries), types=frozenset(map(DocumentType, types)))


def test_a_document_as_it_was_recorded(folder):
    found = load(folder).find(asked(["ALB"]), "a" * 64)
    assert found.outcome() == IdDocument(
        country_region="ALB",
        id_type=DocumentType.PASSPORT,
        sex=Sex.FEMALE,
        last_name="SHEMBULLI",
        birth_date=date(1988, 3, 14),
        portrait_image=b"/9j/",
        confidence={"last_name": 0.98},
        mrz=("a", "b"),
    )


def test_an_error_of_one_picture(folder):
    outcome = load(folder).find(asked(["ALB"]), "b" * 64).outcome()
    assert (type(outcome), outcome.retry_after) == (UpstreamThrottled, 2)


@pytest.mark.parametrize(
    ("countries", "types", "last_name"),
    [
        (["THA"], [], "TUAYANG"),
        ([], ["ID"], "TUAYANG"),
        (["THA", "VNM"], ["ID", "DL"], "TUAYANG"),
        (["ALB"], ["PP"], "SHEMBULLI"),
        (["THA"], ["PP"], None),
        (["VNM"], [], None),
    ],
)
def test_the_request_decides_which_are_for_it(folder, countries, types, last_name):
    found = load(folder).find(asked(countries, types), "a" * 64)
    assert (found and found.document.last_name) == last_name


def test_the_picture_decides_between_several(folder):
    recorded = load(folder)
    names = {recorded.find(asked(), f"{number:064}").document.last_name for number in range(20)}
    assert names == {"TUAYANG", "SHEMBULLI"}
    again = {recorded.find(asked(), "a" * 64).document.last_name for _ in range(5)}
    assert len(again) == 1


def test_what_may_be_asked(folder):
    recorded = load(folder)
    assert recorded.supports(asked(["ALB"], ["PP"]))
    assert recorded.supports(asked(["VNM"]))  # the error is for any request with that picture
    (folder / "2.jsonl").unlink()
    assert not load(folder).supports(asked(["VNM"]))


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "2.jsonl:2"),
        ('{"document": {}, "error": "NoDocument"}', "either document or error"),
        ("{}", "either document or error"),
        ('{"error": "CircuitOpen"}', "error is none of"),
        ('{"document": {}, "retry_after": 2}', "retry_after"),
        ('{"error": "UpstreamThrottled", "retry_after": -1}', "retry_after"),
        ('{"document": {"surname": "X"}}', "unknown field `surname`"),
        ('{"document": {"birth_date": "14.03.1988"}}', "$.document.birth_date"),
        ('{"document": {"portrait_image": "?"}}', "portrait_image is not Base64"),
        ('{"when": {"country": "ALB"}, "document": {}}', "unknown field `country`"),
        ("[" * 100_000, "2.jsonl:2"),
    ],
)
def test_a_file_that_holds_something_else(folder, line, reason):
    (folder / "2.jsonl").write_text(f"{json.dumps(CARD)}\n{line}\n")
    with pytest.raises(ValueError, match=r"2\.jsonl:2: ") as refused:
        load(folder)
    assert reason in str(refused.value)
    assert "1988" not in str(refused.value)


def test_folders_that_hold_nothing(tmp_path):
    with pytest.raises(ValueError, match="no recordings"):
        load(tmp_path)
    with pytest.raises(ValueError, match="No such file"):
        load(tmp_path / "missing")


def test_what_is_held_is_bounded(tmp_path):
    (tmp_path / "many.jsonl").write_text('{"error": "NoDocument"}\n' * (recordings.MOST + 1))
    with pytest.raises(ValueError, match="more than 10000 recordings"):
        load(tmp_path)
    with (tmp_path / "a.json").open("wb") as large:
        large.truncate(recordings.LARGEST + 1)
    with pytest.raises(ValueError, match=r"a\.json: more than"):
        load(tmp_path)
