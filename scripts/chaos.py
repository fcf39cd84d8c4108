"""Put callers of every kind and three vendors that fail in every way around a gateway, and see whether it keeps its promises.

    python scripts/chaos.py [--seconds 600] [--seed N]

The seed decides who fails when and who asks for what; without one a new seed is drawn and told. Ends with 0 where every
promise was kept, else with 1. ``docs/resilience.md`` lists the promises.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import AsyncExitStack
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # neither the scripts nor the tests are installed

from gateway import tasks
from scripts.chaos_checks import checks
from scripts.chaos_gateway import Gateway, serving
from scripts.chaos_load import CALLERS, Load
from scripts.chaos_schedule import VENDORS, draw
from scripts.chaos_trial import Check, Trial
from scripts.chaos_vendor import Vendor

QUIET, LOOKS = 10.0, 100
"""Seconds at most that everything takes to come to rest behind the last answer, and how often to look."""

COLOUR = sys.stdout.isatty() and "NO_COLOR" not in os.environ


async def run(seed: int, seconds: float, callers: int, folder: Path) -> Trial:
    """One whole run with its files in ``folder``."""
    schedule = draw(seed, seconds)
    vendors = [Vendor(number, schedule, seed) for number in range(VENDORS)]
    async with AsyncExitStack() as stack:
        for vendor in vendors:
            await stack.enter_async_context(vendor.serving())
        gateway = await stack.enter_async_context(serving({vendor.name: vendor.url for vendor in vendors}, folder))
        load = Load(gateway.url, seed, callers)
        await gateway.sample()
        watching = tasks.start(gateway.watch(), name="watch")
        began = time.monotonic()
        for vendor in vendors:
            vendor.began = began
        await load.run(seconds)
        await tasks.stop(watching)
        await _rest(gateway)
        code = await gateway.stop()
    visits = {vendor.name: vendor.visits for vendor in vendors}
    return Trial(
        schedule,
        began,
        callers,
        load.asked,
        load.failures,
        visits,
        gateway.samples,
        list(gateway.journal()),
        list(gateway.log()),
        code,
    )


async def _rest(gateway: Gateway) -> None:
    """Wait until nothing is under way: what a caller left behind is called off a moment later."""
    for _ in range(LOOKS):
        if not (await gateway.sample()).total("gateway_upstream_inflight"):
            break
        await asyncio.sleep(QUIET / LOOKS)
    await gateway.sample()


def table(trial: Trial, made: Sequence[Check]) -> str:
    """What was thrown at the gateway and what became of each promise."""
    asked = Counter(asked.kind for asked in trial.asked)
    modes = Counter(visit.mode for visits in trial.visits.values() for visit in visits)
    lines = [
        f"asked      {_counted(asked)}",
        f"attempts   {_counted(modes)}",
        "",
    ]
    wide = max(len(check.promise) for check in made)
    lines += [f"{_mark(kept=check.kept)}  {check.promise:<{wide}}  {check.said}" for check in made]
    return "\n".join(lines)


def _counted(counts: Counter[str]) -> str:
    return f"{counts.total()}: {', '.join(f'{name} {number}' for name, number in counts.most_common())}"


def _mark(*, kept: bool) -> str:
    text = "kept  " if kept else "BROKEN"
    return f"\x1b[{32 if kept else 31}m{text}\x1b[0m" if COLOUR else text


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--seconds", type=float, default=600.0, help="how long callers come (600)")
    parser.add_argument("--seed", type=int, help="of who fails when and who asks for what (a new one)")
    parser.add_argument("--callers", type=int, default=CALLERS, help=f"how many at once ({CALLERS})")
    options = parser.parse_args(arguments)
    seed = int.from_bytes(os.urandom(3)) if options.seed is None else options.seed
    print(f"chaos for {options.seconds:.0f} s, seed {seed}", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        trial = asyncio.run(run(seed, options.seconds, options.callers, Path(folder)))
    made = checks(trial)
    print(table(trial, made))
    return 0 if all(check.kept for check in made) else 1


if __name__ == "__main__":
    sys.exit(main())
