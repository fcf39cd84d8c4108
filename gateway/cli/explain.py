"""``explain``: who would answer a request, who would not, and why."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from itertools import count
from pathlib import Path

from gateway.cli.common import add_portrait, add_wishes, asked, built, load, query_for, say
from gateway.config.errors import likely
from gateway.model import DocumentImage, ImageFormat, InputKind
from gateway.routing.explain import RouteVerdict
from gateway.routing.shares import BUCKETS

HELP = "tell who would answer a request, who would not, and why"


def add_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("file", type=Path, metavar="F")
    add_wishes(command)
    add_portrait(command)
    command.add_argument("--caller", default="anonymous", metavar="NAME", help="the account that asks")
    command.add_argument("--project", default="", metavar="ID", help="the project id in the path")
    command.add_argument("--enterprise-project", metavar="ID", help="its Enterprise-Project-Id")
    command.add_argument("--header", action="append", default=[], metavar="X-NAME=VALUE", help="one that it sends")
    command.add_argument("--bytes", type=int, default=500_000, metavar="N", help="size of the picture's file")
    command.add_argument("--target", default="", metavar="NAME", help="the upstream that it chooses")
    command.add_argument("--input", default="image", choices=[kind.value for kind in InputKind])
    command.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    config = load(options.file)
    gateway = built(config)
    callers = ["anonymous", *(account.name for account in config.settings.callers.accounts)]
    if options.caller not in callers:
        say(f"no account is called {options.caller}{likely(options.caller, callers)}", sys.stderr)
        return 1
    kind = InputKind(options.input)
    wishes = asked(options, config)
    picture = DocumentImage(ImageFormat.JPEG, 2000, 1400, options.bytes, content=b"")
    query = query_for(wishes, picture, input=kind, caller=options.caller, project_id=options.project, deadline=0.0)
    headers = dict(header.partition("=")[::2] for header in options.header)
    query = replace(
        query,
        enterprise_project_id=options.enterprise_project,
        headers=tuple(sorted((name.lower(), value) for name, value in headers.items())),
        target=options.target,
    )
    verdicts = gateway.explain(query)
    for verdict in verdicts:
        _say_verdict(verdict)
    answered = any(target.excluded is None for verdict in verdicts if verdict.chosen for target in verdict.targets)
    if not answered:
        say("nobody would answer")
    return 0 if answered else 1


def _say_verdict(verdict: RouteVerdict) -> None:
    if not verdict.chosen:
        say(f"route {verdict.name}: passed over: {verdict.mismatch or 'an earlier route takes it'}")
        return
    say(f"route {verdict.name}: chosen{_division(verdict)}")
    turns = count(1)
    for target in verdict.targets:
        turn = "-" if target.excluded else next(turns)
        share = "" if target.percent is None else f", first for {target.percent:g} % of requests"
        note = f" ({target.note})" if target.note else ""
        say(f"  {turn}. {target.name}: {target.excluded or 'is asked'}{share}{note}")


def _division(verdict: RouteVerdict) -> str:
    """What the route divides its requests by, and where this one falls."""
    if not verdict.key:
        return ""
    if verdict.bucket is None:
        return ", divided by request"
    return f", divided by {verdict.key}, of which this one is in bucket {verdict.bucket} of {BUCKETS}"
