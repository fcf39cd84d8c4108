"""Who and what answers callers at the moment; the one place where a new configuration is put in."""

from __future__ import annotations

from dataclasses import dataclass

from aiohttp import web

from gateway.image.load import ImageLoader
from gateway.model import Recognizer
from gateway.wire.auth import Callers
from gateway.wire.body import BodyMemory


@dataclass(slots=True)
class Serving:
    """Each request takes its parts from here when it needs them, so that they can be replaced without a restart;
    requests under way keep what they have taken. ``any_country`` lets callers ask for more than Table 1; ``under_way``
    counts the requests being worked on.
    """

    callers: Callers
    loader: ImageLoader
    recognizer: Recognizer
    memory: BodyMemory
    any_country: bool
    under_way: int = 0


SERVING = web.AppKey("serving", Serving)
