"""Every adapter of the registry against every recorded case of its folder.

A case is ``query.json``, then ``N.request.json`` (what the adapter must ask) and ``N.response.json`` (what the vendor
answered) in turn, then ``document.json`` or ``error.json``. ``options.json`` beside the cases holds the adapter's options.
"""

from __future__ import annotations

import importlib
import json
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest

from gateway import errors
from gateway.adapters.registry import ADAPTERS
from gateway.exchange import Adapter, Exchange, VendorRequest, VendorResponse
from gateway.model import DocumentImage, DocumentType, IdDocument, ImageFormat, Query

CASES = Path(__file__).parent / "cases"
MINIMUM = 8


def load(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def folders(name: str) -> list[Path]:
    return sorted(path.parent for path in CASES.glob(f"{name}/*/query.json"))


def adapter_for(name: str) -> Adapter:
    return msgspec.convert(load(CASES / name / "options.json"), type=ADAPTERS[name])


def query_of(case: Path) -> Query:
    given = load(case / "query.json")
    image = given.pop("image")
    return Query(
        image=DocumentImage(
            **image | {"format": ImageFormat(image["format"]), "base64": memoryview(image["base64"].encode())}
        ),
        countries=frozenset(given.pop("countries", ())),
        types=frozenset(map(DocumentType, given.pop("types", ()))),
        deadline=0.0,
        **given,
    )


def response_of(path: Path) -> VendorResponse:
    given = load(path)
    text = given["text"] if "text" in given else json.dumps(given["body"])
    return VendorResponse(given["status"], given["headers"], text.encode())


def seen(request: VendorRequest) -> dict[str, Any]:
    """A request as a case writes it down; a delay is written where there is one."""
    body = b"".join(request.body)
    content = {"body": json.loads(body)} if body else {}
    delay = {"delay": request.delay} if request.delay else {}
    return {"method": request.method, "url": request.url, "headers": dict(request.headers)} | content | delay


def written(document: IdDocument) -> dict[str, Any]:
    """A document as a case writes it down: what is absent is left out."""
    values = {field.name: getattr(document, field.name) for field in fields(document)}
    plain = {name: value for name, value in values.items() if value is not None and value != {}}
    for name, value in plain.items():
        if isinstance(value, date):
            plain[name] = value.isoformat()
        elif isinstance(value, bytes | memoryview):
            plain[name] = bytes(value).decode()
    return plain


def replay(exchange: Exchange, case: Path) -> tuple[list[dict[str, Any]], str, dict[str, Any]]:
    """What was asked, and the name and content of the file that should record the end."""
    asked: list[dict[str, Any]] = []
    try:
        request = next(exchange)
        while True:
            asked.append(seen(request))
            request = exchange.send(response_of(case / f"{len(asked)}.response.json"))
    except StopIteration as finished:
        return asked, "document.json", written(finished.value)
    except errors.GatewayError as error:
        wait = {} if error.retry_after is None else {"retry_after": error.retry_after}
        return asked, "error.json", {"error": type(error).__name__} | wait


@pytest.mark.parametrize(
    ("name", "case"),
    [pytest.param(name, case, id=f"{name}-{case.name}") for name in ADAPTERS for case in folders(name)],
)
def test_case(name: str, case: Path):
    query = query_of(case)
    adapter = adapter_for(name)
    assert adapter.supports(query)

    asked, file, end = replay(adapter.exchange(query), case)

    assert asked == [load(path) for path in sorted(case.glob("*.request.json"))]
    assert end == load(case / file)
    assert len(list(case.iterdir())) == 2 + 2 * len(asked)


@pytest.mark.parametrize("name", ADAPTERS)
def test_the_recorded_cases_are_enough(name: str):
    cases = folders(name)
    assert len(cases) >= MINIMUM

    documents = [load(case / "document.json") for case in cases if (case / "document.json").exists()]
    adapter = adapter_for(name)
    sample = query_of(cases[0])
    for kind in DocumentType:
        asked = Query(image=sample.image, types=frozenset({kind}), deadline=0.0)
        assert not adapter.supports(asked) or any(document.get("id_type") == kind for document in documents)

    failed = [case for case in cases if (case / "error.json").exists()]
    raised = {getattr(errors, load(case / "error.json")["error"]) for case in failed}
    assert any(issubclass(error, errors.DocumentError) for error in raised)
    assert {errors.UpstreamMisconfigured, errors.UpstreamThrottled, errors.UpstreamProtocolError} <= raised
    assert any(load(case / "1.response.json")["status"] == 200 for case in failed)


@pytest.mark.parametrize("name", ADAPTERS)
def test_every_field_is_read_in_some_case_or_declared_absent(name: str):
    absent = importlib.import_module(f"gateway.adapters.{name}.mapping").ABSENT
    read: set[str] = set()
    for case in folders(name):
        if (case / "document.json").exists():
            read |= load(case / "document.json").keys()
    assert read | absent == {field.name for field in fields(IdDocument)}
    assert not read & absent


@pytest.mark.parametrize("name", ADAPTERS)
def test_no_case_holds_a_signature_or_a_time(name: str):
    for path in CASES.glob(f"{name}/*/*.request.json"):
        headers = load(path)["headers"].keys()
        assert not headers & {"authorization", "x-sdk-date", "x-auth-token", "date", "host"}


def test_every_folder_of_cases_belongs_to_an_adapter():
    assert {path.name for path in CASES.iterdir()} == ADAPTERS.keys()
