from datetime import UTC, datetime

from gateway.model import DocumentType
from gateway.resilience.failover import Target
from gateway.routing.explain import Plan, RouteVerdict, TargetVerdict, explain
from gateway.routing.match import Condition
from gateway.routing.shares import Key, bucket
from gateway.routing.split import Split, SplitPolicy
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


def divided(key: Key = Key.CALLER, **changes):
    """A route that divides its requests, explained for one of the caller ``billing``."""
    names = ["bangkok", "local", "azure"]
    split = Split(SplitPolicy(key=key, weights={"bangkok": 95, "azure": 5}), names)
    plan = Plan("r", Condition(), [target(name) for name in names], shares=split, **changes)
    return explain([plan], make_query(caller="billing", **({"request_id": "x"} if key is Key.REQUEST else {})), NOW)[0]


def test_a_divided_route_shows_shares_and_the_bucket_of_the_caller():
    verdict = divided()
    assert (verdict.key, verdict.bucket) == ("caller", bucket("r", Key.CALLER, make_query(caller="billing")))
    assert {target.name: target.percent for target in verdict.targets} == {"bangkok": 95, "azure": 5, "local": 0}
    assert verdict.targets[0].name == ("bangkok" if verdict.bucket < 9500 else "azure")


def test_where_each_request_has_its_own_bucket_the_largest_share_stands_first():
    verdict = divided(Key.REQUEST)
    assert (verdict.bucket, verdict.targets[0].name) == (None, "bangkok")


def test_who_is_outside_and_who_is_no_reserve():
    verdict = divided(newcomer="azure", outside={"local": "is in eu, not in th"}, notes={"bangkok": "ends soon"})
    by_name = {target.name: target for target in verdict.targets}
    assert by_name["local"].excluded == "is in eu, not in th"
    assert by_name["bangkok"].note == "ends soon"
    leader = verdict.targets[0].name
    assert by_name["azure"].excluded == (None if leader == "azure" else "is not asked after another")


def test_a_chosen_target_leads_and_may_be_the_only_one():
    plan = Plan("r", Condition(), [target("bangkok"), target("azure")])
    verdict = explain([plan], make_query(target="azure", alone=True), NOW)[0]
    assert [(target.name, target.excluded) for target in verdict.targets] == [
        ("azure", None),
        ("bangkok", "the caller wants no other than the first"),
    ]
    assert verdict.targets[0].percent is None
