"""Hours of the day, for what holds every day anew."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta, timezone
from typing import ClassVar, Self

_WRITTEN = re.compile(r"(\d\d:\d\d)-(\d\d:\d\d)(?:Z|([+-])(\d\d):(\d\d))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Hours:
    """From ``begin`` until just before ``end``, over midnight where ``end`` is earlier; ``offset`` is the clock's distance
    from UTC.

    Offsets and no names of zones: those need a database that a small image lacks, and mean another hour after a change of
    law.
    """

    begin: time
    end: time
    offset: timedelta
    expected: ClassVar[str] = "hours such as 08:00-18:00+07:00, or 08:00-18:00 in UTC"

    @classmethod
    def parse(cls, value: object) -> Self:
        match = _WRITTEN.fullmatch(value) if isinstance(value, str) else None
        if match is None:
            raise ValueError(cls.expected)
        try:
            begin, end = time.fromisoformat(match[1]), time.fromisoformat(match[2])
        except ValueError:
            raise ValueError(cls.expected) from None
        offset = timedelta(hours=int(match[4] or 0), minutes=int(match[5] or 0))
        if begin == end or offset > timedelta(hours=14):
            raise ValueError(cls.expected)
        return cls(begin, end, -offset if match[3] == "-" else offset)

    def holds(self, now: datetime) -> bool:
        """Whether it is that time at ``now``, which is aware of its zone."""
        clock = self._local(now).time()
        if self.begin < self.end:
            return self.begin <= clock < self.end
        return clock >= self.begin or clock < self.end

    def weekday(self, now: datetime) -> int:
        """Monday is 0. Hours that began before midnight belong to the day on which they began."""
        local = self._local(now)
        late = self.begin > self.end and local.time() < self.end
        return (local - timedelta(days=1) if late else local).weekday()

    def _local(self, now: datetime) -> datetime:
        return now.astimezone(timezone(self.offset))

    def __str__(self) -> str:
        zone = timezone(self.offset).tzname(None).removeprefix("UTC") or "Z"
        return f"{self.begin:%H:%M}-{self.end:%H:%M}{zone}"
