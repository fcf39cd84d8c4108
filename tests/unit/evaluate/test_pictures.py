from __future__ import annotations

import hashlib

import pytest

from gateway.errors import UnsupportedImageFormat
from gateway.evaluate.pictures import Picture, TooMany, load, pictures_in
from tests.pictures import png
from tests.unit.evaluate.made import pictures


def test_pictures_are_found_in_folders_below_and_nothing_else_is(tmp_path):
    pictures(tmp_path, "a.png", "below/b.JPG", "below/deep/c.tiff", ".hidden.png", ".cache/d.png", "truth.csv")
    assert {picture.id for picture in pictures_in(tmp_path)} == {"a.png", "below/b.JPG", "below/deep/c.tiff"}


def test_the_order_is_always_the_same_and_not_that_of_the_names(tmp_path):
    names = [f"{number:03}.png" for number in range(30)]
    pictures(tmp_path, *names)
    found = [picture.id for picture in pictures_in(tmp_path)]
    assert sorted(found) == names
    assert found != names
    assert [picture.id for picture in pictures_in(tmp_path)] == found


def test_a_folder_that_is_not_there_is_an_error(tmp_path):
    with pytest.raises(FileNotFoundError):
        pictures_in(tmp_path / "gone")


def test_a_folder_may_hold_too_much(tmp_path):
    assert len(pictures_in(pictures(tmp_path, "a.png", "b.png", "c.png"), most=3)) == 3
    with pytest.raises(TooMany, match="more than 2 pictures"):
        pictures_in(tmp_path, most=2)


def test_a_name_that_is_no_text_can_be_told(tmp_path):
    (tmp_path / "\udcff.png").write_bytes(png(400, 300))
    (picture,) = pictures_in(tmp_path)
    assert picture.id == "\N{REPLACEMENT CHARACTER}.png"
    assert load(picture, 1000).image.width == 400


def test_a_picture_comes_with_the_hash_of_its_file(tmp_path):
    (tmp_path / "a.png").write_bytes(png(400, 300))
    content = load(Picture("a.png", tmp_path / "a.png"), 1000)
    assert content.sha256 == hashlib.sha256(png(400, 300)).hexdigest()
    assert (content.image.width, bytes(content.image.decoded())) == (400, png(400, 300))


def test_what_is_no_usable_picture_is_an_error(tmp_path):
    (tmp_path / "a.png").write_bytes(b"text")
    with pytest.raises(UnsupportedImageFormat):
        load(Picture("a.png", tmp_path / "a.png"), 1000)
    with pytest.raises(OSError, match="File too large"):
        load(Picture("a.png", tmp_path / "a.png"), 3)
