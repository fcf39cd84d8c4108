"""Fits pictures off the event loop, a few at a time however many wait."""

from __future__ import annotations

import asyncio
import os
import warnings
from concurrent.futures import ThreadPoolExecutor
from typing import Self

from gateway.exchange import ImageLimits
from gateway.image.fit import fit, needs_fit
from gateway.model import DocumentImage

MOST_THREADS = 2
"""Pictures decoded at a time: one can take 600 MB."""


class Fitter:
    """Threads for :func:`gateway.image.fit.fit`, shared by all upstreams. A context manager: what is entered takes pictures, until it is left."""

    def __init__(self, threads: int | None = None) -> None:
        """``threads`` is one for each processor this process may use, and :data:`MOST_THREADS` at most, unless told."""
        self._threads = ThreadPoolExecutor(
            threads or min(MOST_THREADS, len(os.sched_getaffinity(0))), thread_name_prefix="fit"
        )
        # What Pillow thinks of a caller's file belongs neither on stderr nor in the way of reading it.
        warnings.filterwarnings("ignore", module=r"PIL\.")

    async def fit(self, image: DocumentImage, limits: ImageLimits) -> tuple[DocumentImage, str]:
        """What :func:`gateway.image.fit.fit` gives and raises. One who stops waiting before his turn frees his place."""
        if not needs_fit(image, limits):
            return image, ""
        return await asyncio.get_running_loop().run_in_executor(self._threads, fit, image, limits)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Give up the pictures that wait; those in hand are finished by themselves, and whoever asked still gets them."""
        self._threads.shutdown(wait=False, cancel_futures=True)
