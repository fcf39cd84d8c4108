from __future__ import annotations

import numpy as np

from gateway.local.flatten import flattened


def test_faint_print_gets_the_contrast_of_strong_print() -> None:
    strip = np.full((48, 400, 3), 230, np.uint8)
    strip[10:38, 20:200:10] = 30
    strip[:, 200:] = 250
    strip[10:38, 220:400:10] = 235
    even = flattened(strip, 48)[:, :, 0].astype(int)
    strong = even[20, 60:160].max() - even[20, 60:160].min()
    faint = even[20, 260:360].max() - even[20, 260:360].min()
    assert faint > strong / 2


def test_an_empty_ground_stays_even() -> None:
    assert np.ptp(flattened(np.full((48, 100, 3), 200, np.uint8), 48)) == 0
