"""S27: what is secret or personal stays out of everything that is written, whatever goes wrong."""

from __future__ import annotations

import asyncio
import base64
import json
from pathlib import Path
from typing import Any

from tests.functional.process import PROJECT, Served, fetch
from tests.functional.scenarios.faulty import (
    MALEE,
    Behaviour,
    Faulty,
    answers,
    chunk,
    closes,
    found,
    head,
    refuses,
    resets,
    sends,
)
from tests.functional.scenarios.front import picture, process_in_front_of

TOKEN, SECRET, KEY = "CanaryToken1", "CanarySecret2", "CanaryVendorKey3"
NAME, NUMBER, PICTURE, LINK = "Canaryname4", "CANARY5", "canary-picture-6", "canary-link-7"
VENDOR_TEXT = "canary text of a vendor 8"
FOREIGN = "ca9a41e5" * 4

CANARIES = (TOKEN, SECRET, KEY, NAME, NUMBER, PICTURE, LINK, VENDOR_TEXT)

PERSON = {**MALEE, "last_name": NAME, "document_number": NUMBER, "id_type": "PP", "country_region": "VNM"}
TEXT = json.dumps({"error_code": VENDOR_TEXT, "error_msg": f"{VENDOR_TEXT} {NAME}"}).encode()
BROKEN: list[Behaviour] = [
    sends(head(500, content_length=len(TEXT)), TEXT, then=closes),
    sends(head(400, content_length=len(TEXT)), TEXT, then=closes),
    sends(head(200, content_length=len(TEXT)), TEXT, then=closes),
    sends(head(302, location=f"http://{NAME}.invalid/{NUMBER}", content_length=0), then=closes),
    sends(head(429, retry_after=VENDOR_TEXT, content_length=len(TEXT)), TEXT, then=closes),
    sends(head(200, content_length=999), found(PERSON), then=closes),
    sends(head(200, transfer_encoding="chunked"), chunk(found(PERSON)), NAME.encode(), b"\r\n", then=resets),
    sends(f"HTTP/1.1 {NAME} {VENDOR_TEXT}\r\n\r\n".encode(), then=closes),
    sends(b"HTTP/1.1 200 OK\r\n" + f"bad header {NAME}\r\n\r\n".encode(), then=closes),
    answers(found({**PERSON, "id_type": NAME})),
    answers(found({**PERSON, "sex": NUMBER})),
    answers(found({**PERSON, "birth_date": NAME, "country_region": NAME})),
    answers(found({**PERSON, "confidence": {NAME: NAME}})),
    answers(found({**PERSON, "last_name": [NAME]})),
    answers(found(PERSON)[:-9]),
    answers(f"<html>{NAME} {VENDOR_TEXT}</html>".encode()),
    refuses(401, "APIG.0301"),
]


def callers() -> dict[str, Any]:
    account = {"name": "billing", "project_ids": [PROJECT], "token": {"env": "TOKEN"}}
    keys = {"access_key": {"env": "ACCESS"}, "secret_key": {"env": "SECRET"}}
    return {"accounts": [account | keys]}


REQUESTS: list[dict[str, Any]] = [
    {"image": base64.b64encode(PICTURE.encode()).decode()},
    {"image": f"not Base64 {PICTURE}"},
    {"image": picture(PICTURE), "country_region": [NAME], "id_type": [NUMBER]},
    {"image": picture(PICTURE), "return_portrait_image": NAME},
    {"url": f"http://10.0.0.1/{LINK}.jpg?signature={SECRET}"},
    {"url": f"http://{LINK}:{SECRET}@127.0.0.1:1/a.jpg"},
    {"url": f"gopher://{LINK}"},
    {NAME: NUMBER},
]


def ask_badly(served: Served) -> list[str]:
    """Every way in which a caller's own mistakes could get into a log; what it hears of them."""
    url = f"{served.url}/v2/{PROJECT}/ocr/id-document"
    good, wrong = {"X-Auth-Token": TOKEN}, {"X-Auth-Token": f"{SECRET}-wrong"}
    signed = {"Authorization": f"SDK-HMAC-SHA256 Access={SECRET}, SignedHeaders={NAME}, Signature={KEY}"}
    heard = [served.post(body, **good) for body in REQUESTS]
    heard += [fetch(url, f'{{"image": "{PICTURE}"'.encode(), **good), fetch(url, NAME.encode(), **good)]
    heard += [served.post({"image": picture(PICTURE)}, **headers) for headers in (wrong, signed)]
    heard += [served.post({"image": picture(PICTURE)}, **good, **{"X-Gateway-Deadline": NAME})]
    heard += [fetch(f"{served.url}/v2/{FOREIGN}/ocr/{NAME}?{NUMBER}={SECRET}", b"{}", **good)]
    assert all(status >= 400 for status, _, _ in heard)
    return [json.dumps(said) for said in heard]


def ask_well(served: Served, tag: int) -> tuple[int, str]:
    """One good request; the status and all that comes back."""
    body = {"image": picture(f"{PICTURE} {tag}"), "country_region": ["VNM"]}
    answer = served.post(body, **{"X-Auth-Token": TOKEN})
    return answer[0], json.dumps(answer)


async def test_s27_canaries(tmp_path: Path):
    """Secrets and personal values on every path of failure: nowhere in logs, metrics, journal or errors"""
    vendor = Faulty(answers(found(PERSON)), *BROKEN)
    credentials = {"type": "header", "name": "X-Auth-Token", "value": {"env": "KEY"}}
    each = {"credentials": credentials, "breaker": {"mode": "disabled"}, "retry": {"attempts": 1}}
    async with process_in_front_of(
        vendor,
        folder=tmp_path,
        environ={"TOKEN": TOKEN, "ACCESS": "ak", "SECRET": SECRET, "KEY": KEY},
        each=each,
        callers=callers(),
        journal={"directory": "journal", "mode": "strict"},
    ) as served:
        status, answer = await asyncio.to_thread(ask_well, served, 0)
        assert (status, NAME in answer, NUMBER in answer) == (200, True, True)  # the canary sings where it may
        heard = []
        for tag in range(len(BROKEN)):
            status, answer = await asyncio.to_thread(ask_well, served, tag + 1)
            if status != 200:  # some values are merely left out
                heard.append(answer)
        assert len(heard) >= 12
        heard += await asyncio.to_thread(ask_badly, served)
        _, metrics = await asyncio.to_thread(served.get, "/metrics")
        assert await asyncio.to_thread(served.stop) == 0
    journal = "".join(file.read_text() for file in (tmp_path / "journal").iterdir())
    log = json.dumps(served.log)
    assert journal.count("\n") >= len(BROKEN) + len(REQUESTS) + 1
    assert log.count('"gateway.access"') == journal.count("\n")
    assert KEY.encode() in vendor.calls[0].head
    for canary in CANARIES:
        for written in (log, metrics, journal, *heard):
            assert canary.lower() not in written.lower()
