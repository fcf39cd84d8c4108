"""The probe of a container's coverage, against a fake container on a loopback port; Regula's own client is the judge of
the fake.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import msgspec
from regula.documentreader.webclient import DocumentReaderApi
from regula.documentreader.webclient.gen.models import DocumentType as TheirType

from gateway.adapters.regula import Regula
from gateway.model import DocumentType
from scripts.regula_doclist import fetch, main

PASSPORT, LICENCE, CARD, VISA = 11, 49, 12, 30


def listed(country: str, doc_type: int, document: str, **more: object) -> dict[str, object]:
    return {
        "barcode_fields": False,
        "country": country,
        "created": "2019-01-01",
        "doc_type": doc_type,
        "document": document,
        "graphic_fields": True,
        "id": 1,
        "mrz": True,
        "rfid_chip": False,
        "text_fields": True,
        "updated": "2026-01-01",
    } | more


ITEMS = [
    listed("Thailand", PASSPORT, "Thailand - ePassport (2020)", icao_code="THA"),
    listed("Thailand", CARD, "Thailand - Id Card (2005)", icao_code="THA"),
    *[listed("Vietnam", LICENCE, f"Vietnam - Driving License ({year})") for year in (2013, 2017, 2020, 2023)],
    listed("Hong Kong", CARD, "Hong Kong - Id Card (2018)"),
    listed("Thailand", VISA, "Thailand - Visa (2017)", icao_code="THA"),
    listed("Germany", PASSPORT, "Germany - ePassport (2017)", icao_code="D<<"),
    listed("Russia", int(TheirType.DOMESTIC_PASSPORT), "Russia - Domestic Passport (1997)", icao_code="RUS"),
]


@contextmanager
def container(body: bytes, status: int = 200) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status if self.path == "/api/doclist" else 404)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def test_what_is_printed_is_what_the_option_takes(capsys):
    with container(json.dumps({"items": ITEMS}).encode()) as endpoint:
        assert main([endpoint]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "THA PP  Thailand - ePassport (2020)" in lines
    assert "HKG ID  Hong Kong - Id Card (2018)" in lines
    assert (
        "VNM DL  Vietnam - Driving License (2013), Vietnam - Driving License (2017), Vietnam - Driving License (2020),"
        " and 1 more" in lines
    )
    assert "RUS PP  not listed" in lines
    assert lines[-2:] == ["4 of 23 pairs", "pairs: [VNM DL, THA ID PP, HKG ID]"]

    pairs = lines[-1].removeprefix("pairs: [").removesuffix("]").split(", ")
    narrowed = msgspec.convert({"endpoint": "http://regula:8080", "pairs": pairs}, Regula)
    assert narrowed.coverage.keys() == {
        ("VNM", DocumentType.DRIVING_LICENCE),
        ("THA", DocumentType.PASSPORT),
        ("THA", DocumentType.IDENTITY_CARD),
        ("HKG", DocumentType.IDENTITY_CARD),
    }


def test_the_vendors_own_client_gets_the_same_list():
    with container(json.dumps({"items": ITEMS}).encode()) as endpoint:
        ours = fetch(endpoint)
        theirs = DocumentReaderApi(host=endpoint).doclist()
    assert [(item.country, item.doc_type, item.document) for item in theirs.items] == [
        (item.country, item.doc_type, item.document) for item in ours
    ]


def test_a_container_without_a_list(capsys):
    for body, status in ((b"<html>", 200), (b"{}", 200), (b"bad license", 403)):
        with container(body, status) as endpoint:
            assert main([endpoint]) == 1
    assert main(["regula:8080"]) == 1
    assert capsys.readouterr().err.count("no list of documents") == 4
