from datetime import date

import pytest

from gateway.consensus.calibration import ENOUGH, MOST, Calibration
from tests.unit.consensus.answers import MALEE, ballot_of, malee

WRONG = date(1991, 2, 8)


def says(day: date, confidence: float):
    return malee(birth_date=day, confidence={"birth_date": confidence})


def taught(*elections, times=ENOUGH) -> Calibration:
    calibration = Calibration()
    ballots = [ballot_of(*documents) for documents in elections]
    for _ in range(times):
        for ballot in ballots:
            calibration.learn(ballot)
    return calibration


RIGHT = MALEE.birth_date


def test_nothing_is_said_before_there_is_enough():
    assert Calibration().score("a", "birth_date", 0.9) is None
    assert taught([says(RIGHT, 0.9), MALEE], times=ENOUGH - 1).score("a", "birth_date", 0.9) is None
    assert taught([says(RIGHT, 0.9), MALEE]).score("a", "birth_date", 0.9) == 1.0


def test_a_share_belongs_to_one_upstream_one_field_and_one_band():
    calibration = taught([says(RIGHT, 0.92), MALEE])
    assert calibration.score("a", "birth_date", 0.949) == 1.0
    assert calibration.score("a", "birth_date", 0.95) is None
    assert calibration.score("a", "issue_date", 0.92) is None
    assert calibration.score("b", "birth_date", 0.92) is None


def test_disagreement_of_two_counts_against_both():
    calibration = taught([says(RIGHT, 0.92), says(RIGHT, 0.92)], [says(RIGHT, 0.92), says(WRONG, 0.999)])
    assert calibration.score("a", "birth_date", 0.92) == 0.5
    assert calibration.score("b", "birth_date", 0.92) == 1.0
    assert calibration.score("b", "birth_date", 0.999) == 0.0


def test_a_majority_counts_against_the_other():
    calibration = taught([says(RIGHT, 0.92), says(WRONG, 0.92), says(RIGHT, 0.92)])
    assert [calibration.score(name, "birth_date", 0.92) for name in "abc"] == [1.0, 0.0, 1.0]


@pytest.mark.parametrize("others", [[], [malee(birth_date=None)]])
def test_without_a_second_opinion_nothing_is_learnt(others):
    assert taught([says(RIGHT, 0.92), *others]).score("a", "birth_date", 0.92) is None


def test_a_reader_that_gets_worse_is_noticed():
    calibration = taught([says(RIGHT, 0.92), MALEE], times=3 * MOST)
    ballot = ballot_of(says(WRONG, 0.92), MALEE)
    for _ in range(MOST):
        calibration.learn(ballot)
    assert (calibration.score("a", "birth_date", 0.92) or 1.0) < 0.5
