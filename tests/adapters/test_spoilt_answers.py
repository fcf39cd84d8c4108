"""Every adapter against its recorded answers, spoilt: more fields than known, cut off, of other types, another page."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

import pytest

from gateway.errors import GatewayError
from gateway.exchange import VendorResponse
from gateway.model import IdDocument
from tests.adapters.cases import FIELDS, Case, every_case, written

SAMPLES = 20
"""Answers with one wrong value that are tried for each case, drawn by its name."""

READ = [case for case in every_case() if case.document is not None]
JSON = [case for case in READ if case.response(len(case.requests)).body.startswith((b"{", b"["))]


def end(case: Case, spoil: Callable[[bytes], bytes]) -> IdDocument | GatewayError:
    """What the exchange comes to when its last answer is spoilt."""
    exchange = case.adapter.exchange(case.query)
    try:
        next(exchange)
        for number in range(1, len(case.requests) + 1):
            response = case.response(number)
            if number == len(case.requests):
                response = VendorResponse(response.status, response.headers, spoil(response.body))
            exchange.send(response)
    except StopIteration as finished:
        document: IdDocument = finished.value
        return document
    except GatewayError as error:
        return error
    finally:
        exchange.close()
    return GatewayError("asks on")


def extended(value: Any) -> Any:
    """With a field more in every object, beside what is there."""
    if isinstance(value, dict):
        return {name: extended(member) for name, member in value.items()} | {"brandNew": {"x": [1]}}
    return [extended(member) for member in value] if isinstance(value, list) else value


def spoilt(value: Any) -> Iterator[Any]:
    """With one value after another of another type."""
    if isinstance(value, dict):
        for name, member in value.items():
            yield from ({**value, name: other} for other in spoilt(member))
    elif isinstance(value, list):
        for index, member in enumerate(value[:3]):
            yield from ([*value[:index], other, *value[index + 1 :]] for other in spoilt(member))
    yield from (None, True, -7, 1e300, "", "\x00\ud7ff", [], {}, [[]])


@pytest.mark.parametrize("case", JSON, ids=str)
def test_more_fields_than_known_change_nothing(case: Case):
    result = end(case, lambda body: json.dumps(extended(json.loads(body))).encode())
    assert isinstance(result, IdDocument), result
    assert written(result) == case.document


@pytest.mark.parametrize("case", READ, ids=str)
def test_an_answer_that_is_cut_off_is_never_a_success(case: Case):
    body = case.response(len(case.requests)).body
    for length in {len(body) * part // 8 for part in range(8)} | {len(body.rstrip()) - 1}:
        result = end(case, lambda whole, length=length: whole[:length])
        assert isinstance(result, GatewayError), length


@pytest.mark.parametrize("case", READ, ids=str)
def test_a_page_in_place_of_an_answer_is_never_a_success(case: Case):
    for page in (b"<html><title>200 OK</title></html>", b"", b"null", b"[]", b"{}", b'""', b"\xff\xfe", b"[" * 50_000):
        assert isinstance(end(case, lambda _body, page=page: page), GatewayError), page


@pytest.mark.parametrize("case", JSON, ids=str)
def test_values_of_other_types_are_an_error_of_ours_or_absent_and_never_a_crash(case: Case):
    values = list(spoilt(json.loads(case.response(len(case.requests)).body)))
    for value in Random(str(case)).sample(values, min(SAMPLES, len(values))):  # noqa: S311 - the same every time
        result = end(case, lambda _body, value=value: json.dumps(value).encode())
        if isinstance(result, IdDocument):
            assert set(written(result)) <= set(FIELDS)
