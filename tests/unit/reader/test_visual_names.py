"""The holder's names in print."""

import pytest

from gateway.reader.page import visual_spans
from gateway.reader.visual_names import name_candidates, printed_name, shows_full_name
from tests.unit.reader.pages import line, page, passport


def candidates(lines):
    return name_candidates(visual_spans(lines, passport()))


def printed(rows, zone, *, cut=False, country="CHL"):
    found = printed_name(candidates(page(rows)), zone, cut=cut, country=country)
    return found and found.text


@pytest.mark.parametrize(
    ("rows", "zone", "expected"),
    [
        ([(400, 100, "NÚÑEZ")], "NUNEZ", "NÚÑEZ"),
        ([(400, 100, "NUNEZ")], "NUNEZ", "NUNEZ"),
        ([(400, 100, "Núñez")], "NUNEZ", "Núñez"),
        ([(400, 100, "IBÁÑEZ"), (400, 122, "PEÑA")], "IBANEZ PENA", "IBÁÑEZ PEÑA"),
        ([(400, 100, "IBÁÑEZ"), (482, 100, "PEÑA")], "IBANEZ PENA", "IBÁÑEZ PEÑA"),
        ([(400, 100, "HOMEP/NÚÑEZ")], "NUNEZ", "NÚÑEZ"),
        ([(400, 100, "NÚÑEZ,")], "NUNEZ", "NÚÑEZ"),
        ([(400, 100, "NÚÑEZ, ANA-MARÍA")], "ANA MARIA", "ANA-MARÍA"),
        ([(400, 100, "MARIA-JOSÉ")], "MARIA JOSE", "MARIA-JOSÉ"),
        ([(400, 100, "MARIAJOSÉ")], "MARIA JOSE", None),
        ([(400, 100, "SOMEBODY ELSE")], "NUNEZ", None),
        ([], "NUNEZ", None),
    ],
)
def test_printed(rows, zone, expected):
    assert printed(rows, zone) == expected


def test_letters_that_the_state_does_not_print_or_engines_do_not_read_keep_the_zone_s_spelling():
    assert printed([(400, 100, "NÊNEZ")], "NENEZ") == "NENEZ"
    assert printed([(400, 100, "TRẦN")], "TRAN", country="VNM") == "TRAN"
    assert printed([(400, 100, "KOWALSKI-NOWAK")], "KOWALSKI NOWAK", country="POL") == "KOWALSKI NOWAK"


def test_uncertain_print_confirms_but_does_not_spell():
    found = printed_name(candidates([line("NÚÑEZ", 400, 100, score=0.6)]), "NUNEZ", cut=False, country="CHL")
    assert (found.text, found.score) == ("NUNEZ", 0.6)


def test_a_longer_print_completes_a_cut_zone():
    rows = [(400, 100, "CHRISTELLE HELENE LAURENCE")]
    assert printed(rows, "CHRISTELLE HELENE LAUR", cut=True) == "CHRISTELLE HELENE LAURENCE"
    assert printed(rows, "CHRISTELLE HELENE LAUR", cut=False) is None
    assert printed([*rows, (400, 122, "CHILENA")], "CHRISTELLE HELENE LAUR", cut=True) == "CHRISTELLE HELENE LAURENCE"
    wrapped = [(400, 100, "CHRISTELLE HELENE"), (400, 122, "LAURENCE")]
    assert printed(wrapped, "CHRISTELLE HELENE LAUR", cut=True) == "CHRISTELLE HELENE LAURENCE"
    uncertain = candidates([line("CHRISTELLE HELENE LAURENCE", 400, 100, score=0.8)])
    assert printed_name(uncertain, "CHRISTELLE HELENE LAUR", cut=True, country="CHL") is None


def test_full_names_in_either_order():
    assert shows_full_name(candidates(page([(400, 100, "KAO, PEI-SHAN")])), "KAO", "PEI SHAN")
    assert shows_full_name(candidates(page([(400, 100, "PEI SHAN KAO")])), "KAO", "PEI SHAN")
    assert not shows_full_name(candidates(page([(400, 100, "KAO")])), "KAO", "PEI SHAN")
