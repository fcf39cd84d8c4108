from __future__ import annotations

import pytest

from gateway.migrate.gates import GatePolicy
from gateway.migrate.policy import RampPolicy
from gateway.model import DocumentType
from gateway.report.gates import USUAL, gates_for, policy_from
from gateway.routing.match import Condition

CARDS, ALL, GIVEN = (GatePolicy(success=share) for share in (0.5, 0.6, 0.7))


def ramp(gates, target="new"):
    return RampPolicy(source="old", target=target, gates=gates)


def test_each_pair_has_the_gates_of_the_first_route_that_takes_it_to_the_upstream():
    cards = Condition(country_region="THA", id_type=DocumentType.IDENTITY_CARD, caller="somebody")
    policies = gates_for([(Condition(), ramp(GIVEN, "other")), (cards, ramp(CARDS)), (Condition(), ramp(ALL))], None)
    assert policies("new", "THA-ID") is CARDS
    assert policies("new", "THA-PP") is ALL
    assert policies("new", "any") is ALL
    assert policies("old", "THA-ID") is USUAL


def test_a_condition_on_the_kind_is_not_met_by_a_kind_that_is_not_known():
    policies = gates_for([(Condition(country_region="THA"), ramp(CARDS))], None)
    assert policies("new", "any") is USUAL


def test_those_of_the_command_line_hold_for_all():
    policies = gates_for([(Condition(), ramp(ALL))], GIVEN)
    assert policies("new", "THA-ID") is GIVEN


def test_gates_are_written_by_name():
    settings = ["success=0.99", "agreement.birth_date=0.98", "agreement.sex=0.9", "p95=5", "cost=0.02", "minimum=30"]
    assert policy_from(settings) == GatePolicy(
        success=0.99, agreement={"birth_date": 0.98, "sex": 0.9}, p95=5, cost=0.02, minimum=30
    )


@pytest.mark.parametrize(
    ("setting", "told"),
    [
        ("success", "a gate is written name=number"),
        ("success=high", "a gate is written name=number"),
        ("succes=0.9", "unknown field `succes`"),
        ("success=2", "Expected"),
        ("success=nan", "Expected"),
        ("agreement.birthday=0.9", "birthday is no field"),
        ("agreement=0.9", "Expected `object`"),
        ("minimum=0.5", "Expected `int`"),
    ],
)
def test_what_is_no_gate_is_told(setting, told):
    with pytest.raises(ValueError, match=told):
        policy_from([setting])


def test_a_number_is_no_group():
    with pytest.raises(ValueError, match="agreement is a number already"):
        policy_from(["agreement=0.9", "agreement.sex=0.9"])
