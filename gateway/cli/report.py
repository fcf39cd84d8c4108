"""``report``: how far a migration is, from the journals of all replicas; and who used what, as CSV."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from gateway.cli.common import say
from gateway.clock import wall_clock
from gateway.journal.read import JournalDamaged, read_journal
from gateway.report.gates import gates_for, policy_from
from gateway.report.journals import journals
from gateway.report.ledger import ledger_of
from gateway.report.migration import migration_report

HELP = "tell from journals how far a migration is and what blocks it; usage as CSV"


def add_arguments(command: argparse.ArgumentParser) -> None:
    add = command.add_argument
    add("journals", type=Path, nargs="+", metavar="JOURNAL", help="files, or folders of journals, of all replicas")
    add("--out", type=Path, required=True, metavar="F", help="where the page goes, one HTML file")
    add("--csv", type=Path, metavar="F", help="usage by month, enterprise project, account and upstream")
    add(
        "--gate",
        action="append",
        default=[],
        metavar="NAME=N",
        help="success=0.99, agreement.birth_date=0.98, p95=5, …",
    )
    command.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    try:
        policies = gates_for((), policy_from(options.gate) if options.gate else None)
    except ValueError as error:
        say(f"--gate: {error}", sys.stderr)
        return 2
    try:
        found = journals(options.journals)
        ledger = ledger_of(read_journal(found.files))
        options.out.write_text(migration_report(ledger, policies, wall_clock(), copies=found.copies), encoding="utf-8")
        if options.csv is not None:
            options.csv.write_text(ledger.usage.csv(), encoding="utf-8")
    except JournalDamaged as error:
        say(str(error), sys.stderr)
        return 1
    except OSError as error:
        say(f"{error.filename}: {error.strerror}", sys.stderr)
        return 1
    say(f"{options.out}: {len(found.files)} journal(s), {ledger.first or 'nothing'} to {ledger.last or 'nothing'}")
    return 0
