from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest

from gateway.model import DocumentType, InputKind
from gateway.routing.hours import Hours
from gateway.routing.match import Condition
from tests.fakes import make_image, make_query

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
PP, ID = DocumentType.PASSPORT, DocumentType.IDENTITY_CARD


def when(**options: Any) -> Condition:
    return msgspec.convert(options, type=Condition)


def asks(*countries: str, types: tuple[DocumentType, ...] = (), **changes: Any):
    return make_query(countries=frozenset(countries), types=frozenset(types), **changes)


@pytest.mark.parametrize(
    ("options", "query", "holds"),
    [
        ({}, asks(), True),
        ({}, asks("THA", types=(PP,)), True),
        ({"country_region": ["THA", "VNM"]}, asks("THA"), True),
        ({"country_region": ["THA", "VNM"]}, asks("THA", "VNM"), True),
        ({"country_region": ["THA", "VNM"]}, asks("THA", "CHL"), False),
        ({"country_region": ["THA"]}, asks(), False),
        ({"country_region": "THA"}, asks("THA"), True),
        ({"id_type": ["PP"]}, asks("THA", types=(PP,)), True),
        ({"id_type": ["PP"]}, asks("THA", types=(PP, ID)), False),
        ({"id_type": "ID"}, asks(types=(ID,)), True),
        ({"id_type": ["PP"]}, asks("THA"), False),
        ({"country_region": ["THA"], "id_type": ["ID"]}, asks("THA", types=(PP,)), False),
        ({"project_id": ["p1", "p2"]}, asks(project_id="p2"), True),
        ({"project_id": "p1"}, asks(project_id="p2"), False),
        ({"caller": ["billing"]}, asks(caller="billing"), True),
        ({"caller": ["billing"]}, asks(), False),
        ({"enterprise_project_id": ["0"]}, asks(enterprise_project_id="0"), True),
        ({"enterprise_project_id": ["0"]}, asks(), False),
        ({"input": "url"}, asks(input=InputKind.URL), True),
        ({"input": "url"}, asks(), False),
        ({"portrait": True}, asks(portrait=True), True),
        ({"portrait": True}, asks(), False),
        ({"portrait": False}, asks(), True),
        ({"portrait": False}, asks(portrait=True), False),
        ({"min_bytes": 40}, asks(image=make_image(size=40)), True),
        ({"min_bytes": 41}, asks(image=make_image(size=40)), False),
        ({"max_bytes": 40}, asks(image=make_image(size=40)), True),
        ({"max_bytes": 39}, asks(image=make_image(size=40)), False),
        ({"min_bytes": 10, "max_bytes": 99}, asks(image=make_image(size=40)), True),
        ({"header": {"X-Tenant": "gold"}}, asks(headers=(("x-tenant", "gold"),)), True),
        ({"header": {"x-TENANT": ["gold", "tin"]}}, asks(headers=(("x-tenant", "tin"),)), True),
        ({"header": {"X-Tenant": "gold"}}, asks(headers=(("x-tenant", "Gold"),)), False),
        ({"header": {"X-Tenant": "gold"}}, asks(), False),
        ({"header": {"X-A": "1", "X-B": "2"}}, asks(headers=(("x-a", "1"),)), False),
        ({"header": {"X-A": "1", "X-B": "2"}}, asks(headers=(("x-a", "1"), ("x-b", "2"))), True),
        ({"after": "2026-05-01T12:00:00Z"}, asks(), True),
        ({"after": "2026-05-01T19:00:01+07:00"}, asks(), False),
        ({"before": "2026-05-01T12:00:00Z"}, asks(), False),
        ({"before": "2026-05-01T12:00:01Z"}, asks(), True),
        ({"after": NOW, "before": NOW + timedelta(seconds=1)}, asks(), True),
    ],
)
def test_condition(options: dict[str, Any], query: Any, holds: bool):
    condition = when(**options)
    assert condition.matches(query, NOW) is holds
    assert (condition.mismatch(query, NOW) is None) is holds


@pytest.mark.parametrize(
    ("options", "query", "words"),
    [
        ({"country_region": ["THA"]}, asks(), "country_region: the request asks for any"),
        ({"country_region": ["THA"]}, asks("THA", "VNM", "CHL"), "country_region: the request also asks for CHL, VNM"),
        ({"id_type": ["ID"]}, asks("THA"), "id_type: the request asks for any"),
        ({"caller": ["billing"]}, asks(caller="sales"), "caller: the request has another"),
        ({"enterprise_project_id": ["0"]}, asks(), "enterprise_project_id: the request has none"),
        ({"portrait": True}, asks(), "portrait: the request says false"),
        ({"min_bytes": 41}, asks(image=make_image(size=40)), "min_bytes: the picture has 40"),
        ({"max_bytes": 39}, asks(image=make_image(size=40)), "max_bytes: the picture has 40"),
        (
            {"header": {"X-Tenant": "gold"}},
            asks(headers=(("x-tenant", "tin"),)),
            "header X-Tenant: the request has another",
        ),
        ({"header": {"X-Tenant": "gold"}}, asks(), "header X-Tenant: the request has none"),
        ({"after": NOW + timedelta(days=1)}, asks(), "begins at 2026-05-02T12:00:00+00:00"),
        ({"before": NOW}, asks(), "ended at 2026-05-01T12:00:00+00:00"),
    ],
)
def test_says_why_it_does_not_hold(options: dict[str, Any], query: Any, words: str):
    assert when(**options).mismatch(query, NOW) == words


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        ({"country_region": []}, "country_region is an empty list"),
        ({"id_type": []}, "id_type is an empty list"),
        ({"caller": []}, "caller is an empty list"),
        ({"country_region": ["TH"]}, "three-letter"),
        ({"country_region": "tha"}, "three-letter"),
        ({"id_type": ["VISA"]}, "VISA"),
        ({"after": "2026-05-01T12:00:00"}, "timezone"),
        ({"after": datetime(2026, 5, 1)}, "timezone"),  # noqa: DTZ001 - what YAML makes of a time without a zone
        ({"after": NOW, "before": NOW}, "after is not earlier than before"),
        ({"min_bytes": 2, "max_bytes": 1}, "min_bytes is more than max_bytes"),
        ({"min_bytes": 0}, ">= 1"),
        ({"header": {"Tenant": "gold"}}, "Tenant is no X- header"),
        ({"header": {"X-Auth-Token": "gold"}}, "X-Auth-Token is no X- header"),
        ({"header": {"X-Tenant": []}}, "X-Tenant has an empty list"),
        ({"header": {"X-Tenant": "a", "x-tenant": "b"}}, "stands there twice"),
        ({"country": ["THA"]}, "unknown field `country`"),
    ],
)
def test_a_condition_that_cannot_be_meant_is_refused(options: dict[str, Any], complaint: str):
    with pytest.raises(msgspec.ValidationError, match=complaint):
        when(**options)


def test_hours_of_every_day():
    condition = Condition(between=Hours.parse("08:00-18:00+07:00"))
    assert condition.mismatch(make_query(), NOW) == "holds at 08:00-18:00+07:00 only"
    assert condition.matches(make_query(), NOW - timedelta(hours=11))


def test_the_names_of_its_headers():
    assert when(header={"X-Tenant": "a", "x-b": "c"}).headers == {"x-tenant", "x-b"}
    assert not when().headers
