"""The vendor's time of day, learned from its own answers where our clock is wrong."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from gateway.clock import wall_clock
from gateway.exchange import VendorResponse

TOLERANCE = timedelta(seconds=60)
"""A signature that is off by less was refused for another reason: vendors allow 5 to 15 minutes. It has to bear the time
that the request was under way, too."""

POSSIBLE = range(2024, 2100)
"""Years that a vendor's date is believed in."""


class VendorClock:
    """Our clock until an answer shows that it is wrong; then our clock and the difference.

    One number is kept. It is learned anew whenever an answer contradicts it, also after our clock has been set right.
    """

    def __init__(self, clock: Callable[[], datetime] = wall_clock) -> None:
        self._clock = clock
        self._offset = timedelta()

    def now(self) -> datetime:
        """The time to sign with, in UTC."""
        return (self._clock() + self._offset).astimezone(UTC)

    def contradicted(self, signed_at: datetime, response: VendorResponse) -> bool:
        """Whether the vendor's ``Date`` is so far from the time of the request's signature that it would explain a
        refusal. An answer to a request that was signed with what has been learned since does not contradict again.
        """
        date = _date(response)
        return date is not None and abs(date - signed_at) > TOLERANCE

    def follow(self, response: VendorResponse) -> None:
        """From now on, take the time that ``response`` gives. Without a ``Date`` nothing changes."""
        date = _date(response)
        if date is not None:
            self._offset = date - self._clock()


def _date(response: VendorResponse) -> datetime | None:
    """When the vendor answered (RFC 9110 section 6.6.1), to the second; None for no date, or one that cannot be."""
    try:
        date = parsedate_to_datetime(response.headers.get("date", ""))
    except ValueError:
        return None
    return date.astimezone(UTC) if date.tzinfo is not None and date.year in POSSIBLE else None
