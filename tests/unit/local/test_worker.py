"""The real reader process, asked over its pipes."""

from __future__ import annotations

import base64

import pytest

from gateway.errors import NoDocument, RecognitionFailed
from gateway.local.local import COMMAND
from gateway.local.process import ReaderProcess
from gateway.local.protocol import Job
from tests.unit.local import drawn


def job(*, as_base64: bool = False) -> Job:
    return Job(base64=as_base64, visual=False, portrait=False, budget=30)


async def test_it_reads_one_picture_after_another_whatever_came_before() -> None:
    process = ReaderProcess(COMMAND)
    await process.start()
    try:
        with pytest.raises(RecognitionFailed, match="undecodable"):
            await process.read(job(), b"no picture at all")
        with pytest.raises(RecognitionFailed, match="Error"):
            await process.read(job(as_base64=True), b"=")
        with pytest.raises(NoDocument):
            await process.read(job(), drawn.encoded(drawn.page(("",), words=())))
        picture = base64.b64encode(drawn.encoded(drawn.page()))
        page = await process.read(job(as_base64=True), memoryview(picture))
    finally:
        await process.stop()
    assert page.record is not None
    assert page.record.lines == drawn.TD3
