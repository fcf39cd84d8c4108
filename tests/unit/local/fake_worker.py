"""A reader process that does as the picture says: ``read``, ``hang``, ``die``, ``refuse``, ``babble``, ``print``."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

from gateway.local.protocol import LENGTH, Failure, PageText, Ready, decode_job, frame


def say(message: bytes) -> None:
    sys.stdout.buffer.write(message)
    sys.stdout.buffer.flush()


def hear() -> bytes:
    head = sys.stdin.buffer.read(LENGTH.size)
    if not head:
        sys.exit()
    return sys.stdin.buffer.read(LENGTH.unpack(head)[0])


def answer(picture: bytes) -> bytes:
    match picture:
        case b"hang":
            time.sleep(60)
        case b"die":
            os._exit(3)
        case b"wait":
            # Until the test lets it go on, by a file that it names.
            while not Path(sys.argv[2]).exists():
                time.sleep(0.005)
    return ANSWERS.get(picture, frame(PageText(None, (), str(os.getpid()).encode())))


ANSWERS = {
    b"refuse": frame(Failure("unreadable_document", "too dark")),
    b"babble": LENGTH.pack(3) + b"???",
    b"ready": frame(Ready()),
    b"long": LENGTH.pack(1 << 31),
}

if sys.argv[1] == "misconfigured":
    say(frame(Failure("misconfigured", "no models here")))
elif sys.argv[1] == "ready":
    say(frame(Ready()))
    while True:
        decode_job(hear())
        say(answer(hear()))
