"""A caller application on a loopback port, with small real stand-ins behind it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date

from aiohttp import web
from aiohttp.abc import AbstractResolver

from gateway.events import Event, Recorder
from gateway.image.fetch import Fetcher, FetchPolicy
from gateway.image.load import ImageLoader
from gateway.image.obs import ObjectStorage
from gateway.model import DocumentType, IdDocument, Recognizer, Sex, Side
from gateway.resilience.caller_limits import CallerLimits
from gateway.secret import Secret
from gateway.wire.account import Account
from gateway.wire.application import WireSettings, caller_application
from gateway.wire.auth import Callers
from tests.fakes import Events, FakeRecognizer
from tests.serving import serving

PROJECT = "0123456789abcdef0123456789abcdef"
ACCOUNTS = (
    Account(
        "billing",
        frozenset({PROJECT}),
        Secret("token-of-billing"),
        access_key="BILLING-AK",
        secret_key=Secret("billing-sk"),
        password=Secret("password-of-billing"),
    ),
    Account(
        "claims",
        frozenset({"1" * 32, "2" * 32}),
        access_key="CLAIMS-AK",
        secret_key=Secret("claims-sk"),
        security_token=Secret("security-token-of-claims"),
        projects={"ap-southeast-1": "1" * 32},
    ),
)
"""One with permanent keys and one project, one with temporary keys and two."""

SPECIMEN = IdDocument(
    country_region="ALB",
    id_type=DocumentType.PASSPORT,
    side=Side.FRONT,
    first_name="ANNA",
    last_name="SPECIMEN",
    sex=Sex.FEMALE,
    birth_date=date(1965, 3, 7),
    document_number="BA0000001",
    portrait_image=b"/9j/4AAQ",
    confidence={"first_name": 0.99871, "document_number": 1.0, "portrait_image": 0.9},
)


class AwaitedEvents(Events):
    """Tells a test when the first request is over, for those whose caller does not wait for an answer."""

    def __init__(self) -> None:
        super().__init__()
        self.first: asyncio.Future[Event] = asyncio.get_running_loop().create_future()

    def __call__(self, event: Event) -> None:
        super().__call__(event)
        if not self.first.done():
            self.first.set_result(event)


@dataclass
class Gateway:
    """A running application; ``recognizer`` is what answers unless it was replaced by a test of one's own."""

    app: web.Application
    url: str
    port: int
    recognizer: Recognizer
    events: AwaitedEvents


@asynccontextmanager
async def running(
    recognizer: Recognizer | None = None,
    *,
    anonymous: bool = False,
    fetch: FetchPolicy | None = None,
    settings: WireSettings | None = None,
    callers: Callers | None = None,
    limits: CallerLimits | None = None,
    recorder: Recorder | None = None,
    resolver: AbstractResolver | None = None,
) -> AsyncIterator[Gateway]:
    recognizer = recognizer or FakeRecognizer("fake", SPECIMEN)
    fetch = fetch or FetchPolicy()
    events, fetcher = AwaitedEvents(), Fetcher(fetch, resolver=resolver)
    loader = ImageLoader(ObjectStorage(fetcher, fetch.obs))
    callers = callers or Callers(anonymous, ACCOUNTS)
    app = caller_application(
        settings or WireSettings(deadline=10), callers, recognizer, loader, events, limits=limits, recorder=recorder
    )
    try:
        async with serving(app) as port:
            yield Gateway(app, f"http://127.0.0.1:{port}", port, recognizer, events)
    finally:
        await fetcher.close()
