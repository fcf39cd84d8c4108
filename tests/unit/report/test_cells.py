from __future__ import annotations

from gateway.report.cells import Compared, Traffic, Work
from gateway.shadow.agreement import Tally


def compared(*results, proven=False):
    cell = Compared(n=1, both=1, spent=0.2, cost=0.1)
    for name, result in results:
        cell.add(name, result, proven=proven)
    return cell


def test_what_agrees_and_what_does_not():
    cell = compared(("sex", "exact"), ("sex", "equivalent"), ("sex", "near"), ("sex", "missing_candidate"))
    assert cell.fields["sex"] == Tally(4, 2)
    assert cell.classes["sex"] == {"exact": 1, "equivalent": 1, "near": 1, "missing_candidate": 1}
    assert cell.present("sex") == 3


def test_what_the_old_one_does_not_have_is_no_disagreement():
    cell = compared(("sex", "missing_control"))
    assert cell.fields["sex"] == Tally()
    assert cell.present("sex") == 1


def test_what_check_digits_prove_is_as_good_as_the_same():
    assert compared(("sex", "conflict"), proven=True).fields["sex"] == Tally(1, 1)


def test_cells_add_up():
    whole = compared(("sex", "exact"))
    whole.update(compared(("sex", "near"), ("address", "exact")))
    assert (whole.n, whole.both, whole.spent, whole.cost) == (2, 2, 0.4, 0.2)
    assert whole.agreement == Tally(3, 2)
    traffic = Traffic(1, 0.5)
    traffic.answered["a"] += 1
    traffic.update(Traffic(2, 0.25))
    assert traffic == Traffic(3, 0.75, traffic.answered)
    work = Work()
    work.add("ok", 0.5)
    other = Work()
    other.add("timeout", 0.25)
    work.update(other)
    assert (work.answered, work.cost, work.per_answer) == (1, 0.75, 0.75)
    assert other.per_answer is None
