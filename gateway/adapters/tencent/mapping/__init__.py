"""How the actions' answers become an :class:`IdDocument`: one file for each country's cards, one for passports."""

ABSENT: frozenset[str] = frozenset({"confidence"})
"""Fields of ``IdDocument`` that this vendor never gives: its scores are withdrawn (``AdvancedInfo`` is always "1")."""
