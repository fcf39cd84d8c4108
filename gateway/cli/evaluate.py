"""``evaluate``: a folder of pictures through any upstreams, and what came of it as a page, JSON and CSV."""

from __future__ import annotations

import argparse
import asyncio
import logging
import math
import os
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from gateway.build import Gateway
from gateway.cli.common import CONFIG_HELP, add_wishes, asked, built, load, say
from gateway.config.errors import likely
from gateway.config.load import LoadedConfig
from gateway.evaluate.errors import EvaluationError, OrderError
from gateway.evaluate.evaluate import Evaluation, Order, prepare, write
from gateway.evaluate.findings import Findings
from gateway.evaluate.interrupts import INTERRUPTED
from gateway.evaluate.progress import Bar
from gateway.evaluate.settings import Wishes
from gateway.logs import logging_to
from gateway.migrate.gates import GatePolicy, Verdict
from gateway.report.gates import gates_for, policy_from

NO_GO = 3
MOST_AT_ONCE = 256

DETAILS = """\
Without --truth the first upstream is what the others are compared with. Each picture is sent to every upstream once; results
go to OUT/results as they come, and --resume goes on from there without paying for anything twice.

What is read is personal data. It is compared in memory and forgotten: OUT holds the classes of comparisons (exact,
equivalent, near, conflict, missing), names of fields and of files. With --keep-values OUT/results holds what was read, too.

exit codes:
  0    go: every pair passes at every upstream
  1    errors were found, or an upstream cannot be asked any more; what was found out is written nevertheless
  2    the command line itself is wrong
  3    no-go: a pair fails, or there is not enough to tell
  130  interrupted; what was found out is written nevertheless
"""


HELP = "read a folder of pictures with several upstreams, and compare"


def add_arguments(command: argparse.ArgumentParser) -> None:
    add = command.add_argument
    add("folder", type=Path, metavar="DIR", help="pictures, also in folders below")
    add("--config", type=Path, metavar="F", help=CONFIG_HELP)
    add("--upstream", action="append", required=True, metavar="NAME", help="may be given several times")
    add("--out", type=Path, required=True, metavar="OUT", help="where report.html, summary.json, results.csv go")
    add(
        "--truth",
        type=Path,
        metavar="CSV",
        help="what the documents really say: columns file, country_region, id_type, …",
    )
    add("--hints", action="store_true", help="ask for the country and type that the truth states, as callers may")
    add_wishes(command)
    add(
        "--gate",
        action="append",
        default=[],
        metavar="NAME=N",
        help="success=0.99, agreement.birth_date=0.98, p95=5, …",
    )
    add("--rate", type=_positive, metavar="N", help="pictures a second at most")
    add("--budget", type=_positive, metavar="MONEY", help="what all runs into OUT may cost together")
    add("--concurrency", type=_number, default=2, metavar="N", help="pictures at a time (2)")
    add("--resume", action="store_true", help="go on where a run into OUT ended")
    add("--again", action="store_true", help="also repeat what a killed run may have paid for without a result")
    add("--keep-values", action="store_true", help="keep what was read, which is personal, in OUT/results")
    command.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    try:
        given = _gates(options.gate)
        config = load(options.config)
        gateway = built(config)
        policies = gates_for((), given)
        order = _order(options, config)
        evaluation = Evaluation(order, prepare(order), config, policies)
        bar = Bar(len(evaluation.material.pictures), sys.stderr)
        with logging_to(sys.stderr, os.environ, level=logging.ERROR), closing(bar):
            found = asyncio.run(_evaluate(gateway, evaluation, bar))
        page = write(found, order.out)
    except OrderError as error:
        say(str(error), sys.stderr)
        return 2
    except EvaluationError as error:
        say(str(error), sys.stderr)
        return 1
    except OSError as error:
        say(f"{error.filename or options.out}: {error.strerror}", sys.stderr)
        return 1
    except asyncio.CancelledError:
        raise KeyboardInterrupt from None
    say(f"{page}: {_sentence(found)}")
    return _exit_code(found)


async def _evaluate(gateway: Gateway, evaluation: Evaluation, bar: Bar) -> Findings:
    async with gateway:
        return await evaluation.run(gateway.nests, bar)


def _order(options: argparse.Namespace, config: LoadedConfig) -> Order:
    known = config.settings.upstreams
    for name in options.upstream:
        if name not in known:
            raise OrderError(f"no upstream is called {name}{likely(name, known)}")
        if options.upstream.count(name) > 1:
            raise OrderError(f"the upstream {name} is named twice")
    if options.hints and options.truth is None:
        raise OrderError("--hints: only together with --truth")
    wishes = asked(options, config)
    return Order(
        folder=options.folder,
        out=options.out,
        upstreams=options.upstream,
        truth=options.truth,
        wishes=Wishes(wishes.countries, wishes.types, options.hints),
        rate=options.rate,
        budget=options.budget,
        concurrency=options.concurrency,
        resume=options.resume,
        again=options.again,
        keep=options.keep_values,
    )


def _gates(settings: Sequence[str]) -> GatePolicy | None:
    try:
        return policy_from(settings) if settings else None
    except ValueError as error:
        raise OrderError(f"--gate: {error}") from None


def _sentence(found: Findings) -> str:
    """What came of it, in one line."""
    go = sum(standing.go for standing in found.standings)
    told = f"{len(found.pictures)} of {found.total} pictures, {go} of {len(found.standings)} upstreams and pairs may go"
    return f"{told}; it ended early: {found.ending.reason}" if found.ending.reason else told


def _exit_code(found: Findings) -> int:
    if found.ending.reason == INTERRUPTED:
        return 130
    if found.ending.refused:
        return 1
    return 0 if found.verdict is Verdict.PASS else NO_GO


def _positive(text: str) -> float:
    number = float(text)
    if not 0 < number < math.inf:
        raise ValueError(text)
    return number


def _number(text: str) -> int:
    number = int(text)
    if not 1 <= number <= MOST_AT_ONCE:
        raise ValueError(text)
    return number
