from datetime import UTC, datetime

import msgspec

from gateway.events import RampChanged, RampHeld
from gateway.journal.ramp import ramp_entry

NOW = datetime(2026, 12, 1, tzinfo=UTC)
VERDICTS = {"success": "pass", "agreement.birth_date": "fail"}


def test_a_change_is_on_record_where_it_was_decided():
    event = RampChanged("thai", "THA-ID", 5.0, "running", "failed", True, VERDICTS)
    assert msgspec.to_builtins(ramp_entry(event, NOW)) == {
        "kind": "ramp",
        "version": 1,
        "time": "2026-12-01T00:00:00Z",
        "route": "thai",
        "pair": "THA-ID",
        "share": 5.0,
        "state": "running",
        "reason": "failed",
        "gates": VERDICTS,
    }
    assert ramp_entry(RampChanged("thai", "THA-ID", 5.0, "running", "failed", False, {}), NOW) is None


def test_so_is_why_a_step_holds():
    entry = ramp_entry(RampHeld("thai", "any", 5.0, VERDICTS), NOW)
    assert entry is not None
    assert (entry.state, entry.reason, entry.gates) == ("running", "due", VERDICTS)
