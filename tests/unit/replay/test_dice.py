from __future__ import annotations

from collections import Counter

from gateway.replay.dice import Dice


def test_the_same_parts_draw_the_same_row():
    first, second = Dice("a", 1), Dice("a", 1)
    assert [first.share() for _ in range(5)] == [second.share() for _ in range(5)]


def test_other_parts_draw_another_row():
    assert Dice("a", 1).share() != Dice("a", 2).share()
    assert Dice("a", "bc").share() != Dice("ab", "c").share()
    dice = Dice("a")
    assert dice.share() != dice.share()


def test_draws_are_even_and_below_one():
    shares = [Dice("even", number).share() for number in range(4000)]
    assert all(0 <= share < 1 for share in shares)
    counts = Counter(int(share * 4) for share in shares)
    assert all(900 < count < 1100 for count in counts.values())


def test_below_and_pick_reach_every_choice():
    dice = Dice("choices")
    assert {dice.below(3) for _ in range(100)} == {0, 1, 2}
    assert {dice.pick("xyz") for _ in range(100)} == {"x", "y", "z"}
