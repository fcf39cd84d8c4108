from pathlib import Path

import pytest

from gateway import errors
from gateway.errors import GatewayError
from gateway.resilience.breaker import Breaker
from gateway.resilience.circuit import BreakerPolicy
from scripts.errors_table import table
from tests.fakes import Events, FakeRecognizer, make_query

DOCUMENT = Path(__file__).parents[3] / "docs" / "resilience.md"
ROWS = {cells[1].strip(" `"): cells[5].strip() for cells in (row.split("|") for row in table().splitlines()[2:])}


def test_the_page_has_the_table():
    assert table() in DOCUMENT.read_text("utf-8"), "python -m scripts.errors_table"


async def opened_after(error: GatewayError, times: int) -> list[str]:
    """Reasons why the circuit opened, with two failures allowed for."""
    events = Events()
    breaker = Breaker(FakeRecognizer("a", error), "a", BreakerPolicy(consecutive=2), observer=events)
    for _ in range(times):
        with pytest.raises(GatewayError):
            await breaker.recognize(make_query())
    return [event.reason for event in events]


@pytest.mark.parametrize("name", ROWS)
async def test_the_circuit_does_as_the_table_says(name: str):
    kind = getattr(errors, name)
    if ROWS[name] == "opens at once":
        assert len(await opened_after(kind(), 1)) == 1
    else:
        assert len(await opened_after(kind(), 2)) == (ROWS[name] == "a failure")
