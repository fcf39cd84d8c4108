from gateway.shadow.result import AGREED, Result, worst


def test_the_worst_is_furthest_from_the_same():
    assert worst(Result.EXACT, Result.EQUIVALENT) is Result.EQUIVALENT
    assert worst(Result.CONFLICT, Result.NEAR, Result.EXACT) is Result.CONFLICT


def test_only_the_same_agrees():
    assert sorted(AGREED) == ["equivalent", "exact"]
