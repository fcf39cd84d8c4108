"""``check``: every error of a configuration at once, without a network."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from gateway.cli.common import built, load, say
from gateway.clock import wall_clock
from gateway.heads import end_warnings

HELP = "look for errors in a configuration; uses no network"


def add_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("file", type=Path, metavar="F")
    command.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    config = load(options.file)
    built(config)
    settings = config.settings
    counts = f"{len(settings.routes)} route(s), {len(settings.upstreams)} upstream(s)"
    callers = "anyone may call" if settings.callers.anonymous else f"{len(settings.callers.accounts)} account(s)"
    for line in end_warnings(settings, wall_clock()):
        say(f"{config.source.name}: warning: {line}", sys.stderr)
    say(f"{config.source.name}: no errors; {counts}, {callers}")
    return 0
