"""``recognize``: read pictures here, without a server; one JSON line each."""

from __future__ import annotations

import argparse
import asyncio
import errno
import logging
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import msgspec

from gateway.build import Gateway
from gateway.cli.common import (
    CONFIG_HELP,
    add_portrait,
    add_wishes,
    asked,
    built,
    load,
    query_for,
    say,
)
from gateway.config.load import LoadedConfig
from gateway.errors import DownloadFailed, GatewayError
from gateway.image.load import from_content
from gateway.logs import logging_to
from gateway.wire.decode import Parameters
from gateway.wire.encode import encode
from gateway.wire.faults import fault_of

logger = logging.getLogger(__name__)


HELP = "read pictures here, without a server; one JSON line each"


def add_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("images", type=Path, nargs="+", metavar="IMAGE")
    command.add_argument("--config", type=Path, metavar="F", help=CONFIG_HELP)
    add_wishes(command)
    add_portrait(command)
    command.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    config = load(options.config)
    with logging_to(sys.stderr, os.environ, level=logging.WARNING):
        return asyncio.run(_all(built(config), config, asked(options, config), options.images))


async def _all(gateway: Gateway, config: LoadedConfig, wishes: Parameters, images: Sequence[Path]) -> int:
    failed = False
    async with gateway:
        for path in images:
            line = await _one(gateway, config, wishes, path)
            failed = failed or "result" not in line
            say(msgspec.json.encode(line).decode())
    return 1 if failed else 0


async def _one(gateway: Gateway, config: LoadedConfig, wishes: Parameters, path: Path) -> dict[str, object]:
    """The line for one picture: its result or its fault, worded as a caller would see it."""
    server = config.settings.server
    file = os.fsencode(path).decode(errors="replace")
    try:
        content = await asyncio.to_thread(_read, path, server.fetch.max_bytes)
    except OSError as error:
        code = fault_of(DownloadFailed()).code
        return {"file": file, "error_code": code, "error_msg": f"The file cannot be read: {error.strerror}."}
    try:
        deadline = asyncio.get_running_loop().time() + server.deadline
        query = query_for(wishes, from_content(content), deadline=deadline)
        recognition = await gateway.recognizer.recognize(query)
    except Exception as error:  # the other pictures are still to be read
        if not isinstance(error, GatewayError):
            logger.exception("a picture could not be read")
        fault = fault_of(error)
        return {"file": file, "error_code": fault.code, "error_msg": fault.message}
    answer: dict[str, object] = msgspec.json.decode(encode(recognition.document, portrait=wishes.portrait))
    return {"file": file, **answer}


def _read(path: Path, limit: int) -> bytes:
    """The file, which must not be larger than one that a URL may lead to."""
    with path.open("rb") as file:
        content = file.read(limit + 1)
    if len(content) > limit:
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG))
    return content
