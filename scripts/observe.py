"""Read drawn specimens and write one line per field read: its evidence, its score, and whether it was right.

    python -m scripts.observe --first-seed 50000 --seeds 20 --out observations.jsonl

The input of ``scripts/calibrate.py``. Every pair is drawn once per seed, with wear, picture size and JPEG quality taken
in turn, so that hard pictures are there too. Needs the fonts of the specimens and the embedded reader's models. No
value of a document is written, only whether it was right.
"""

from __future__ import annotations

import argparse
import io
import json
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import cv2

from gateway.errors import DocumentError
from gateway.local.budget import Budget
from gateway.local.models import load_models
from gateway.local.page import PageReader
from gateway.reader.document import explain_document
from gateway.reader.evidence import FieldChoice
from scripts.degrade import degrade
from tests.specimens import PAIRS, Specimen, draw

TODAY = date(2026, 11, 22)
"""The day on which every specimen is valid or has been: readings must not depend on when this runs."""

CONDITIONS = (
    ("clean", 1600, 90, ""),
    ("worn", 1200, 85, ""),
    ("photo", 1600, 85, ""),
    ("clean", 1200, 85, "glare"),
    ("photo", 1000, 60, ""),
    ("worn", 800, 60, ""),
    ("clean", 1000, 60, "blur"),
    ("photo", 720, 40, ""),
    ("worn", 1200, 85, "glare"),
    ("photo", 600, 40, "blur"),
    ("worn", 560, 30, ""),
)
"""Wear, longer side in pixels, JPEG quality, damage of ``scripts/degrade.py``. Hard ones are in the majority: a table
fitted on easy pictures would promise too much for all others."""

SECONDS = 30.0
"""Per picture; an answer cut short would be another measurement."""


def picture(specimen: Specimen, longest: int, quality: int, damage: str, seed: int) -> bytes:
    image = degrade(specimen.image, damage, seed) if damage else specimen.image
    image.thumbnail((longest, longest))
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=quality)
    return buffer.getvalue()


def is_right(choice: FieldChoice, truth: dict[str, object]) -> bool:
    """Names count in the print's letters and in the zone's."""
    value = choice.value.isoformat() if isinstance(choice.value, date) else str(choice.value)
    return value in {truth[choice.field], truth.get(f"mrz_{choice.field}")}


def observations(first_seed: int, seeds: int) -> Iterator[dict[str, object]]:
    reader = PageReader(load_models())
    for turn, seed in enumerate(range(first_seed, first_seed + seeds)):
        for place, (country, kind) in enumerate(PAIRS):
            wear, longest, quality, damage = CONDITIONS[(turn + place) % len(CONDITIONS)]
            specimen = draw(country, kind, seed, wear)
            try:
                budget = Budget(SECONDS, time.monotonic)
                content = picture(specimen, longest, quality, damage, seed)
                page = reader.read(content, budget, visual=True, portrait=False)
                choices = explain_document(page.record, page.lines, today=TODAY)
            except DocumentError as error:
                print(f"{specimen.name} {longest} {quality} {damage}: {error.outcome}")
                continue
            for choice in choices:
                right = is_right(choice, specimen.truth)
                if not right:
                    print(f"{specimen.name} {longest} {quality} {damage}: {choice.field} {choice.evidence} wrong")
                score = round(choice.score, 4)
                yield {"field": choice.field, "evidence": str(choice.evidence), "score": score, "right": right}


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the embedded reader on drawn specimens.")
    parser.add_argument("--first-seed", type=int, required=True)
    parser.add_argument("--seeds", type=int, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    cv2.setNumThreads(1)
    with options.out.open("w", encoding="utf-8") as lines:
        for observed in observations(options.first_seed, options.seeds):
            lines.write(json.dumps(observed) + "\n")
            lines.flush()


if __name__ == "__main__":
    main()
