"""What upstreams are called with and where state is shared, whatever is configured."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import aiohttp

from gateway.config.load import LoadedConfig
from gateway.image.fitter import Fitter
from gateway.state.opening import Place, tls_context
from gateway.upstream.transport import open_session


@dataclass(frozen=True, slots=True)
class Tools:
    """What upstreams are called with, whatever is configured."""

    session: aiohttp.ClientSession
    fitter: Fitter


@asynccontextmanager
async def open_tools() -> AsyncIterator[Tools]:
    async with open_session() as session:
        with Fitter() as fitter:
            yield Tools(session, fitter)


def state_place(config: LoadedConfig) -> Place:
    """Where state is shared; a file of authorities that cannot be read is reported to the source of ``config``."""
    settings = config.settings.state
    address = settings.address()
    if address is None or not address.tls:
        return Place(address)
    try:
        return Place(address, tls_context(None if settings.ca is None else config.source.folder / settings.ca))
    except OSError as error:
        config.settings.at.report(f"no certificates can be read from {settings.ca}: {error.strerror}", "state", "ca")
        return Place(None)
