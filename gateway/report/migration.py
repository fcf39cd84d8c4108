"""The page over journals: how far a migration is, and what is in its way."""

from __future__ import annotations

from datetime import datetime

from gateway.migrate.gates import Verdict
from gateway.report import tables, trends
from gateway.report.figures import count, counted, money, percent
from gateway.report.gates import Policies
from gateway.report.html import Child, tag
from gateway.report.ledger import RECENT, Ledger
from gateway.report.moves import Move, moves
from gateway.report.page import Section, page, plots, tiles

PLOTTED = 24
"""Moves whose agreement is drawn; all are in the tables."""


def migration_report(ledger: Ledger, policies: Policies, at: datetime, *, copies: int = 0) -> str:
    """One self-contained HTML file. ``copies`` are files that were left out because another one has all they say."""
    found = moves(ledger, policies)
    sections = [
        Section("moves", "State of each pair", _lead(found), tables.moves(found)),
        Section(
            "agreement", "Agreement over time",
            "Comparisons by day: the same, or the same written otherwise. The band is the 95 % interval (Wilson).",
            _plots(found),
        ),
        Section(
            "disagreements", "Open disagreements",
            "By class, where the new upstream does not say what the old one says. Noise is how often the old one, asked "
            "twice, disagrees with itself.",
            tables.disagreements(ledger, found),
        ),
        Section("ramps", "Ramps", "The last word of each, as journaled by the replica that decided.", tables.climbs(ledger)),
        Section(
            "traffic", "Who answers", "By the kind of document that was read, else the one that was asked for.",
            tables.pairs(ledger),
        ),
        Section(
            "cost", "Cost before and after", "In the currency of the configured prices.",
            [tables.money_table(found), plots(trends.cost(ledger))],
        ),
        Section(
            "latency", "Latency", "Of each attempt that was answered.", [tables.speeds(ledger), plots(trends.speed(ledger))]
        ),
        Section("errors", "Errors by class", "Attempts for callers, by how they ended.", tables.errors(ledger)),
    ]  # fmt: skip
    return page("Migration report", _about(ledger), _tiles(ledger, found), sections, _footer(at, copies))


def _lead(found: list[Move]) -> str:
    if not found:
        return "No comparisons are in these journals."
    return f"Each move by the gates of a ramp. {tables.blockers(found)}"


def _plots(found: list[Move]) -> Child:
    drawn = [trends.agreement(move) for move in found if any(compared.fields for compared in move.by_day.values())]
    if not drawn:
        return tag("p", "Nothing was compared.", class_="note")
    left = len(drawn) - PLOTTED
    more = tag("p", f"{left} more are in the tables alone.", class_="note") if left > 0 else None
    return [plots(drawn[:PLOTTED]), more]


def _about(ledger: Ledger) -> str:
    if ledger.first is None:
        return "The journals are empty."
    return f"Journals from {ledger.first} to {ledger.last}. What holds now is told from their last {RECENT} days."


def _tiles(ledger: Ledger, found: list[Move]) -> Child:
    requests = sum(traffic.requests for traffic in ledger.traffic.values())
    answered = sum(sum(traffic.answered.values()) for traffic in ledger.traffic.values())
    spent = sum(traffic.cost for traffic in ledger.traffic.values())
    comparing = sum(compared.spent for compared in ledger.compared.values())
    ready = sum(move.verdict is Verdict.PASS for move in found)
    return tiles(
        (f"{ready} of {len(found)}", "moves pass all gates"),
        (count(requests), "requests"),
        (percent(answered / requests if requests else None), "answered"),
        (count(sum(compared.n for compared in ledger.compared.values())), "comparisons"),
        (money(spent), "spent for callers"),
        (money(comparing), "spent on comparing"),
    )


def _footer(at: datetime, copies: int) -> str:
    told = f"{at:%Y-%m-%d %H:%M} UTC. No value of a document is in this file."
    return (
        f"{told} {counted(copies, 'file was a copy of another', 'files were copies of others')} and left out."
        if copies
        else told
    )
