"""Letters and figures that look alike in OCR-B, and how an engine that prefers figures names the letters."""

from __future__ import annotations

TO_DIGIT = {"O": "0", "D": "0", "Q": "0", "I": "1", "L": "1", "Z": "2", "S": "5", "B": "8", "G": "6"}
"""What a letter must be where only figures may stand."""
TO_LETTER = {"0": "O", "1": "I", "2": "Z", "5": "S", "8": "B", "6": "G"}
"""What a figure must be where only letters may stand."""

BELIEVED = {"I": 0.02, "L": 0.02, "Z": 0.02, "S": 0.02, "B": 0.02, "G": 0.02}
"""Probability from which a letter is believed although its figure was read. Over 3600 printed figures the model never
raised one of these letters above 0.002, while it named them for most of the printed letters that it read as figures.
Letters that look like a nought are not told apart so well and are left to the check digits.
"""
CORRECTED = {"I": 0.002, "L": 0.002, "Z": 0.002, "S": 0.002, "B": 0.002, "G": 0.002, "O": 0.002, "D": 0.01, "Q": 0.01}
"""Probability from which check digits may put a letter in its figure's place."""
