"""One line per log record: JSON for machines, a short coloured line for a person at a terminal.

Nothing is printed that was not meant to be. Of structured fields only those in :data:`FIELDS` appear. Of an exception
appear its type and where it was raised; its message only if it is ours, since a foreign library may put the value it
choked on into it. Of a record of a foreign library appears its constant template, never the values that belong in it.
"""

from __future__ import annotations

import logging
import queue
import threading
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from typing import TextIO

import msgspec

from gateway.errors import GatewayError

FIELDS = frozenset({
    "admin", "attempts", "bytes_in", "cache", "caller", "cost", "country_region", "fitted", "id_type", "input", "listen",
    "milliseconds", "ms", "outcome", "reason", "request_id", "route", "shortfall", "status", "upstream", "upstream_ms",
})  # fmt: skip
"""Names that may appear among a record's ``extra={"fields": {…}}`` and inside its mappings."""

_MAX_TEXT = 200
_MAX_WAITING = 10_000
_FAREWELL = 5.0
"""Seconds that the last lines may take."""

_COLOURS = {"DEBUG": 2, "INFO": 36, "WARNING": 33, "ERROR": 31, "CRITICAL": 35}


@contextmanager
def logging_to(stream: TextIO, environ: Mapping[str, str], *, level: int = logging.INFO) -> Iterator[None]:
    """Send every record to ``stream`` from a thread of its own, so that a stuck pipe does not stop the event loop.

    A terminal gets readable lines, in colour unless ``NO_COLOR`` is set; anything else gets JSON. Where
    10 000 lines wait, further ones are dropped, and their number is told when there is room again.
    """
    writer = _Writer(stream)
    handler = _Queueing(writer)
    handler.setFormatter(TextFormatter(colour=not environ.get("NO_COLOR")) if stream.isatty() else JsonFormatter())
    root = logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(level)
    logging.captureWarnings(capture=True)
    try:
        yield
    finally:
        logging.captureWarnings(capture=False)
        root.setLevel(before)
        root.removeHandler(handler)
        writer.finish()


class JsonFormatter(logging.Formatter):
    """One JSON object per record: ``time`` (UTC), ``level``, ``logger``, ``message``, fields, ``exception``."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "time": _moment(record).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": _message(record),
            **_fields(record),
        }
        if error := _error(record):
            line["exception"] = {"type": _type(error), "message": _own_message(error), "stack": _stack(error)}
        return msgspec.json.encode(line).decode()


class TextFormatter(logging.Formatter):
    """One line for a person, followed by the stack of an exception."""

    def __init__(self, *, colour: bool) -> None:
        super().__init__()
        self._colour = colour

    def format(self, record: logging.LogRecord) -> str:
        level = f"{record.levelname:<8}"
        if self._colour:
            level = f"\x1b[{_COLOURS.get(record.levelname, 0)}m{level}\x1b[0m"
        fields = "".join(f" {name}={_plain(value)}" for name, value in _fields(record).items())
        line = f"{_moment(record):%H:%M:%S} {level} {record.name}: {_printable(_message(record))}{fields}"
        if error := _error(record):
            own = _own_message(error)
            head = f"{_type(error)}: {_printable(own)}" if own else _type(error)
            line += "".join(f"\n    {part}" for part in (head, *_stack(error)))
        return line


class _Writer:
    """A thread that writes lines to ``stream``, from a queue with bounded room."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._lines: queue.Queue[str | None] = queue.Queue(_MAX_WAITING)
        self._thread = threading.Thread(target=self._run, name="log-writer", daemon=True)
        self._thread.start()

    def offer(self, line: str) -> bool:
        """Whether there was room for ``line``."""
        try:
            self._lines.put_nowait(line)
        except queue.Full:
            return False
        return True

    def finish(self) -> None:
        """Write what waits, for as long as somebody reads it."""
        with suppress(queue.Full):
            self._lines.put(None, timeout=_FAREWELL)
            self._thread.join(_FAREWELL)

    def _run(self) -> None:
        while (line := self._lines.get()) is not None:
            with suppress(OSError, ValueError):  # the reader is gone, or the stream is closed: nowhere to tell
                self._stream.write(line + "\n")
                self._stream.flush()


class _Queueing(logging.Handler):
    """Formats in the thread that logs, which knows the exception, and leaves the line to the writer."""

    def __init__(self, writer: _Writer) -> None:
        super().__init__()
        self._writer = writer
        self._dropped = 0

    def emit(self, record: logging.LogRecord) -> None:
        if not self._writer.offer(self.format(record)):
            self._dropped += 1
        elif self._dropped:
            dropped, self._dropped = self._dropped, 0
            logging.getLogger(__name__).warning("%d log lines were dropped", dropped)


def _moment(record: logging.LogRecord) -> datetime:
    return datetime.fromtimestamp(record.created, UTC)


def _message(record: logging.LogRecord) -> str:
    if record.name.partition(".")[0] != "gateway":
        place = f"{record.module}:{record.lineno}"
        return _encodable(f"{record.msg} [{place}]" if record.args else f"withheld [{place}]")
    try:
        return _encodable(record.getMessage())
    except (TypeError, ValueError):  # arguments that do not fit the template
        return _encodable(str(record.msg))


def _fields(record: logging.LogRecord) -> dict[str, object]:
    fields = getattr(record, "fields", None)
    cleaned = _clean(fields)
    return cleaned if isinstance(cleaned, dict) else {}


def _clean(value: object) -> object:
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, str):
        return _encodable(value[:_MAX_TEXT])
    if isinstance(value, Mapping):
        return {name: _clean(item) for name, item in value.items() if name in FIELDS}
    if isinstance(value, list | tuple):
        return [_clean(item) for item in value]
    return type(value).__name__


def _encodable(text: str) -> str:
    """``text`` without the lone surrogates that no UTF-8 stream takes."""
    return text.encode(errors="replace").decode()


def _error(record: logging.LogRecord) -> BaseException | None:
    return record.exc_info[1] if isinstance(record.exc_info, tuple) else None


def _type(error: BaseException) -> str:
    return f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins.")


def _own_message(error: BaseException) -> str:
    return str(error) if isinstance(error, GatewayError) else ""


def _stack(error: BaseException) -> list[str]:
    """Where it was raised, outermost first, and the same for what caused it; positions only, no source lines."""
    frames = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)]
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return [*frames, f"caused by {_type(cause)}", *_stack(cause)] if cause else frames


def _plain(value: object) -> str:
    return _printable(value) if isinstance(value, str) else msgspec.json.encode(value).decode()


def _printable(text: str) -> str:
    """Control characters escaped: no line breaks of others in our lines, no escape sequences to the terminal."""
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in text)
