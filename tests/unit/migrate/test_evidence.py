from gateway.migrate.evidence import Evidence, counted
from gateway.shadow.agreement import Tally


def test_observations_add_up():
    evidence = counted({"success": True, "x": False}, 0.5).plus(counted({"success": False}, 0.25))
    assert evidence.tally("success") == Tally(2, 1)
    assert evidence.tally("x") == Tally(1, 0)
    assert evidence.tally("unknown") == Tally()
    assert (evidence.samples, evidence.answered, evidence.cost) == (2, 1, 0.75)


def test_nothing_is_nothing():
    assert not Evidence()
    assert not counted({})
    assert counted({"success": False})


def test_the_order_does_not_matter():
    parts = [counted({"success": True}, 1), counted({"a": True}), counted({"success": False, "a": False}, 2)]
    forwards, backwards = Evidence(), Evidence()
    for part in parts:
        forwards = forwards.plus(part)
    for part in reversed(parts):
        backwards = backwards.plus(part)
    assert forwards == backwards


def test_what_is_long_ago_fades():
    evidence = Evidence(counts={"success": (11, 9), "agreement.sex": (10, 10)}, cost=4.0)
    assert evidence.faded(10) == Evidence(counts={"success": (5, 4), "agreement.sex": (10, 10)}, cost=2.0)
    assert evidence.faded(11) == evidence


def test_comparisons_alone():
    evidence = Evidence(counts={"success": (2, 1), "agreement.sex": (3, 3)}, cost=1.0)
    assert evidence.comparisons() == Evidence(counts={"agreement.sex": (3, 3)})
