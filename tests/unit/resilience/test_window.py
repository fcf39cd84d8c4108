from gateway.resilience.window import BUCKETS, Window


def test_counts_what_happened_in_its_time():
    window = Window(60)
    assert window.counts(1000.0) == (0, 0)
    for second in range(10):
        window.add(1000.0 + second, failed=second % 2 == 0)
    assert window.counts(1009.0) == (10, 5)
    assert window.counts(1053.0) == (10, 5)
    assert window.counts(1070.0) == (0, 0)


def test_forgets_by_tenths():
    window = Window(10)
    window.add(100.5, failed=True)
    window.add(101.5, failed=True)
    assert window.counts(109.9) == (2, 2)
    assert window.counts(110.0) == (1, 1)
    assert window.counts(111.0) == (0, 0)


def test_keeps_no_more_for_more_load():
    window = Window(60)
    for step in range(10_000):
        window.add(step / 10, failed=True)
    assert len(window._buckets) == BUCKETS
    total, failures = window.counts(999.9)
    assert 540 < total == failures <= 600


def test_an_old_outcome_does_not_come_back():
    window = Window(10)
    window.add(100.0, failed=True)
    window.add(200.0, failed=False)
    assert window.counts(200.0) == (1, 0)


def test_can_be_cleared():
    window = Window(10)
    window.add(100.0, failed=True)
    window.clear()
    assert window.counts(100.0) == (0, 0)
