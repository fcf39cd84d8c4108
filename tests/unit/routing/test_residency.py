import pytest

from gateway.routing.residency import excluded


@pytest.mark.parametrize(
    ("residency", "region", "adapter", "why"),
    [
        ((), None, "azure", None),
        ((), "eu", "azure", None),
        (("th", "sg"), "sg", "huawei_ocr", None),
        (("th", "sg"), "eu", "azure", "is in eu, not in sg, th"),
        (("th",), None, "azure", "says no region, and documents stay in th"),
        (("th",), None, "local", None),
        (("th",), "eu", "local", None),
        (("th",), None, "replay", None),
    ],
)
def test_excluded(residency, region, adapter, why):
    assert excluded(residency, region, adapter) == why
