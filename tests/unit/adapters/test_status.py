from datetime import date

import pytest

from gateway.adapters.status import answered_on, error_for_status, retry_after
from gateway.errors import (
    UpstreamGone,
    UpstreamIncapable,
    UpstreamMisconfigured,
    UpstreamProtocolError,
    UpstreamThrottled,
    UpstreamUnavailable,
)

DATE = "Fri, 01 May 2026 10:00:00 GMT"


@pytest.mark.parametrize(
    ("status", "error"),
    [
        *((status, UpstreamMisconfigured) for status in (401, 402, 403)),
        *((status, UpstreamGone) for status in (404, 405, 410)),
        *((status, UpstreamIncapable) for status in (413, 415, 451)),
        *((status, UpstreamUnavailable) for status in (408, 425, 500, 502, 503, 504, 599)),
        (429, UpstreamThrottled),
        *((status, UpstreamProtocolError) for status in (200, 204, 301, 302, 304, 400, 418)),
    ],
)
def test_each_status_means_one_class(status: int, error: type):
    assert error_for_status(status) is error


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "0"}, 0),
        ({"retry-after": " 120 "}, 120),
        ({"retry-after": "1.5"}, 1.5),
        ({"retry-after": "Fri, 01 May 2026 10:00:30 GMT", "date": DATE}, 30),
        ({"retry-after": "Fri, 01 May 2026 09:00:00 GMT", "date": DATE}, 0),
        ({"retry-after": "Fri, 01 May 2026 10:00:30 GMT"}, None),
        ({"retry-after": "Fri, 01 May 2026 10:00:30 GMT", "date": "today"}, None),
        ({"retry-after": "Fri, 01 May 2026 10:00:30", "date": DATE}, None),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "-1"}, None),
        ({"retry-after": "inf"}, None),
        ({"retry-after": "٣"}, None),
        ({"retry-after": "9" * 400}, None),
        ({}, None),
    ],
)
def test_retry_after_in_all_its_forms(headers: dict[str, str], seconds: float | None):
    assert retry_after(headers) == seconds


@pytest.mark.parametrize(
    ("headers", "day"),
    [
        ({"date": DATE}, date(2026, 5, 1)),
        ({"date": "Fri, 01 May 2026 23:30:00 -0100"}, date(2026, 5, 2)),
        ({"date": "Fri, 01 May 2026 10:00:00"}, None),
        ({"date": "Thu, 01 Jan 1970 00:00:00 GMT"}, None),
        ({"date": "Fri, 31 Dec 9999 23:30:00 -0100"}, None),
        ({"date": "today"}, None),
        ({}, None),
    ],
)
def test_an_answer_says_on_which_day_it_was_given(headers: dict[str, str], day: date | None):
    assert answered_on(headers) == day


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after-ms": "1500", "retry-after": "9"}, 1.5),
        ({"x-ms-retry-after-ms": "20"}, 0.02),
        ({"retry-after-ms": "soon", "retry-after": "9"}, 9.0),
    ],
)
def test_milliseconds_are_finer(headers: dict[str, str], seconds: float):
    assert retry_after(headers) == seconds
