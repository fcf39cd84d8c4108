"""The tables of a journal's page: pairs, disagreements, money, errors."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from gateway.migrate.gates import Verdict
from gateway.report.cells import Traffic, Work
from gateway.report.figures import NOTHING, change, count, money, percent, seconds
from gateway.report.html import Child, Markup, join, tag
from gateway.report.latency import Latencies
from gateway.report.ledger import RECENT, Ledger
from gateway.report.moves import Move, blocking
from gateway.report.page import Column, figure, lines, name, small, table
from gateway.report.svg import share_bar
from gateway.report.words import floor_of, pair_name, reasons, tally_cell, verdict_chip
from gateway.shadow.agreement import Tally
from gateway.shadow.compare import FIELDS
from gateway.shadow.result import Result

_OPEN = (Result.NEAR, Result.CONFLICT, Result.MISSING_CANDIDATE)


def pairs(ledger: Ledger) -> Markup:
    """Who answers what today, and how much there was."""
    recent: defaultdict[str, Traffic] = defaultdict(Traffic)
    all_time: defaultdict[str, Traffic] = defaultdict(Traffic)
    last: dict[str, date] = {}
    for (day, pair), traffic in ledger.traffic.items():
        all_time[pair].update(traffic)
        last[pair] = max(day, last.get(pair, day))
        if day in ledger.recent_days():
            recent[pair].update(traffic)
    rows: list[list[Child]] = [
        [
            pair_name(pair),
            _who(ledger.traffic[last[pair], pair]),
            f"{last[pair]:%Y-%m-%d}",
            count(recent[pair].requests),
            count(whole.requests),
            _answered(whole),
        ]
        for pair, whole in sorted(all_time.items(), key=lambda item: -item[1].requests)
    ]
    columns = [
        Column("pair"),
        Column("answered by"),
        Column("on"),
        figure(f"last {RECENT} days"),
        figure("in all"),
        figure("answered"),
    ]
    return table("Requests; who answered on the last day with any", columns, rows, none="No requests.")


def moves(found: list[Move]) -> Markup:
    floor = floor_of(move.recent.agreement for move in found)
    rows: list[list[Child]] = [
        [
            pair_name(move.pair),
            f"{move.old} \N{RIGHTWARDS ARROW} {move.new}",
            percent(move.share, 0),
            tally_cell(move.recent.agreement, floor),
            verdict_chip(move.verdict),
            reasons(move.policy, move.evidence, move.gates),
        ]
        for move in found
    ]
    columns = [
        Column("pair"),
        name("move"),
        figure("share today"),
        Column("agreement"),
        Column("gates"),
        name("what blocks 100 %"),
    ]
    return table(f"By pair, from the last {RECENT} days", columns, rows, none="Nothing was compared: see shadow.")


def climbs(ledger: Ledger) -> Markup:
    """Where each ramp stands, by what it said last."""
    rows: list[list[Child]] = [
        [
            f"{climb.latest.route}: {pair_name(climb.latest.pair)}",
            percent(climb.latest.share / 100, 0),
            climb.latest.state.replace("_", " "),
            f"{climb.latest.reason}, {climb.latest.time:%Y-%m-%d %H:%M}",
            f"{climb.forward} / {climb.back}",
            ", ".join(f"{gate} {verdict}" for gate, verdict in climb.latest.gates.items() if verdict != Verdict.PASS),
        ]
        for climb in ledger.climbs
    ]
    heads = [
        name("route and pair"),
        figure("share"),
        Column("state"),
        Column("last word"),
        figure("steps forward / back"),
    ]
    return table("Ramps", [*heads, name("gates that did not pass")], rows, none="No ramp has said anything.")


def blockers(found: list[Move]) -> str:
    """One sentence for all pairs."""
    ready = [move for move in found if move.verdict is Verdict.PASS]
    gates: defaultdict[str, int] = defaultdict(int)
    for move in found:
        for gate, verdict in blocking(move):
            gates[gate] += verdict is Verdict.FAIL
    failing = ", ".join(
        f"{gate} ({number})" for gate, number in sorted(gates.items(), key=lambda item: -item[1]) if number
    )
    told = f"{len(ready)} of {len(found)} moves pass all gates."
    return f"{told} Failing gates, by moves that they block: {failing}." if failing else told


def disagreements(ledger: Ledger, found: list[Move]) -> Markup:
    """By pair and field, of the recent days; what the old upstream alone disagrees about with itself is noise."""
    rows: list[list[Child]] = []
    floor = floor_of(tally for move in found for tally in move.recent.fields.values())
    for move in found:
        for field in FIELDS:
            counts = move.recent.classes.get(field)
            if counts and any(counts[result] for result in _OPEN):
                noise = (
                    ledger.noise[move.pair, move.old, field]
                    if (move.pair, move.old, field) in ledger.noise
                    else Tally()
                )
                rows.append(
                    [
                        join(pair_name(move.pair), tag("br"), small(f"{move.old} \N{RIGHTWARDS ARROW} {move.new}")),
                        field,
                        tally_cell(move.recent.fields[field], floor),
                        *(count(counts[result]) if counts[result] else NOTHING for result in _OPEN),
                        _noise(noise),
                    ]
                )
    heads = ["nearly", "another value", "not read"]
    columns = [Column("pair"), Column("field"), Column("agreement"), *map(figure, heads), Column("noise")]
    return table(f"Open disagreements, last {RECENT} days", columns, rows, none="None.")


def money_table(found: list[Move]) -> Markup:
    rows: list[list[Child]] = []
    for move in found:
        new = Work()
        new.update(move.new_work)
        for compared in move.by_day.values():
            new.outcomes += compared.outcomes
            new.cost += compared.cost
        rows.append(
            [
                pair_name(move.pair),
                f"{move.old} \N{RIGHTWARDS ARROW} {move.new}",
                money(move.old_work.per_answer),
                money(new.per_answer),
                change(move.old_work.per_answer, new.per_answer),
                money(sum(compared.spent for compared in move.by_day.values())),
            ]
        )
    heads = ["before", "after", "change", "spent on comparing"]
    columns = [Column("pair"), name("move"), *map(figure, heads)]
    return table("Cost of one answer, attempts that failed included", columns, rows, none="Nothing was compared.")


def speeds(ledger: Ledger) -> Markup:
    whole: defaultdict[str, Latencies] = defaultdict(Latencies)
    for (_, upstream), latencies in ledger.speed.items():
        whole[upstream].update(latencies)
    rows: list[list[Child]] = [
        [upstream, count(known.n), *(seconds(known.quantile(share)) for share in (0.5, 0.95, 0.99, 1.0))]
        for upstream, known in sorted(whole.items())
    ]
    heads = ["answers", "half within", "95 % within", "99 % within", "slowest"]
    return table("Answers, those for comparisons included", [name("upstream"), *map(figure, heads)], rows, none="None.")


def errors(ledger: Ledger) -> Markup:
    """Attempts for callers that gave no answer."""
    recent_days = frozenset(ledger.recent_days())
    recent: defaultdict[str, Work] = defaultdict(Work)
    whole: defaultdict[str, Work] = defaultdict(Work)
    for (day, _, upstream), work in ledger.work.items():
        whole[upstream].update(work)
        if day in recent_days:
            recent[upstream].update(work)
    rows: list[list[Child]] = [
        [
            f"{upstream}: {outcome}",
            count(recent[upstream].outcomes[outcome]),
            percent(_part(recent[upstream], outcome)),
            count(number),
            percent(_part(work, outcome)),
        ]
        for upstream, work in sorted(whole.items())
        for outcome, number in work.outcomes.most_common()
        if outcome != "ok"
    ]
    columns = [
        name("upstream and class"),
        figure(f"last {RECENT} days"),
        figure("of attempts"),
        figure("in all"),
        figure("of attempts"),
    ]
    return table("Attempts that gave no answer", columns, rows, none="None: every attempt was answered.")


def _who(traffic: Traffic) -> Child:
    """Upstreams with their shares, the largest first."""
    total = sum(traffic.answered.values())
    if not total:
        return small("nobody")
    shown = [
        join(share_bar(number / total), f"{upstream} ", tag("span", percent(number / total, 0), class_="nowrap"))
        for upstream, number in traffic.answered.most_common()
    ]
    return lines(*shown)


def _answered(traffic: Traffic) -> str:
    return percent(sum(traffic.answered.values()) / traffic.requests if traffic.requests else None)


def _noise(tally: Tally) -> Child:
    if not tally.n:
        return small("not measured")
    return join(percent(1 - tally.agreed / tally.n), " ", small(f"n = {count(tally.n)}"))


def _part(work: Work, outcome: str) -> float | None:
    total = sum(work.outcomes.values())
    return work.outcomes[outcome] / total if total else None
