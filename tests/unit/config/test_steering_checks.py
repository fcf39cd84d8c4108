import pytest

from gateway.config.load import load_text

UPSTREAMS = """
upstreams:
  old: {adapter: replay, region: th}
  vendor: {adapter: azure, region: eu, price: 0.01}
  nowhere: {adapter: azure}
  local: {adapter: local}
"""
STATE = "state: {directory: var}"


def problems(route: str, *, state: str = STATE) -> list[str]:
    text = f"callers: {{anonymous: true}}\n{state}\n{UPSTREAMS}\nroutes: [{{name: r, {route}}}]"
    return [f"{problem.path}: {problem.message}" for problem in load_text(text, name="f").source.problems]


RAMP = "targets: [old], migrate: {from: old, to: vendor}"


@pytest.mark.parametrize(
    "route",
    [
        "targets: [old, vendor], split: {weights: {old: 95, vendor: 5}}",
        "targets: [old, vendor], residency: [eu], split: {weights: {old: 95, vendor: 5}}",
        "targets: [vendor, nowhere, local], residency: [th]",
        RAMP,
        RAMP + ", residency: [eu]",
        "targets: [old, vendor], migrate: {from: old, to: vendor, gates: {cost: 0.02}}",
        "targets: [nowhere, vendor], residency: [eu], split: {weights: {vendor: 5, nowhere: 0}}",
    ],
)
def test_what_fits_together(route):
    assert problems(route) == []


@pytest.mark.parametrize(
    ("route", "complaints"),
    [
        (
            "targets: [old], split: {weights: {old: 1, vendr: 1}}",
            ["routes[0].split.weights.vendr: no target of this route is called vendr (known: old)"],
        ),
        (
            "targets: [vendor, nowhere], residency: [th, sg]",
            ["routes[0].residency: no target is in one of these regions: every request would be refused"],
        ),
        (
            "targets: [old, vendor, nowhere], residency: [th], split: {weights: {vendor: 1, nowhere: 1}}",
            [
                "routes[0].split.weights.vendor: vendor is in eu, not in th",
                "routes[0].split.weights.nowhere: nowhere says no region, and documents stay in th",
            ],
        ),
        (RAMP + ", residency: [th]", ["routes[0].migrate.to: vendor is in eu, not in th"]),
        (
            "targets: [old], migrate: {from: vendor, to: azur}",
            [
                "routes[0].migrate.from: no target of this route is called vendor (known: old)",
                "routes[0].migrate.to: no upstream is called azur (known: local, nowhere, old, vendor)",
            ],
        ),
        (
            "targets: [old], migrate: {from: old, to: nowhere, gates: {cost: 0.02}}",
            ["routes[0].migrate.gates.cost: of no use while nowhere has no price"],
        ),
        (
            "targets: [old, vendor], split: {weights: {old: 1}}, migrate: {from: old, to: vendor}",
            ["routes[0].split: a route has a split or a ramp, not both"],
        ),
        (
            "targets: [old], migrate: {from: old, to: old}",
            ["routes[0].migrate: from and to are the same"],
        ),
    ],
)
def test_what_does_not(route, complaints):
    assert problems(route) == complaints


@pytest.mark.parametrize("state", [STATE, "state: {url: 'redis://h:6379/0'}", "journal: {directory: var}"])
def test_the_state_of_a_ramp_has_a_place(state):
    assert problems(RAMP, state=state) == []


@pytest.mark.parametrize("state", ["", "state: {url: 'memory://'}"])
def test_a_ramp_that_would_forget_is_refused(state):
    (problem,) = problems(RAMP, state=state)
    assert problem.startswith("routes[0].migrate: its state would be lost with the process")
