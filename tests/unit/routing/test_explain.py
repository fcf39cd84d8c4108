from datetime import UTC, datetime

from gateway.model import DocumentType
from gateway.resilience.failover import Target
from gateway.routing.explain import Plan, RouteVerdict, TargetVerdict, explain
from gateway.routing.match import Condition
from tests.fakes import FakeRecognizer, make_query

NOW = datetime(2026, 5, 1, tzinfo=UTC)


def target(name: str, *, able: bool = True) -> Target:
    return Target(name, FakeRecognizer(name, AssertionError("explaining asks nobody")), lambda _query: able)


PLANS = [
    Plan("chile", Condition(country_region="CHL"), [target("santiago")]),
    Plan("thai", Condition(country_region="THA"), [target("bangkok", able=False), target("local")]),
    Plan("default", Condition(), [target("local")]),
]


def test_every_route_has_its_reason_and_the_first_match_is_chosen():
    query = make_query(countries=frozenset({"THA"}), types=frozenset({DocumentType.DRIVING_LICENCE}))
    assert explain(PLANS, query, NOW) == [
        RouteVerdict(
            "chile", "country_region: the request also asks for THA", False, (TargetVerdict("santiago", None),)
        ),
        RouteVerdict(
            "thai",
            None,
            True,
            (TargetVerdict("bangkok", "does not take DL of THA in such a picture"), TargetVerdict("local", None)),
        ),
        RouteVerdict("default", None, False, (TargetVerdict("local", None),)),
    ]


def test_a_request_without_filter():
    chosen = [verdict.name for verdict in explain(PLANS, make_query(), NOW) if verdict.chosen]
    assert chosen == ["default"]
    excluded = explain(PLANS, make_query(), NOW)[1].targets[0].excluded
    assert excluded == "does not take any type of any country in such a picture"


def test_no_route_is_chosen_where_none_matches():
    assert not any(verdict.chosen for verdict in explain(PLANS[:1], make_query(), NOW))
