from __future__ import annotations

import pytest

from gateway.config.load import load_text

NAMES = [f"v{number}" for number in range(9)]


def problems(targets: list[str], route: str) -> list[str]:
    upstreams = ", ".join(f"{name}: {{adapter: replay}}" for name in NAMES)
    text = (
        f"callers: {{anonymous: true}}\nupstreams: {{{upstreams}}}\n"
        f"routes: [{{name: default, targets: [{', '.join(targets)}], {route}}}]"
    )
    loaded = load_text(text, name="f", environ={})
    return [f"{problem.path}: {problem.message}" for problem in loaded.source.problems]


@pytest.mark.parametrize(
    ("targets", "route"),
    [
        (2, "consensus: {}"),
        (8, "consensus: {minimum: 8}"),
        (3, "consensus: {of: 2, agree: [birth_date], stop_early: true}, accept: {require: [address]}"),
        (9, "accept: {}"),
    ],
)
def test_a_consensus_that_can_be(targets, route):
    assert problems(NAMES[:targets], route) == []


@pytest.mark.parametrize(
    ("targets", "route", "problem"),
    [
        (1, "consensus: {}", "routes[0].consensus.minimum: 2 answers of 1 target(s)"),
        (2, "consensus: {of: 3}", "routes[0].consensus.of: 3 of 2 target(s)"),
        (9, "consensus: {}", "routes[0].targets: at most 8 targets can agree"),
        (2, "consensus: {}, hedge: {after: 1}", "routes[0].hedge: targets that are to agree are asked at once anyway"),
    ],
)
def test_what_would_never_be_obeyed_is_refused(targets, route, problem):
    assert problems(NAMES[:targets], route) == [problem]
