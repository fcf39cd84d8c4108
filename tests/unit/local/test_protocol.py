from __future__ import annotations

import msgspec
import pytest

from gateway.local.protocol import LENGTH, Failure, Job, PageText, Ready, decode_job, decode_reply, frame
from gateway.reader.mrz.glyph import certain_row
from gateway.reader.mrz.read import best_zone
from gateway.reader.text import Line
from tests.unit.reader.mrz.zones import TD3


def body(message: bytes) -> bytes:
    assert LENGTH.unpack(message[: LENGTH.size]) == (len(message) - LENGTH.size,)
    return message[LENGTH.size :]


def test_a_job_survives_the_pipe() -> None:
    job = Job(base64=True, visual=True, portrait=False, budget=2.5)
    assert decode_job(body(frame(job))) == job


def test_replies_survive_the_pipe() -> None:
    zone = best_zone([certain_row(line) for line in TD3])
    assert zone is not None
    line = Line("ERIKSSON", ((0.0, 0.0), (80.0, 1.0), (80.0, 11.0), (0.0, 10.0)), (0.9,) * 8)
    for reply in (Ready(), Failure("no_document", "why"), PageText(zone.record, (line,), b"/9j/")):
        assert decode_reply(body(frame(reply))) == reply


def test_anything_else_is_refused() -> None:
    with pytest.raises(msgspec.DecodeError):
        decode_reply(b"\x80")
