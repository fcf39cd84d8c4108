import io
import json
import logging
import os
import threading

import pytest

from gateway.errors import NoDocument
from gateway.logs import FIELDS, JsonFormatter, TextFormatter, logging_to
from gateway.model import Attempt
from gateway.wire.record import RequestRecord, finished
from gateway.wire.record import log as access_log
from tests.fakes import make_query


class Terminal(io.StringIO):
    def isatty(self):
        return True


class Stuck(io.StringIO):
    """A pipe whose reader is asleep until it is woken."""

    def __init__(self):
        super().__init__()
        self.reached, self.awake, self.written = threading.Event(), threading.Event(), threading.Event()

    def write(self, text):
        self.reached.set()
        assert self.awake.wait(10)
        length = super().write(text)
        self.written.set()
        return length


def record(message="hello", *args, name="gateway.test", level=logging.INFO, error=None, **fields):
    exc_info = (type(error), error, error.__traceback__) if error else None
    made = logging.getLogger(name).makeRecord(name, level, "/app/module.py", 7, message, args, exc_info)
    if fields:
        made.fields = fields
    return made


def as_json(*args, **kwargs):
    text = JsonFormatter().format(record(*args, **kwargs))
    assert "\n" not in text
    return json.loads(text)


def raised(error, cause=None):
    with pytest.raises(type(error)) as caught:
        raise error from cause
    return caught.value


def test_a_record_is_one_json_object():
    line = as_json("started %s", "well", status=200, attempts=[{"upstream": "local", "ms": 7}])
    assert line.pop("time").endswith("Z")
    assert line == {
        "level": "info",
        "logger": "gateway.test",
        "message": "started well",
        "status": 200,
        "attempts": [{"upstream": "local", "ms": 7}],
    }


def test_all_of_an_access_line_is_printed(caplog):
    caplog.set_level(logging.INFO, logger="gateway.access")
    query = make_query()
    query.trail.add(Attempt("local", "ok", 0.2))
    access = RequestRecord("id", "POST", 0.0, 1.0, query=query)
    access_log(access, finished(access, 1.5))
    (made,) = caplog.records
    line = json.loads(JsonFormatter().format(made))
    assert made.fields == {name: line[name] for name in made.fields}


def test_only_named_fields_are_printed_at_any_depth():
    line = as_json(document_number="X123", attempts=[{"upstream": "local", "first_name": "ANNA"}], reason=object())
    assert "document_number" not in line
    assert line["attempts"] == [{"upstream": "local"}]
    assert line["reason"] == "object"
    assert "ANNA" not in json.dumps(line)
    assert not FIELDS & {"document", "image", "body", "token", "url", "path"}


def test_long_values_are_cut():
    assert len(as_json(caller="x" * 10_000)["caller"]) == 200


def test_fields_that_are_no_mapping_are_left_out():
    made = record()
    made.fields = "ANNA"
    assert "ANNA" not in JsonFormatter().format(made)


def test_our_own_error_is_printed_with_its_message():
    line = as_json(error=raised(NoDocument("nothing in the picture")))
    assert line["exception"]["type"] == "gateway.errors.NoDocument"
    assert line["exception"]["message"] == "nothing in the picture"
    assert "test_logs.py" in line["exception"]["stack"][0]


@pytest.mark.parametrize("formatter", [JsonFormatter(), TextFormatter(colour=False)])
def test_the_message_of_a_foreign_error_and_of_its_cause_is_withheld(formatter):
    error = raised(RuntimeError("secret-1"), raised(ValueError("secret-2")))
    text = formatter.format(record(error=error))
    assert "secret" not in text
    assert "RuntimeError" in text
    assert "caused by ValueError" in text


def test_of_a_foreign_record_only_its_template_is_printed():
    assert as_json("cannot parse %s", "secret", name="aiohttp.server")["message"] == "cannot parse %s [module:7]"
    assert as_json("Future exception: secret", name="asyncio")["message"] == "withheld [module:7]"
    assert as_json("gatewayish", name="gatewayish")["message"] == "withheld [module:7]"


def test_a_line_for_a_person():
    line = TextFormatter(colour=False).format(record("answered", status=200, route="default"))
    assert line.endswith("INFO     gateway.test: answered status=200 route=default")
    assert "\x1b" not in line


def test_a_line_for_a_person_cannot_be_forged():
    line = TextFormatter(colour=False).format(record("bad\x1b[2J\nINFO fake", caller="x\ny"))
    assert "\n" not in line
    assert "\x1b" not in line


@pytest.mark.parametrize(("environ", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False), ({"NO_COLOR": ""}, True)])
def test_a_terminal_gets_text_in_colour_unless_refused(environ, coloured):
    stream = Terminal()
    with logging_to(stream, environ):
        logging.getLogger("gateway.test").warning("careful")
    assert "gateway.test: careful" in stream.getvalue()
    assert ("\x1b[33m" in stream.getvalue()) == coloured


def test_anything_else_gets_json_and_nothing_after_the_end():
    stream = io.StringIO()
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    with logging_to(stream, os.environ):
        logging.getLogger("gateway.test").info("one")
        logging.getLogger("gateway.test").debug("too fine")
    logging.getLogger("gateway.test").warning("late")
    assert [json.loads(line)["message"] for line in stream.getvalue().splitlines()] == ["one"]
    assert (root.handlers, root.level) == (handlers, level)


def test_a_stuck_stream_stops_nobody_and_costs_bounded_memory():
    stream = Stuck()
    logger = logging.getLogger("gateway.test")
    with logging_to(stream, {}):
        logger.info("first")
        assert stream.reached.wait(10)
        for _ in range(10_050):
            logger.info("more")
        stream.awake.set()
    lines = [json.loads(line)["message"] for line in stream.getvalue().splitlines()]
    assert lines == ["first"] + ["more"] * 10_000


def test_the_number_of_dropped_lines_is_told_once_there_is_room():
    stream = Stuck()
    logger = logging.getLogger("gateway.test")
    with logging_to(stream, {}):
        logger.info("first")
        assert stream.reached.wait(10)
        for _ in range(10_007):
            logger.info("more")
        stream.awake.set()
        while stream.getvalue().count("more") < 2:
            stream.written.wait(10)
        logger.info("again")
    lines = [json.loads(line)["message"] for line in stream.getvalue().splitlines()]
    assert lines[-2:] == ["again", "7 log lines were dropped"]


def test_a_reader_that_has_gone_away_harms_nobody():
    stream = io.StringIO()
    with logging_to(stream, {}):
        stream.close()
        logging.getLogger("gateway.test").info("into the void")


def test_arguments_that_do_not_fit_and_text_that_is_no_unicode_do_not_break_the_line():
    assert as_json("%d things", "no number")["message"] == "%d things"
    assert as_json("odd \udcff", caller="\udcff")["caller"] == "?"
