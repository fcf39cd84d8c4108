from __future__ import annotations

import pytest

from gateway.config.limit_checks import check_client
from gateway.config.load import load_text


def problems(callers: str, *, price: float = 0.01, budget: str = "") -> list[str]:
    upstreams = f"{{vendor: {{adapter: replay, price: {price}{budget}}}}}"
    text = f"callers: {callers}\nupstreams: {upstreams}\nroutes: [{{name: default, targets: [vendor]}}]"
    loaded = load_text(text, name="f", environ={"A": "1"})
    return [f"{problem.path}: {problem.message}" for problem in loaded.source.problems]


ACCOUNT = "{{accounts: [{{name: a, project_ids: [p], token: {{env: A}}, limits: {limits}}}]}}"


@pytest.mark.parametrize(
    "callers",
    [
        ACCOUNT.format(limits="{rate: 10, burst: 20, concurrency: 8, budget: 500}"),
        ACCOUNT.format(limits="{rate: 0.5}"),
        ACCOUNT.format(limits="{}"),
        "{anonymous: true, limits: {concurrency: 4, budget: 1}}",
    ],
)
def test_limits(callers: str):
    assert problems(callers, budget=", budget: 25") == []


def test_limits_of_nobody():
    callers = ACCOUNT.format(limits="{rate: 1}").replace("{accounts", "{limits: {rate: 1}, accounts")
    assert problems(callers) == [
        "callers.limits: those of callers without a name: set anonymous to true, or put them into an account"
    ]


def test_money_that_cannot_be_spent():
    assert problems("{anonymous: true, limits: {budget: 1}}", price=0, budget=", budget: 2") == [
        "upstreams.vendor.budget: of no use without a price: nothing is ever spent",
        "callers.limits.budget: of no use while no upstream has a price",
    ]
    assert problems(ACCOUNT.format(limits="{budget: 1}"), price=0) == [
        "callers.accounts[0].limits.budget: of no use while no upstream has a price"
    ]


@pytest.mark.parametrize(
    ("url", "installed", "expected"),
    [
        ("redis://cache", False, ["state.url: needs the extra redis: pip install id-document-gateway[redis]"]),
        ("redis://cache", True, []),
        ("memory://", False, []),
    ],
)
def test_a_server_needs_a_client(url: str, installed: bool, expected: list[str]):
    rest = "callers: {anonymous: true}\nupstreams: {u: {adapter: replay}}\nroutes: [{name: all, targets: [u]}]"
    loaded = load_text(f"state: {{url: '{url}'}}\n{rest}", name="f")
    check_client(loaded.settings, installed=installed)
    assert [f"{problem.path}: {problem.message}" for problem in loaded.source.problems] == expected
