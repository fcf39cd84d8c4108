"""The page of an evaluation: the verdicts first, then why."""

from __future__ import annotations

from collections.abc import Sequence

from gateway.evaluate import parts
from gateway.evaluate.findings import Findings
from gateway.evaluate.verdicts import Standing
from gateway.migrate.pairs import TABLE_1_PAIRS
from gateway.report.figures import count, counted, money
from gateway.report.html import Child, Markup, tag
from gateway.report.page import Column, Section, lines, name, page, small, table, tiles
from gateway.report.words import VERDICTS, pair_name, reasons, verdict_chip


def report(found: Findings) -> str:
    """One self-contained HTML file."""
    sections = [
        _verdicts(found),
        parts.coverage(found),
        parts.fields(found),
        parts.latency(found),
        parts.cost(found),
        parts.failures(found),
        parts.worst(found),
        _pictures(found),
    ]
    about = (
        f"{counted(len(found.pictures), 'picture')} through {_listed(found.upstreams)}, held against {found.reference}."
    )
    footer = f"{found.at:%Y-%m-%d %H:%M} UTC, configuration {found.config}. No value of a document is in this file."
    if not found.compared:
        about = f"{counted(len(found.pictures), 'picture')} through {found.control}."
    return page("Evaluation of ID readers", about, _tiles(found), sections, footer)


def _listed(names: Sequence[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _tiles(found: Findings) -> Markup:
    go = sum(standing.go for standing in found.standings)
    seen = {pair for pair, _ in found.measures} & set(TABLE_1_PAIRS)
    return tiles(
        (VERDICTS[found.verdict][1], "altogether"),
        (f"{go} of {len(found.standings)}", "upstreams and pairs that may go"),
        (f"{len(seen)} of 23", "pairs with pictures"),
        (count(len(found.pictures)), f"of {count(found.total)} pictures asked about"),
        (money(found.spent), "spent"),
    )


def _verdicts(found: Findings) -> Section:
    """A row for each pair with pictures, and a column for each upstream that may go or not."""
    by_place = {(one.pair, one.upstream): one for one in found.standings}
    judged = [upstream for upstream in found.upstreams if any(one.upstream == upstream for one in found.standings)]
    rows: list[list[Child]] = []
    for pair in found.pairs:
        here = [by_place.get((pair, upstream)) for upstream in judged]
        if any(here):
            most = max(one.measure.asked for one in here if one is not None)
            rows.append([pair_name(pair), count(most), *(_verdict(one) for one in here)])
    columns = [Column("pair"), Column("pictures", "n"), *(name(upstream) for upstream in judged)]
    lead = (
        "The gates are those of a migration: a share passes once it is reached beyond what chance allows and fails once it "
        "is missed beyond that; in between, and with few pictures, nothing is shown yet."
    )
    return Section(
        "verdicts", "Go or no-go", lead, table("By pair and upstream", columns, rows, none="Nothing was asked.")
    )


def _verdict(one: Standing | None) -> Child:
    if one is None:
        return small("not asked")
    return lines(verdict_chip(one.verdict), reasons(one.policy, one.evidence, one.gates))


def _pictures(found: Findings) -> Section:
    """What was not asked about, and why the run ended."""
    rows: list[list[Child]] = [[file, why] for file, why in sorted(found.ending.unusable.items())]
    told = []
    if found.ending.reason:
        told.append(f"The run ended early: {found.ending.reason}. Run it again with --resume.")
    if found.ending.copies:
        copies = counted(found.ending.copies, "file is a copy of another", "files are copies of others")
        told.append(f"{copies} and asked about once.")
    if found.unknown:
        missing = counted(found.unknown, "result is missing", "results are missing")
        told.append(f"{missing}: a run was killed on the way, and it may have been paid for. --again asks again.")
    body = [tag("p", sentence) for sentence in told]
    unusable = table(
        "Files that are no usable picture", [name("file"), Column("why")], rows, none="Every file could be used."
    )
    return Section("pictures", "Pictures left out", "What this page knows nothing of.", [body, unusable])
