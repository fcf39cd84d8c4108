"""Document codes of machine readable zones."""

from __future__ import annotations

import pytest

from gateway.normalize.document_codes import document_kind


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("P", "PP"),
        ("P<", "PP"),
        ("PD", "PP"),
        ("ID", "ID"),
        ("I<", "ID"),
        ("AR", "ID"),
        ("C", "ID"),
        (" id ", "ID"),
        ("V", None),
        ("D1", None),
        ("<", None),
        ("", None),
        (None, None),
    ],
)
def test_the_first_letter_decides(code, kind):
    assert document_kind(code) == kind
