"""HTTP by hand: bytes out, status, headers and body back."""

from __future__ import annotations

import asyncio

from multidict import CIMultiDict


async def read_answer(reader: asyncio.StreamReader) -> tuple[int, CIMultiDict[str], bytes]:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    status, *lines = head.rstrip("\r\n").split("\r\n")
    headers = CIMultiDict(line.split(": ", 1) for line in lines)
    body = await reader.readexactly(int(headers.get("Content-Length", 0)))
    return int(status.split()[1]), headers, body


async def exchange(port: int, raw: bytes) -> tuple[int, CIMultiDict[str], bytes]:
    """Send ``raw`` and read one answer, which may come before all of it has been taken."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(raw)
        async with asyncio.timeout(10):
            return await read_answer(reader)
    finally:
        writer.transport.abort()
