import pytest

from gateway.reader.mrz.names import split_names


@pytest.mark.parametrize(
    ("field", "surname", "given"),
    [
        ("ERIKSSON<<ANNA<MARIA<<<<<<<<", "ERIKSSON", "ANNA MARIA"),
        ("VAN<DER<MUELLEN<<JOHN<<<<<", "VAN DER MUELLEN", "JOHN"),
        ("ARKFREITH<<<<<<<<<<<<<<", "ARKFREITH", ""),
        ("LENGKAP<<NAMA<<LAGI<<<<", "LENGKAP", "NAMA LAGI"),
        ("<<<<<<<<", "", ""),
    ],
)
def test_names(field: str, surname: str, given: str) -> None:
    assert split_names(field) == (surname, given)
