"""The command line: which commands there are, and which exit code a failure has."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping, Sequence
from typing import Protocol

from gateway import __version__
from gateway.cli import baseline, check, evaluate, explain, recognize, report, serve
from gateway.cli.common import say
from gateway.config.errors import ConfigError
from gateway.errors import CallerError, GatewayError

EPILOG = """\
exit codes:
  0    all is well
  1    errors were found: in the configuration, in a picture, or nobody would answer
  2    the command line itself is wrong
  130  interrupted
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except CallerError as error:
        say(f"a caller would be refused: {error}", sys.stderr)
        return 1
    except (ConfigError, GatewayError) as error:
        say(str(error), sys.stderr)
        return 1
    except BrokenPipeError:  # whoever reads the output has seen enough; there is nobody to flush the rest to
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        return 130


class Command(Protocol):
    """A module with a command; what it adds ends with ``run``, the function that returns the exit code."""

    HELP: str

    def add_arguments(self, command: argparse.ArgumentParser) -> None: ...


COMMANDS: Mapping[str, Command] = {
    "serve": serve,
    "check": check,
    "explain": explain,
    "recognize": recognize,
    "evaluate": evaluate,
    "report": report,
    "baseline": baseline,
}


def _parser() -> argparse.ArgumentParser:
    raw = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(
        prog="id-gateway", description="Reads identity documents.", epilog=EPILOG, formatter_class=raw
    )
    parser.add_argument("--version", action="version", version=f"id-gateway {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, module in COMMANDS.items():
        details = getattr(module, "DETAILS", EPILOG)
        module.add_arguments(commands.add_parser(name, help=module.HELP, epilog=details, formatter_class=raw))
    return parser
