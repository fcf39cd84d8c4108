import msgspec
import pytest

from gateway.events import AttemptFinished, RequestFinished
from gateway.journal.comparison import ComparisonEntry
from gateway.journal.entries import Entry, entry_of
from gateway.journal.entry import RequestEntry
from tests.unit.journal.test_comparison import COMPARED, NOON

ANSWERED = RequestFinished("", "", "unauthenticated", 401, 0.001, 0.0)


@pytest.mark.parametrize(("event", "kind"), [(ANSWERED, RequestEntry), (COMPARED, ComparisonEntry)])
def test_every_kind_of_line_is_told_by_its_kind(event, kind):
    entry = entry_of(event, NOON)
    assert isinstance(entry, kind)
    assert msgspec.json.decode(msgspec.json.encode(entry), type=Entry) == entry


def test_of_other_events_no_account_is_kept():
    assert entry_of(AttemptFinished("a", "primary", "ok", 1.0), NOON) is None
