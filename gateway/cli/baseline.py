"""``baseline``: make the operator's pair of keys, see what is recorded, delete it."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

from gateway.baseline.folder import days, purge
from gateway.baseline.frames import BaselineDamaged, frames
from gateway.baseline.keys import new_pair
from gateway.cli.common import say

HELP = "make keys for the sealed record of an upstream's answers, list what is recorded, delete it"


def add_arguments(command: argparse.ArgumentParser) -> None:
    commands = command.add_subparsers(required=True, metavar="COMMAND")

    command = commands.add_parser("keygen", help="make a pair of keys; the private one never goes to a gateway")
    command.add_argument(
        "--private", type=Path, required=True, metavar="F", help="where the key that opens records goes"
    )
    command.add_argument("--public", type=Path, required=True, metavar="F", help="where the key that seals them goes")
    command.set_defaults(run=_reporting(_keygen))

    command = commands.add_parser("list", help="days, records, bytes and keys; needs no key")
    command.add_argument("folder", type=Path, metavar="DIR")
    command.set_defaults(run=_reporting(_list))

    command = commands.add_parser("purge", help="delete records for good, while a gateway records, too")
    command.add_argument("folder", type=Path, metavar="DIR")
    which = command.add_mutually_exclusive_group(required=True)
    which.add_argument("--before", type=date.fromisoformat, metavar="DAY", help="those of earlier days: 2026-01-31")
    which.add_argument("--all", action="store_true", help="all of them")
    command.set_defaults(run=_reporting(_purge))


def _keygen(options: argparse.Namespace) -> int:
    pair = new_pair()
    _create(options.private, pair.private, 0o600)
    try:
        _create(options.public, pair.public, 0o644)
    except OSError:
        options.private.unlink()
        raise
    say(f"{options.public}: name this file in baseline.public_key")
    say(f"{options.private}: keep it away from the gateway; without it nothing can ever be opened")
    return 0


def _create(path: Path, content: bytes, mode: int) -> None:
    """A new file; an existing one, which may be somebody's only key, is never overwritten."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
        file.write(content)


def _list(options: argparse.Namespace) -> int:
    records = size = 0
    for day, path in days(options.folder):
        sealed = [(frame.key_id, len(frame.sealed)) for frame in frames(path)]
        keys = sorted({key_id.hex() for key_id, _ in sealed})
        own = path.stat().st_size
        say(f"{day}  {len(sealed)} record(s)  {own} bytes  key {', '.join(keys) or '-'}  {path.name}")
        records, size = records + len(sealed), size + own
    say(f"{records} record(s), {size} bytes")
    return 0


def _purge(options: argparse.Namespace) -> int:
    gone = purge(options.folder, None if options.all else options.before)
    say(f"{len(gone)} file(s) deleted")
    return 0


def _reporting(run: Callable[[argparse.Namespace], int]) -> Callable[[argparse.Namespace], int]:
    """``run`` with what may go wrong told in a line."""

    def reporting(options: argparse.Namespace) -> int:
        try:
            return run(options)
        except OSError as error:
            problem = f"{error.filename}: {error.strerror}"
        except (BaselineDamaged, ValueError) as error:
            problem = str(error)
        say(problem, sys.stderr)
        return 1

    return reporting
