"""From a vendor's error code to the error it stands for: the vendor's own table first, then the HTTP status."""

from __future__ import annotations

import re
from collections.abc import Mapping

from gateway.adapters.status import error_for_status, retry_after
from gateway.errors import GatewayError, UpstreamProtocolError
from gateway.exchange import VendorResponse

_CODE = re.compile(r"[A-Za-z0-9_.:-]{1,80}")


def failure(response: VendorResponse, code: str, table: Mapping[str, type[GatewayError]]) -> GatewayError:
    """The error for ``code`` of ``response``: an exact entry of ``table``, else that of the longest prefix before a dot.

    A code that the table does not know goes by the HTTP status; with a status of success it is an
    :class:`UpstreamProtocolError`, since an error must not pass as an answer. The vendor's text is never repeated: nobody
    promises that it holds nothing personal.
    """
    said = code if _CODE.fullmatch(code) else ""
    kind = _entry(said, table)
    if kind is None:
        kind = UpstreamProtocolError if response.status < 400 else error_for_status(response.status)
    return kind(f"HTTP {response.status} {said}".rstrip(), retry_after=retry_after(response.headers))


def _entry(code: str, table: Mapping[str, type[GatewayError]]) -> type[GatewayError] | None:
    while code and code not in table:
        code = code.rpartition(".")[0]
    return table.get(code)
