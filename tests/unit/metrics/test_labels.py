import pytest

from gateway.metrics.labels import FAILOVER_REASONS, KINDS, known, status_class, status_label


def test_an_unknown_value_adds_no_series():
    assert (known("retry", KINDS), known("canary", KINDS)) == ("retry", "other")
    assert known("not_accepted", FAILOVER_REASONS) == "not_accepted"


@pytest.mark.parametrize(
    ("status", "label", "group"),
    [(200, "200", "2xx"), (599, "599", "5xx"), (99, "other", "other"), (600, "other", "other")],
)
def test_a_status_outside_http_is_other(status: int, label: str, group: str):
    assert (status_label(status), status_class(status)) == (label, group)


def test_no_answer_has_no_class():
    assert status_class(None) == "none"
