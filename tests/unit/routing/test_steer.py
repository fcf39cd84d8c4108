import pytest

from gateway.errors import InvalidParameter, NoRoute
from gateway.model import IdDocument, Recognition
from gateway.routing.shares import bucket
from gateway.routing.split import Split, SplitPolicy
from gateway.routing.steer import Steer, led_by
from tests.fakes import make_query

TARGETS = ["bangkok", "azure", "local"]


class Arm:
    """Answers with the order in which it would ask."""

    def __init__(self, names):
        self.names = ">".join(names)

    async def recognize(self, _query, /):
        return Recognition(IdDocument(), self.names)


def steer(shares=None, names=TARGETS, reserve=TARGETS):
    return Steer("r", names, reserve, Arm, shares=shares)


async def asked(steered, **changes):
    return (await steered.recognize(make_query(**changes))).upstream


def test_the_first_leads_and_the_others_keep_their_order():
    assert led_by("local", TARGETS) == ("local", "bangkok", "azure")
    assert led_by("new", TARGETS) == ("new", *TARGETS)


async def test_without_shares_the_first_target_is_asked_first():
    assert await asked(steer()) == "bangkok>azure>local"


async def test_each_caller_has_its_target_and_the_others_follow():
    shares = Split(SplitPolicy(weights={"bangkok": 80, "azure": 20}), TARGETS)
    for number in range(200):
        query = make_query(caller=f"c{number}")
        expected = "bangkok>azure>local" if bucket("r", shares.key, query) < 8000 else "azure>bangkok>local"
        assert (await steer(shares).recognize(query)).upstream == expected


async def test_a_caller_that_may_choose_is_obeyed():
    shares = Split(SplitPolicy(weights={"bangkok": 1}), TARGETS)
    assert await asked(steer(shares), target="local") == "local>bangkok>azure"
    assert await asked(steer(shares), target="local", alone=True) == "local"
    assert await asked(steer(shares), alone=True) == "bangkok"


async def test_a_target_that_the_route_does_not_have_is_a_fault_of_the_caller():
    with pytest.raises(InvalidParameter, match="no target"):
        await asked(steer(), target="mindee")


async def test_where_no_target_may_be_asked_nobody_is():
    with pytest.raises(NoRoute):
        await asked(steer(names=[], reserve=[]))
    with pytest.raises(NoRoute):
        await asked(steer(names=[], reserve=[]), target="bangkok")


async def test_who_may_come_first_need_not_be_a_reserve():
    steered = steer(names=["bangkok", "new"], reserve=["bangkok"])
    assert await asked(steered) == "bangkok"
    assert await asked(steered, target="new") == "new>bangkok"
