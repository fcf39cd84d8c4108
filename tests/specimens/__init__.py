"""Synthetic specimens: documents of fictitious holders, drawn by our own code, with their truth."""

from tests.specimens.negatives import NEGATIVES, negative
from tests.specimens.specimen import PAIRS, Specimen, draw, truth
from tests.specimens.wear import WEARS

__all__ = ["NEGATIVES", "PAIRS", "WEARS", "Specimen", "draw", "negative", "truth"]
