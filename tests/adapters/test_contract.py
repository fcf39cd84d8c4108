"""Every adapter of the registry against every recorded case of its folder, without a network."""

from __future__ import annotations

import importlib
from dataclasses import replace
from typing import Any

import pytest

from gateway import errors
from gateway.adapters.coverage import ALL_PAIRS
from gateway.adapters.registry import ADAPTERS
from gateway.exchange import Exchange
from gateway.model import DocumentType
from tests.adapters.cases import FIELDS, FOLDER, Case, cases, every_case, load, seen, variants, written

MINIMUM = 8
SECRET_OR_FLEETING = frozenset(
    {"authorization", "date", "host", "x-sdk-date", "x-auth-token", "x-tc-timestamp", "x-acs-date"}
)


def replay(exchange: Exchange, case: Case) -> tuple[list[dict[str, Any]], str, dict[str, Any]]:
    """What was asked, and the name and content of the file that should record the end."""
    asked: list[dict[str, Any]] = []
    try:
        request = next(exchange)
        while True:
            asked.append(seen(request))
            request = exchange.send(case.response(len(asked)))
    except StopIteration as finished:
        return asked, "document.json", written(finished.value)
    except errors.GatewayError as error:
        wait = {} if error.retry_after is None else {"retry_after": error.retry_after}
        return asked, "error.json", {"error": type(error).__name__} | wait


@pytest.mark.parametrize("case", every_case(), ids=str)
def test_case(case: Case):
    assert case.adapter.supports(case.query)

    asked, file, end = replay(case.adapter.exchange(case.query), case)

    assert asked == case.requests
    assert end == load(case.folder / file)
    others = {"query.json", "options.json", "credentials.json", "answer.json"}
    files = {path.name for path in case.folder.iterdir()} - others
    numbers = range(1, len(asked) + 1)
    assert files == {file} | {f"{number}.{kind}.json" for number in numbers for kind in ("request", "response")}


@pytest.mark.parametrize("name", ADAPTERS)
def test_the_recorded_cases_are_enough(name: str):
    recorded = cases(name)
    assert len(recorded) >= MINIMUM

    documents = [case.document for case in recorded if case.document is not None]
    readable = {kind for adapter in variants(name) for _, kind in adapter.coverage}
    assert readable == {DocumentType(document["id_type"]) for document in documents if "id_type" in document}

    failed = [case for case in recorded if case.error is not None]
    raised = {getattr(errors, case.error["error"]) for case in failed if case.error is not None}
    assert any(issubclass(error, errors.DocumentError) for error in raised)
    assert {errors.UpstreamMisconfigured, errors.UpstreamThrottled, errors.UpstreamProtocolError} <= raised
    assert any(case.response(len(case.requests)).status == 200 for case in failed)


@pytest.mark.parametrize("name", ADAPTERS)
def test_every_field_is_read_in_some_case_or_declared_absent(name: str):
    absent = importlib.import_module(f"gateway.adapters.{name}.mapping").ABSENT
    read = {field for case in cases(name) for field in case.document or ()} - {"mrz"}
    assert read | absent == set(FIELDS) - {"mrz"}
    assert not read & absent


@pytest.mark.parametrize("name", ADAPTERS)
def test_what_is_supported_is_what_is_covered(name: str):
    anything = cases(name)[0].query
    for adapter in variants(name):
        for country, kind in ALL_PAIRS:
            query = replace(anything, countries=frozenset({country}), types=frozenset({kind}))
            assert adapter.supports(query) == ((country, kind) in adapter.coverage), (adapter, country, kind)


@pytest.mark.parametrize("name", ADAPTERS)
def test_no_case_holds_a_signature_or_a_time(name: str):
    for case in cases(name):
        for request in case.requests:
            assert not request["headers"].keys() & SECRET_OR_FLEETING


def test_every_folder_of_cases_belongs_to_an_adapter():
    assert {path.name for path in FOLDER.iterdir()} == ADAPTERS.keys()
