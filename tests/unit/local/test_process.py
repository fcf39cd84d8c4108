from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from gateway.local.process import ReaderProcess, WorkerGone
from gateway.local.protocol import Job

FAKE = Path(__file__).parent / "fake_worker.py"
JOB = Job(base64=False, visual=False, portrait=False, budget=1)


async def test_a_process_is_started_asked_and_stopped() -> None:
    process = ReaderProcess((sys.executable, str(FAKE), "ready"))
    await process.start()
    page = await process.read(JOB, memoryview(b"read"))
    assert page.portrait is not None
    await process.stop()
    await process.stop()
    with pytest.raises(ProcessLookupError):
        os.kill(int(page.portrait), 0)


async def test_a_picture_larger_than_any_pipe_goes_through() -> None:
    process = ReaderProcess((sys.executable, str(FAKE), "ready"))
    await process.start()
    assert (await process.read(JOB, bytes(5 << 20))).portrait
    await process.stop()


async def test_a_process_that_is_gone_cannot_be_asked() -> None:
    process = ReaderProcess((sys.executable, str(FAKE), "ready"))
    await process.start()
    with pytest.raises(WorkerGone):
        await process.read(JOB, b"die")
    with pytest.raises(WorkerGone):
        await process.read(JOB, b"read")
    await process.stop()


async def test_the_gateways_secrets_are_not_handed_on() -> None:
    program = (
        "import os, sys; from gateway.local.protocol import Failure, frame;"
        "sys.stdout.buffer.write(frame(Failure('no_document', ' '.join(sorted(os.environ)))))"
    )
    os.environ["GATEWAY_TEST_SECRET"] = "secret"
    try:
        process = ReaderProcess((sys.executable, "-c", program))
        with pytest.raises(Exception, match="OMP_NUM_THREADS") as told:
            await process.start()
    finally:
        del os.environ["GATEWAY_TEST_SECRET"]
        await process.stop()
    assert "GATEWAY_TEST_SECRET" not in str(told.value)
