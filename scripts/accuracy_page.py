"""Write ``docs/accuracy.md`` from what ``scripts/accuracy.py --json`` measured; every figure on the page comes from there.

    python scripts/accuracy_page.py > docs/accuracy.md

reads ``docs/measurements/{synthetic,public,speed}.json``. Only counts are kept there: no picture, no name of one, no value.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "measurements"

PAGE = """# How well the embedded reader reads

Every figure here was measured by `scripts/accuracy.py` (`make accuracy`) on one core of a 2-core virtual machine (AMD EPYC, AVX-512)
and is written by `scripts/accuracy_page.py`.

**right**: every field that comes from the machine readable zone (number, nationality, country, dates, sex, names) equals the printed one;
where a document prints check digits that do not hold, verbatim with low confidence or absent.
**wrong but valid**: any of these fields has another value and a confidence of 0.5 or more. **incomplete**: a field is missing or has low
confidence. **refused**: `AIS.0104`. The definitions in full stand in `scripts/scoring.py`.

## Public specimen documents

{whole} passports and cards, published by issuers and vendors as specimens and not ours to ship, as they are; and {some} of them, drawn by
lot, under every damage of `scripts/degrade.py`. **The rules of the reader were developed with these pictures in view**, so expect
somewhat less on documents that nobody has seen.

{undamaged}

{public}

Undamaged: {public_cost}

## Drawn specimens

{count} documents of all 19 kinds that `tests/specimens` draws (the 14 passports, cards of VNM, CHL, ALB, DEU and UTO), new holders, clean,
worn and photographed, with seeds that nothing was fitted on. They exercise names, dates, scripts and layouts; they are drawn by us, and
say little about how real documents are laid out.

{synthetic}

{fields}

{synthetic_cost}

## Confidence

A field's confidence is the measured share of right readings among those with the same evidence (check digit and print agree, check
digit alone, print alone, …) and a like score of the engine's least certain character. `scripts/observe.py` reads drawn specimens under
eleven conditions, most of them hard, `scripts/calibrate.py` fits a rising table to what it saw, and the result is
`gateway/reader/calibration.json`, which says what it was fitted on. Measured on the drawn specimens above, which it was not fitted on:

{reliability}

Expected calibration error {error}; of {sure} fields with a confidence of 0.95 or more, {sure_right} were right. Evidence that drawn documents do
not produce (printed check digits that do not hold, repaired characters) keeps cautious values set by judgement; the file marks them with
`n: 0`.

## What it does not read

Driving licences; the printed side of cards; cards without a machine readable zone (THA, HKG, PHL UMID). Names in Thai, Cyrillic, Chinese and
with Vietnamese tones: the zone's Latin spelling is given. Authorities of states that print them in such letters are absent.
"""


def outcomes(report: dict[str, Any]) -> str:
    rows = {**report["kinds"], "**all**": report["all"]} if len(report["kinds"]) > 1 else {"all": report["all"]}
    lines = ["| pictures | documents | right | wrong but valid | incomplete | refused |", "|---|---|---|---|---|---|"]
    for name, found in rows.items():
        total = sum(found.values())
        share = f"{found['right']} ({100 * found['right'] / total:.1f} %)"
        lines.append(f"| {name} | {total} | {share} | {found['wrong']} | {found['incomplete']} | {found['refused']} |")
    return "\n".join(lines)


def cost(report: dict[str, Any]) -> str:
    seconds = report["cpu_seconds"]
    return (
        f"CPU seconds a picture, with the visual zone, median {seconds['median']}, 95th percentile {seconds['p95']}, "
        f"slowest {seconds['max']}. Worker: ready in {report['cold_start_seconds']} s, at most {report['peak_rss_mib']} MiB."
    )


def visual(report: dict[str, Any]) -> str:
    lines = ["| printed field | right | in the zone's letters | absent | wrong |", "|---|---|---|---|---|"]
    for name, found in report["visual"].items():
        lines.append(f"| {name} | {found['right']} | {found['plain']} | {found['absent']} | {found['wrong']} |")
    return "\n".join(lines)


def claims(report: dict[str, Any]) -> str:
    lines = ["| confidence | fields | claimed | right |", "|---|---|---|---|"]
    for row in report["confidence"]["bins"]:
        share = row["right"] / row["fields"]
        lines.append(f"| {row['from']} to {row['to']} | {row['fields']} | {row['claimed']:.3f} | {share:.3f} |")
    return "\n".join(lines)


def page(synthetic: dict[str, Any], public: dict[str, Any], speed: dict[str, Any]) -> str:
    return PAGE.format(
        whole=speed["documents"],
        some=sum(public["kinds"]["as is"].values()),
        undamaged=outcomes(speed),
        public=outcomes(public),
        public_cost=cost(speed),
        count=synthetic["documents"],
        synthetic=outcomes(synthetic),
        fields=visual(synthetic),
        synthetic_cost=cost(synthetic),
        reliability=claims(synthetic),
        error=synthetic["confidence"]["error"],
        sure=synthetic["confidence"]["sure"],
        sure_right=synthetic["confidence"]["sure_right"],
    )


def measured(name: str) -> dict[str, Any]:
    report: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    return report


if __name__ == "__main__":
    print(page(measured("synthetic"), measured("public"), measured("speed")), end="")
