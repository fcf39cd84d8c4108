from __future__ import annotations

from gateway.replay.ordinals import Ordinals


def test_each_picture_is_counted_on_its_own():
    ordinals = Ordinals()
    assert [ordinals.next(picture) for picture in "abaab"] == [0, 0, 1, 2, 1]


def test_the_picture_that_came_by_longest_ago_is_forgotten():
    ordinals = Ordinals(remembered=2)
    assert [ordinals.next(picture) for picture in "abac"] == [0, 0, 1, 0]
    assert ordinals.next("a") == 2
    assert ordinals.next("b") == 0
