from datetime import UTC, datetime, timedelta

import pytest

from gateway.migrate.end_of_life import Need, warnings
from gateway.migrate.policy import RampPolicy

NOW = datetime(2026, 12, 1, tzinfo=UTC)
END = datetime(2026, 12, 20, tzinfo=UTC)


def ramp(cutover: datetime | None = None) -> RampPolicy:
    return RampPolicy(source="old", target="new", cutover=cutover)


@pytest.mark.parametrize(
    ("need", "needs"),
    [
        (Need("r", ("old",)), True),
        (Need("r", ("old", "new")), True),
        (Need("r", ("new", "old")), False),
        (Need("r", ("new",)), False),
        (Need("r", ("old",), ramp()), True),
        (Need("r", ("new", "old"), ramp()), True),
        (Need("r", ("old",), ramp(END)), False),
        (Need("r", ("old",), ramp(END + timedelta(days=1))), True),
    ],
)
def test_who_needs_it_when_it_ends(need, needs):
    assert need.needs("old", END) is needs


@pytest.mark.parametrize(
    ("end", "line"),
    [
        (NOW + timedelta(days=30), None),
        (
            NOW + timedelta(days=29, hours=23),
            "upstream old ends on 2026-12-30, in 29 days, and is still needed by: r, s",
        ),
        (NOW, "upstream old ended on 2026-12-01, and is still needed by: r, s"),
        (NOW - timedelta(days=400), "upstream old ended on 2025-10-27, and is still needed by: r, s"),
    ],
)
def test_the_last_thirty_days_are_worth_a_word(end, line):
    needs = [Need("r", ("old",)), Need("s", ("old", "new")), Need("t", ("new",))]
    assert warnings({"old": end}, needs, NOW) == ([] if line is None else [line])


def test_what_nobody_needs_may_end():
    assert warnings({"old": NOW, "new": NOW}, [Need("t", ("new",))], NOW) == [
        "upstream new ended on 2026-12-01, and is still needed by: t"
    ]
