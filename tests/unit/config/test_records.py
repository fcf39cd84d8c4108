import pytest

from gateway.config.convert import convert
from gateway.config.records import BaselineConfig, JournalConfig
from tests.unit.config.sections import reported, section


def test_a_journal_is_kept_as_well_as_can_be_unless_told_otherwise():
    journal = convert(section("directory: var/journal"), JournalConfig)
    assert journal is not None
    assert (journal.mode, journal.fsync, journal.queue, journal.max_file) == (
        "best_effort",
        "never",
        10_000,
        64 * 2**20,
    )


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("{}", "directory: missing"),
        ("{directory: d, mode: lax}", "mode: expected one of"),
        ("{directory: d, queue: 0}", "queue: "),
    ],
)
def test_a_journal_that_cannot_be_is_refused(text: str, problem: str):
    given = section(text)
    assert convert(given, JournalConfig) is None
    assert problem in reported(given)[0]


def test_a_baseline_needs_a_key_upstreams_and_an_end():
    given = section("{directory: d}")
    assert convert(given, BaselineConfig) is None
    assert {line.split(":")[1].strip() for line in reported(given)} == {"public_key", "retention", "upstreams"}


def test_everything_is_recorded_unless_told_otherwise():
    given = section("{directory: d, public_key: {env: KEY}, upstreams: [a], retention: 90}", {"KEY": "pem"})
    baseline = convert(given, BaselineConfig)
    assert baseline is not None
    assert (baseline.fraction, baseline.upstreams, baseline.retention) == (1.0, ("a",), 90)
