"""Start the gateway on free ports, read the specimen gallery as a caller of the old API would, show what came back, stop.

Needs nothing but the runtime environment: no account, no network, no fonts. Colours only on a terminal.
"""

from __future__ import annotations

import base64
import json
import os
import secrets
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
GALLERY = ROOT / "tests" / "specimens" / "gallery"
PROJECT_ID = "0123456789abcdef0123456789abcdef"
SHOWN_METRICS = ("gateway_requests_total", "gateway_attempts_total", "gateway_http_server_request_duration_seconds_sum")

COLOUR = sys.stdout.isatty() and "NO_COLOR" not in os.environ


def paint(code: str, text: str) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if COLOUR else text


def start_gateway(token: str) -> tuple[subprocess.Popen[str], str, str]:
    """The process, and the addresses of its caller side and admin side, from its own log line."""
    process = subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-m", "gateway", "serve", "--config", str(ROOT / "config" / "examples" / "demo.yaml")],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "DEMO_TOKEN": token},
        cwd=ROOT,
    )
    assert process.stdout is not None
    for line in process.stdout:
        entry = json.loads(line)
        if entry.get("message") == "serving":
            return process, entry["listen"], entry["admin"]
    raise SystemExit(f"the gateway did not start (exit code {process.wait()})")


def recognize(caller: str, token: str, picture: Path) -> tuple[int, dict[str, Any], float]:
    """POST one picture exactly as a program written for the old service does: status, answer, seconds."""
    body = {"image": base64.b64encode(picture.read_bytes()).decode(), "return_portrait_image": True}
    request = urllib.request.Request(  # noqa: S310 - an http address that our own process told us
        f"{caller}/v2/{PROJECT_ID}/ocr/id-document",
        data=json.dumps(body).encode(),
        headers={"Content-Type": "application/json", "X-Auth-Token": token},
    )
    start = time.perf_counter()
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310
            return answer.status, json.load(answer), time.perf_counter() - start
    except urllib.error.HTTPError as fault:
        with fault:
            return fault.code, json.load(fault), time.perf_counter() - start


def shorten(answer: dict[str, Any]) -> dict[str, Any]:
    """The same answer with the portrait's Base64 cut to its first characters."""
    portrait = answer.get("result", {}).get("portrait_image")
    if portrait:
        answer["result"]["portrait_image"] = f"{portrait[:24]}... ({len(portrait)} characters)"
    return answer


def differences(answer: dict[str, Any], truth: dict[str, Any]) -> list[str]:
    """Fields that say something else than the specimen prints; names count in the letters of its zone too. All of them
    where a document was refused, or one was seen where there is none.
    """
    result = answer.get("result", {})
    if "documents" in truth:
        return sorted(result)
    if not result:
        return sorted(name for name, value in truth.items() if isinstance(value, str))
    return [
        name for name, value in result.items() if name in truth and value not in {truth[name], truth.get(f"mrz_{name}")}
    ]


def show(picture: Path, status: int, answer: dict[str, Any], seconds: float, wrong: list[str]) -> None:
    mark = paint("32", "200 OK") if status == 200 else paint("33", f"{status} fault")
    right = "as printed" if status == 200 else "rightly: there is no document in it"
    verdict = paint("31", f"not as printed: {', '.join(wrong)}") if wrong else paint("32", right)
    print(f"{paint('1', picture.name)}  {mark}  {paint('2', f'{seconds:.2f} s')}  {verdict}")
    text = json.dumps(shorten(answer), ensure_ascii=False, indent=2)
    print("\n".join("  " + line for line in text.splitlines()), end="\n\n")


def show_metrics(admin: str) -> None:
    with urllib.request.urlopen(f"{admin}/metrics", timeout=10) as answer:  # noqa: S310
        lines = answer.read().decode().splitlines()
    print(paint("1", f"metrics  {admin}/metrics"))
    for line in lines:
        if line.startswith(SHOWN_METRICS) and not line.endswith(" 0.0"):
            print("  " + line)


def main() -> int:
    pictures = sorted(GALLERY.glob("*.jpg"))
    truths = json.loads((GALLERY / "truth.json").read_text("utf-8"))
    token = secrets.token_urlsafe(16)
    process, caller, admin = start_gateway(token)
    print(f"The gateway listens on {caller} (callers) and {admin} (operators).")
    print(f"Reading {len(pictures)} specimen documents with the embedded reader.\n")
    try:
        started = time.perf_counter()
        statuses, mistakes = [], 0
        for picture in pictures:
            status, answer, seconds = recognize(caller, token, picture)
            wrong = differences(answer, truths[picture.name])
            mistakes += len(wrong)
            show(picture, status, answer, seconds, wrong)
            statuses.append(status)
        total = time.perf_counter() - started
        show_metrics(admin)
    finally:
        process.terminate()
        process.communicate(timeout=30)
    read = statuses.count(200)
    summary = f"{read} documents read, {len(statuses) - read} pictures refused, {mistakes} fields wrong, {total:.1f} s"
    print("\n" + paint("1", f"{summary}; the gateway stopped with exit code {process.returncode}"))
    return process.returncode or (1 if mistakes else 0)


if __name__ == "__main__":
    sys.exit(main())
