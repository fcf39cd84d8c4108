import pytest
from multidict import CIMultiDict

from gateway.errors import InvalidParameter
from gateway.wire.choice import Choice, choice


@pytest.mark.parametrize(
    ("headers", "chosen"),
    [
        ({}, Choice()),
        ({"x-gateway-target": "azure"}, Choice("azure")),
        ({"X-Gateway-Target": "azure", "X-Gateway-No-Fallback": "true"}, Choice("azure", alone=True)),
        ({"X-Gateway-No-Fallback": "true"}, Choice(alone=True)),
        ({"X-Gateway-No-Fallback": "false"}, Choice()),
        ({"X-Gateway-Target": ""}, Choice()),
    ],
)
def test_who_may_choose_is_heard(headers, chosen):
    assert choice(CIMultiDict(headers), permitted=True) == chosen


@pytest.mark.parametrize("headers", [{"X-Gateway-Target": "azure"}, {"X-Gateway-No-Fallback": "true"}])
def test_who_may_not_choose_is_told_so(headers):
    with pytest.raises(InvalidParameter, match="may not choose"):
        choice(CIMultiDict(headers), permitted=False)
    assert choice(CIMultiDict({"X-Other": "a"}), permitted=False) == Choice()


@pytest.mark.parametrize("value", ["1", "yes", "True"])
def test_a_value_that_means_nothing_is_refused(value):
    with pytest.raises(InvalidParameter, match="true or false"):
        choice(CIMultiDict({"X-Gateway-No-Fallback": value}), permitted=True)
