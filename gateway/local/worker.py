"""The reader process: takes pictures from standard input one by one and answers on standard output.

Started as ``python -m gateway.local.worker``. It ends when its input does, holds no secret, opens no file but the
models, and may neither grow without bound nor leave its memory behind in a core dump.
"""

from __future__ import annotations

import binascii
import os
import resource
import sys
import time
from typing import BinaryIO

import cv2

from gateway.errors import DocumentError, RecognitionFailed
from gateway.local.budget import Budget
from gateway.local.models import ModelsMissing, load_models
from gateway.local.page import PageReader
from gateway.local.protocol import LENGTH, Failure, Job, PageText, Ready, Reply, decode_job, frame

ADDRESS_SPACE = 3 << 30
"""Bytes; a picture of 8192 x 8192 pixels takes a third of it."""


def main() -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))
    # Libraries print where they like; only frames may reach the gateway.
    replies = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    cv2.setNumThreads(1)
    try:
        reader = PageReader(load_models())
    except ModelsMissing as error:
        _say(replies, Failure("misconfigured", str(error)))
        sys.exit(1)
    _say(replies, Ready())
    while (head := _frame(sys.stdin.buffer)) is not None and (picture := _frame(sys.stdin.buffer)) is not None:
        _say(replies, _answer(reader, decode_job(head), picture))


def _answer(reader: PageReader, job: Job, picture: bytes) -> PageText | Failure:
    try:
        content = binascii.a2b_base64(picture) if job.base64 else picture
        budget = Budget(job.budget, time.monotonic)
        return reader.read(content, budget, visual=job.visual, portrait=job.portrait)
    except DocumentError as error:
        return Failure(error.outcome, str(error))
    except MemoryError:
        return Failure(RecognitionFailed.outcome, "the picture needs more memory than a reader may take")
    except (ArithmeticError, LookupError, ValueError, RuntimeError, cv2.error) as error:
        # Hostile pictures find odd corners; the name of the error is all that may leave.
        return Failure(RecognitionFailed.outcome, f"the reader failed: {type(error).__name__}")


def _frame(stream: BinaryIO) -> bytes | None:
    """The next frame, or None where the gateway has closed its end."""
    length = stream.read(LENGTH.size)
    if len(length) < LENGTH.size:
        return None
    size = LENGTH.unpack(length)[0]
    body = stream.read(size)
    return body if len(body) == size else None


def _say(stream: BinaryIO, reply: Reply) -> None:
    stream.write(frame(reply))
    stream.flush()


if __name__ == "__main__":
    main()
