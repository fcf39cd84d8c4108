import pytest

from gateway.reader.mrz.states import ISO_3166_1, OTHERS, known


def test_iso_3166_1_is_whole() -> None:
    assert len(ISO_3166_1) == 249
    assert not ISO_3166_1 & OTHERS


@pytest.mark.parametrize(
    "code",
    [
        "D",
        "GBD",
        "GBN",
        "GBO",
        "GBP",
        "GBS",
        "RKS",
        "XXA",
        "XXB",
        "XXC",
        "XXX",
        "UNO",
        "EUE",
        "UTO",
        "XOM",
        "XPO",
        "VNM",
    ],
)
def test_codes_of_the_standard(code: str) -> None:
    assert known(code)


@pytest.mark.parametrize("code", ["", "DE", "DEW", "GER", "ZZZ"])
def test_codes_that_are_none(code: str) -> None:
    assert not known(code)
