"""Measure the embedded reader: how much it reads rightly, what it gets wrong, how long it takes.

    python scripts/accuracy.py DIR [--degraded] [--sample N] [--json out.json]
    python scripts/accuracy.py --synthetic 200 [--seed 900000]

reads every picture of a folder that ``truth.json`` names (a folder without one holds no documents: all are to be
refused), or freshly drawn specimens, through the reader's own worker process, one worker on one core. "Right" and "wrong
but valid" are defined in ``scripts/scoring.py``; in short:

right: every field derived from the machine readable zone (document_number, nationality, country_region, birth_date, sex,
expiry_date, first_name, last_name) equals the truth from the printed zone.

wrong but valid: an answer in which any field whose confidence is at least 0.5 is wrong.

The default seed is far from those that the confidences were fitted on (``scripts/observe.py``).
"""

from __future__ import annotations

import argparse
import asyncio
import io
import json
import os
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Self

import numpy as np
from PIL import Image

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # neither the scripts nor the specimens are installed

from gateway.errors import GatewayError
from gateway.events import Event
from gateway.local.local import LocalOptions, LocalReader
from gateway.model import DocumentImage, IdDocument, ImageFormat, Query
from scripts.degrade import KINDS, degrade, picture_seed
from scripts.reliability import reliability
from scripts.scoring import VISUAL, Verdict, graded, judge, judge_visual
from scripts.worker_process import Usage, worker_usage
from tests.specimens import PAIRS, draw

PATIENCE = 60.0
"""Seconds that a query may take: the reader's own budget is to decide, not the deadline."""
WEARS = ("clean", "worn", "photo")
PICTURES = {".png", ".jpg", ".jpeg", ".webp", ".bmp", ".tif", ".tiff"}


@dataclass(frozen=True, slots=True)
class Case:
    """One picture to read: its file name, what was done to it, the file's bytes, the truth."""

    name: str
    kind: str
    content: bytes = field(repr=False)
    truth: Any = field(repr=False)


@dataclass(frozen=True, slots=True)
class Result:
    """How one picture went. ``refusal`` is the error's outcome, ``visual`` the verdicts on fields of the visual zone,
    ``grades`` confidence and rightness of each field.
    """

    name: str
    kind: str
    outcome: str
    refusal: str
    wrong: tuple[str, ...]
    missing: tuple[str, ...]
    visual: dict[str, str]
    grades: list[tuple[float, bool]]
    seconds: float
    cpu: float


def encode(image: Image.Image, form: str = "PNG", **options: Any) -> bytes:
    buffer = io.BytesIO()
    image.convert("RGB").save(buffer, form, **options)
    return buffer.getvalue()


def folder_cases(folder: Path, sample: int | None, degraded: bool, seed: int) -> Iterator[Case]:
    """Pictures as they are, then, if asked, each kind of spoilt ones."""
    path = folder / "truth.json"
    if path.is_file():
        truths = json.loads(path.read_text("utf-8"))
    else:
        truths = {entry.name: {"documents": 0} for entry in folder.iterdir() if entry.suffix.lower() in PICTURES}
    names = sorted(truths)
    if sample is not None and sample < len(names):
        chosen = np.random.default_rng(seed).choice(len(names), sample, replace=False)
        names = [names[index] for index in sorted(chosen)]
    for name in names:
        content = (folder / name).read_bytes()
        if name.endswith(".webp"):  # no format of the old API
            content = encode(Image.open(io.BytesIO(content)), compress_level=1)
        yield Case(name, "as is", content, truths[name])
    if not degraded:
        return
    for kind in KINDS:
        for name in names:
            zone = truths[name].get("mrz_box") if isinstance(truths[name], dict) else None
            with Image.open(folder / name) as image:
                spoilt = degrade(image, kind, picture_seed(name, seed), zone)
            yield Case(name, kind, encode(spoilt, "JPEG", quality=95, subsampling=0), truths[name])


def synthetic_cases(count: int, seed: int, degraded: bool) -> Iterator[Case]:
    """Every pair in turn, every wear in turn, a new holder each time."""
    for index in range(count):
        country, kind = PAIRS[index % len(PAIRS)]
        wear = WEARS[(index + index // len(PAIRS)) % len(WEARS)]
        specimen = draw(country, kind, seed + index, wear)
        yield Case(specimen.name, wear, specimen.jpeg(), specimen.truth)
        if degraded:
            spoiling = KINDS[index % len(KINDS)]
            spoilt = degrade(specimen.image, spoiling, seed + index, specimen.truth["mrz_box"])
            yield Case(specimen.name, spoiling, encode(spoilt, "JPEG", quality=95, subsampling=0), specimen.truth)


def document_image(content: bytes) -> DocumentImage:
    with Image.open(io.BytesIO(content)) as image:
        form = ImageFormat((image.format or "").lower())
        return DocumentImage(form, image.width, image.height, len(content), content=content)


def ignore(_event: Event) -> None:
    """Nobody watches."""


class Bench:
    """The reader, started once, and what it has used."""

    def __init__(self, budget: float) -> None:
        options = LocalOptions(workers=1, recycle=1_000_000_000, budget=budget)
        self._reader = LocalReader("local", options, ignore)

    async def __aenter__(self) -> Self:
        began = time.perf_counter()
        await self._reader.start()
        self.cold_start = time.perf_counter() - began
        return self

    async def __aexit__(self, *_exc: object) -> None:
        await self._reader.close()

    async def read(self, case: Case) -> Result:
        document: IdDocument | None = None
        refusal = ""
        before, began = worker_usage(), time.perf_counter()
        try:
            deadline = asyncio.get_running_loop().time() + PATIENCE
            document = (
                await self._reader.recognize(Query(image=document_image(case.content), deadline=deadline))
            ).document
        except GatewayError as error:
            refusal = error.outcome
        seconds, after = time.perf_counter() - began, worker_usage()
        verdict: Verdict = judge(document, case.truth)
        printed = isinstance(case.truth, dict) and "issue_date" in case.truth and document is not None
        visual = judge_visual(document, case.truth) if printed and document is not None else {}
        return Result(
            case.name,
            case.kind,
            verdict.outcome,
            refusal,
            verdict.wrong,
            verdict.missing,
            visual,
            graded(document, case.truth) if printed and document is not None else [],
            seconds,
            after.cpu - before.cpu,
        )


async def measure(cases: Iterator[Case], budget: float) -> tuple[list[Result], float, Usage]:
    """All results, seconds from start to ready, and what the worker used in the end."""
    results = []
    async with Bench(budget) as bench:
        for case in cases:
            results.append(await bench.read(case))
            if sys.stderr.isatty():
                print(f"\r{len(results)} read", end="", file=sys.stderr)
        return results, bench.cold_start, worker_usage()


def share(part: int, whole: int) -> str:
    return f"{100 * part / whole:5.1f}%" if whole else "    -"


def counts(results: Sequence[Result]) -> dict[str, int]:
    outcomes = [result.outcome for result in results]
    return {name: outcomes.count(name) for name in ("right", "wrong", "incomplete", "refused")}


def summary(results: Sequence[Result], cold_start: float, usage: Usage) -> dict[str, Any]:
    """Everything the table shows, for ``--json``; no value of any document."""
    kinds = list(dict.fromkeys(result.kind for result in results))
    fields = {
        name: {
            verdict: sum(result.visual.get(name) == verdict for result in results)
            for verdict in ("right", "plain", "absent", "wrong")
        }
        for name in VISUAL
    }
    return {
        "documents": len(results),
        "all": counts(results),
        "kinds": {kind: counts([result for result in results if result.kind == kind]) for kind in kinds},
        "visual": {name: found for name, found in fields.items() if any(found.values())},
        "confidence": reliability([grade for result in results for grade in result.grades]),
        "seconds": _spread([result.seconds for result in results]),
        "cpu_seconds": _spread([result.cpu for result in results]),
        "cold_start_seconds": round(cold_start, 2),
        "peak_rss_mib": round(usage.peak_rss / 2**20),
        "failures": [
            {name: value for name, value in asdict(result).items() if name != "grades"}
            for result in results
            if result.outcome != "right"
        ],
    }


def _spread(values: Sequence[float]) -> dict[str, float]:
    values = values or [0.0]
    return {
        name: round(float(np.percentile(values, at)), 2) for name, at in (("median", 50), ("p95", 95), ("max", 100))
    }


def show(report: dict[str, Any]) -> None:
    print(f"{'':14}documents  all fields right  wrong but valid  incomplete  refused")
    rows = {**report["kinds"], "all": report["all"]} if len(report["kinds"]) > 1 else {"all": report["all"]}
    for kind, found in rows.items():
        total = sum(found.values())
        print(
            f"{kind:14}{total:9}  {found['right']:7} {share(found['right'], total)}"
            f"  {found['wrong']:15}  {found['incomplete']:10}  {found['refused']:7}"
        )
    for name, verdicts in report["visual"].items():
        total = sum(verdicts.values())
        print(
            f"{name:18} printed {total:4}: right {share(verdicts['right'], total)}, plain {verdicts['plain']}, absent {verdicts['absent']}, wrong {verdicts['wrong']}"
        )
    if report["confidence"]:
        found = report["confidence"]
        print(
            f"confidence: expected calibration error {found['error']}, of {found['sure']} fields at 0.95 and more "
            f"{found['sure_right']} right"
        )
    for name in ("seconds", "cpu_seconds"):
        spread = report[name]
        print(f"{name:12} a picture: median {spread['median']}, p95 {spread['p95']}, max {spread['max']}")
    print(f"cold start {report['cold_start_seconds']} s, worker's peak {report['peak_rss_mib']} MiB")
    for failure in report["failures"]:
        blame = failure["refusal"] or ", ".join([*failure["wrong"], *(f"({name})" for name in failure["missing"])])
        print(f"  {failure['outcome']:10} {failure['kind']:12} {failure['name']}: {blame}")


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="Measure the embedded reader.")
    parser.add_argument("folder", type=Path, nargs="?", metavar="DIR")
    parser.add_argument("--synthetic", type=int, metavar="N", help="draw N specimens instead of reading a folder")
    parser.add_argument("--seed", type=int, default=900_000)
    parser.add_argument("--degraded", action="store_true", help="also every kind of spoilt picture")
    parser.add_argument("--sample", type=int, metavar="N", help="only N pictures of the folder, chosen by the seed")
    parser.add_argument("--budget", type=float, default=LocalOptions().budget, help="the reader's seconds a picture")
    parser.add_argument("--core", type=int, help="the core to run on; the last one that may be used otherwise")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write everything measured")
    parser.add_argument("--counts-only", action="store_true", help="no names of pictures in it")
    options = parser.parse_args(arguments)
    if (options.folder is None) == (options.synthetic is None):
        parser.error("either DIR or --synthetic N")
    core = options.core if options.core is not None else max(os.sched_getaffinity(0))
    os.sched_setaffinity(0, {core})
    if options.folder is not None:
        cases = folder_cases(options.folder, options.sample, options.degraded, options.seed)
    else:
        cases = synthetic_cases(options.synthetic, options.seed, options.degraded)
    report = summary(*asyncio.run(measure(cases, options.budget)))
    show(report)
    if options.counts_only:
        report["failures"] = []
    if options.json is not None:
        options.json.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
