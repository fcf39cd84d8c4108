"""Spoilt pictures: the same each time, of the size they should be, spoilt where they should be."""

import json

import numpy as np
import pytest
from PIL import Image

from scripts.degrade import KINDS, degrade, main, zone_box


@pytest.fixture(scope="module")
def page():
    """A grey page of 125 x 88 with dark stripes, so that turning and blurring show."""
    array = np.full((845, 1200, 3), 150, np.uint8)
    array[::13] = 40
    array[:200, :, 0] = 220
    return Image.fromarray(array)


@pytest.mark.parametrize("kind", KINDS)
def test_deterministic_by_seed(page, kind):
    assert degrade(page, kind, 7).tobytes() == degrade(page, kind, 7).tobytes()


@pytest.mark.parametrize("kind", ["perspective", "glare", "photo"])
def test_another_seed_is_another_picture(page, kind):
    assert degrade(page, kind, 7).tobytes() != degrade(page, kind, 8).tobytes()


@pytest.mark.parametrize(
    ("kind", "size"),
    [
        ("rot90", (704, 1000)),
        ("rot180", (1000, 704)),
        ("rot270", (704, 1000)),
        ("perspective", (1000, 704)),
        ("blur", (1000, 704)),
        ("glare", (1000, 704)),
        ("width600", (600, 422)),
        ("q30", (1000, 704)),
        ("photo", (1000, 704)),
    ],
)
def test_sizes(page, kind, size):
    assert degrade(page, kind, 1).size == size


@pytest.mark.parametrize(("kind", "degrees"), [("skew7", 7), ("skew15", 15)])
def test_skewed_pictures_grow_by_the_angle(page, kind, degrees):
    turned = degrade(page, kind, 1)
    angle = np.radians(degrees)
    assert turned.width == pytest.approx(1000 * np.cos(angle) + 704 * np.sin(angle), abs=3)


def test_rot90_turns_clockwise(page):
    turned = np.asarray(degrade(page, "rot90", 1)).astype(int)
    assert turned[500, -20, 0] > turned[500, 20, 0]  # what was on top is on the right


def test_glare_lies_on_the_zone_given():
    grey = Image.new("RGB", (1200, 845), (120, 120, 120))
    brighter = np.asarray(degrade(grey, "glare", 1, (120, 60, 1080, 160))).astype(int).mean(axis=(1, 2)) - 120
    assert brighter[50:133].max() > 10
    assert abs(brighter[300:]).max() < 1


def test_the_zone_is_at_the_foot_of_the_page():
    assert zone_box((1000, 704)) == (40, 528, 960, 669)
    left, top, right, bottom = zone_box((1000, 1408))  # a spread: the lower page
    assert (left, right) == (40, 960)
    assert 1408 - 704 < top < bottom < 1408


def test_unknown_kind(page):
    with pytest.raises(KeyError):
        degrade(page, "burnt", 1)


def test_folder_with_both_forms_of_truth(page, tmp_path):
    source, target = tmp_path / "in", tmp_path / "out"
    source.mkdir()
    page.save(source / "a.png")
    page.save(source / "b.jpg")
    lines = ["P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10"]
    truths = {"a.png": lines, "b.jpg": {"mrz": lines, "mrz_box": [1, 2, 3, 4]}}
    (source / "truth.json").write_text(json.dumps(truths))
    main([str(source), str(target), "--kinds", "rot90", "width600"])
    for kind in ("rot90", "width600"):
        told = json.loads((target / kind / "truth.json").read_text())
        assert told == {"a.jpg": lines, "b.jpg": {"mrz": lines}}
        assert all((target / kind / name).is_file() for name in told)
