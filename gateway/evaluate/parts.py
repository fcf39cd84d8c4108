"""The parts of an evaluation's page that show figures: coverage, fields, time, money, failures, single pictures."""

from __future__ import annotations

from gateway.evaluate.findings import Findings, trouble
from gateway.evaluate.measure import Measure
from gateway.report import axes
from gateway.report.figures import NOTHING, count, money, percent, seconds
from gateway.report.html import Child, join, tag
from gateway.report.latency import Latencies
from gateway.report.page import Column, Section, chip, figure, name, plots, small, table
from gateway.report.svg import Axis, plot, share_bar
from gateway.report.words import floor_of, pair_name, tally_cell
from gateway.shadow.agreement import Tally
from gateway.shadow.compare import FIELDS
from gateway.shadow.result import Result

WORST = 25
"""Pictures that are named."""


def coverage(found: Findings) -> Section:
    rows = [
        [
            pair_name(pair),
            *(_covered(found.measures.get((pair, one)), found.takes.get((pair, one))) for one in found.upstreams),
        ]
        for pair in found.pairs
    ]
    lead = "The 23 pairs of country and document that the old API read: how many pictures of each were answered, of how many."
    columns = [Column("pair"), *(Column(one) for one in found.upstreams)]
    return Section("coverage", "Coverage", lead, table("Answered, of pictures asked about", columns, rows))


def _covered(measure: Measure | None, takes: bool | None) -> Child:
    if measure is None or not measure.asked:
        return chip("none", "no pictures") if takes is not False else chip("none", "does not take it")
    if not measure.answered and set(measure.outcomes) == {"incapable"}:
        return chip("no", "does not take it")
    share = measure.answered / measure.asked
    return join(share_bar(share), tag("span", f"{count(measure.answered)} of {count(measure.asked)}", class_="nowrap"))


def fields(found: Findings) -> Section:
    """Accuracy against the truth, or agreement where there is none."""
    known = found.compared_upstreams()
    lead = (
        f"How often a field is read as by {found.reference}: the same, or the same written otherwise. Of answers where "
        "there is something to read; bars are 95 % intervals (Wilson)."
    )
    floor = floor_of(tally for one in known for tally in found.overall[one].fields.values())
    rows: list[list[Child]] = [
        [field, *(tally_cell(found.overall[one].fields.get(field, Tally()), floor) for one in known)]
        for field in FIELDS
        if any(field in found.overall[one].fields for one in known)
    ]
    none = "Nothing was compared: give a truth.csv, or a second upstream."
    caption = f"All documents; bars go from {percent(floor, 0)} to 100 %"
    whole = table(caption, [Column("field"), *(Column(one) for one in known)], rows, none=none)
    title = "Accuracy by field" if found.with_truth else "Agreement by field"
    return Section("fields", title, lead, [whole, [_classes(found, one) for one in known]])


def _classes(found: Findings, upstream: str) -> Child:
    """What kind of errors they are."""
    shown = [Result.EXACT, Result.EQUIVALENT, Result.NEAR, Result.CONFLICT, Result.MISSING_CANDIDATE]
    classes = found.overall[upstream].classes
    rows = [
        [field, *(count(classes[field][result]) if classes[field][result] else NOTHING for result in shown)]
        for field in FIELDS
        if field in classes and any(classes[field][result] for result in shown[1:])
    ]
    heads = ["the same", "written otherwise", "nearly", "another value", "not read"]
    columns = [Column("field"), *(figure(head) for head in heads)]
    caption = f"{upstream}: fields that are not always the same"
    return table(caption, columns, rows, none=f"{upstream}: every field is always the same.")


def latency(found: Findings) -> Section:
    known = {one: Latencies() for one in found.upstreams if found.overall[one].seconds}
    for one, latencies in known.items():
        for value in found.overall[one].seconds:
            latencies.add(value)
    rows = [
        [one, count(len(measure.seconds)), *(seconds(measure.quantile(share)) for share in (0.5, 0.9, 0.95, 0.99, 1.0))]
        for one, measure in found.overall.items()
    ]
    heads = ["answers", "half within", "90 % within", "95 % within", "99 % within", "slowest"]
    body: list[Child] = [table("Seconds of all attempts for one answer", [name("upstream"), *map(figure, heads)], rows)]
    if known:
        share = Axis(0.0, 1.0, tuple((part, percent(part, 0)) for part in (0.0, 0.25, 0.5, 0.75, 1.0)))
        drawn = [axes.distribution(one, latencies) for one, latencies in known.items()]
        body.append(
            plots(plot("Share of answers that had come, by time", drawn, axes.durations(known.values()), share))
        )
    lead = "From the request to the answer, waits between attempts left out."
    return Section("latency", "Latency", lead, body)


def cost(found: Findings) -> Section:
    rows = [
        [
            one,
            money(measure.cost),
            count(measure.answered),
            money(measure.cost / measure.answered if measure.answered else None),
            count(measure.accepted),
            money(measure.per_accepted),
        ]
        for one, measure in found.overall.items()
    ]
    heads = ["spent", "answered", "per answer", "accepted", "per accepted document"]
    lead = (
        "By the configured prices, failed attempts that were billed included. Accepted: an answer that nothing speaks "
        "against, so that all its checks hold"
        + (f" and no field differs from {found.reference}." if found.compared else ".")
    )
    return Section(
        "cost", "Cost", lead, table("In the currency of the prices", [name("upstream"), *map(figure, heads)], rows)
    )


def failures(found: Findings) -> Section:
    outcomes = sorted(
        {outcome for measure in found.overall.values() for outcome in measure.outcomes if outcome != "ok"}
    )
    checks = sorted({check for measure in found.overall.values() for check in measure.failures})
    rows = [
        [outcome, *(count(found.overall[one].outcomes[outcome]) for one in found.upstreams)] for outcome in outcomes
    ] + [
        [
            f"answered, but a check fails: {check}",
            *(count(found.overall[one].failures[check]) for one in found.upstreams),
        ]
        for check in checks
    ]
    columns = [name("what"), *(figure(one) for one in found.upstreams)]
    return Section(
        "failures", "Failures", "Pictures without an answer, and answers that cannot be right, by class.",
        table("Pictures", columns, rows, none="None: every picture was answered."),
    )  # fmt: skip


def worst(found: Findings) -> Section:
    rows = [
        [one.file, pair_name(one.pair), *(trouble(one, upstream) or small("nothing") for upstream in found.upstreams)]
        for one in found.worst(WORST)
    ]
    columns = [name("file"), Column("pair"), *(name(one) for one in found.upstreams)]
    lead = f"Up to {WORST} pictures by file name, with the fields to look at and never what they say."
    return Section("worst", "Worst documents", lead, table("Most trouble first", columns, rows, none="None."))
