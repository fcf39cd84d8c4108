"""``serve``: answer callers until stopped."""

from __future__ import annotations

import argparse
import logging
import os
import sys
from functools import partial
from pathlib import Path

from gateway.app import serve
from gateway.cli.common import CONFIG_HELP, load
from gateway.errors import GatewayError
from gateway.logs import logging_to

logger = logging.getLogger(__name__)


HELP = "answer callers until stopped"


def add_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("--config", type=Path, metavar="F", help=CONFIG_HELP)
    command.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    config = load(options.config)
    with logging_to(sys.stdout, os.environ):
        try:
            serve(config, partial(load, options.config))
        except OSError as error:  # an address that is taken or not ours
            logger.critical("cannot serve: %s", error.strerror)
            return 1
        except GatewayError as error:
            logger.critical("cannot serve: %s", error)
            return 1
    return 0
