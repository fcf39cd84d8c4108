"""What an HTTP answer means before its body is understood; the same for every vendor."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

from gateway.errors import (
    UpstreamError,
    UpstreamGone,
    UpstreamIncapable,
    UpstreamMisconfigured,
    UpstreamProtocolError,
    UpstreamThrottled,
    UpstreamUnavailable,
)

STATUSES: Mapping[int, type[UpstreamError]] = {
    401: UpstreamMisconfigured,
    402: UpstreamMisconfigured,
    403: UpstreamMisconfigured,
    404: UpstreamGone,
    405: UpstreamGone,
    408: UpstreamUnavailable,
    410: UpstreamGone,
    413: UpstreamIncapable,
    415: UpstreamIncapable,
    425: UpstreamUnavailable,
    429: UpstreamThrottled,
    451: UpstreamIncapable,
}


def error_for_status(status: int) -> type[UpstreamError]:
    """The error class for an answer that carries no code of the vendor's own."""
    if status >= 500:
        return UpstreamUnavailable
    return STATUSES.get(status, UpstreamProtocolError)


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds that ``Retry-After`` asks for (RFC 9110 section 10.2.3), or None where it says nothing usable.

    ``retry-after-ms`` and ``x-ms-retry-after-ms``, which OpenAI and Azure send beside it, say the same more finely. A date is counted from the answer's own ``Date``, so that neither side's clock matters.
    """
    for name in ("retry-after-ms", "x-ms-retry-after-ms"):
        if re.fullmatch(r"\d{1,12}", milliseconds := headers.get(name, "").strip(), re.ASCII):
            return int(milliseconds) / 1000
    value = headers.get("retry-after", "").strip()
    if re.fullmatch(r"\d{1,9}(\.\d{1,9})?", value, re.ASCII):
        return float(value)
    until, since = _http_date(value), _http_date(headers.get("date", ""))
    if until is None or since is None:
        return None
    return max(0.0, (until - since).total_seconds())


def answered_on(headers: Mapping[str, str]) -> date | None:
    """The day in UTC on which an answer was given, by its own ``Date`` (RFC 9110 section 6.6.1): an adapter has no clock.

    None without one, or with one that is not of this millennium.
    """
    moment = _http_date(headers.get("date", ""))
    return moment.astimezone(UTC).date() if moment is not None and 2000 < moment.year < 3000 else None


def _http_date(value: str) -> datetime | None:
    try:
        parsed = parsedate_to_datetime(value)
    except ValueError:
        return None
    return parsed if parsed.tzinfo is not None else None
