import pytest

from gateway.resilience.patience import WORTHWHILE, patience


@pytest.mark.parametrize(
    ("left", "most", "seconds"),
    [
        (10.0, 2.0, 2.0),
        (2.0 + WORTHWHILE, 5.0, 2.0),
        (WORTHWHILE, 5.0, 0.0),
        (0.0, 5.0, 0.0),
        (-3.0, 5.0, 0.0),
        (10.0, 0.0, 0.0),
    ],
)
def test_no_wait_spoils_what_it_is_for(left, most, seconds):
    assert patience(100.0 + left, 100.0, most) == seconds
