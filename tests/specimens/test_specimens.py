"""Every pair is drawn, the same each time, with zones whose check digits hold by a second, independent sum."""

import json

import cv2
import numpy as np
import pytest
from PIL import Image

from tests.specimens import NEGATIVES, PAIRS, WEARS, draw, negative, truth
from tests.specimens.fonts import FontMissingError, font
from tests.specimens.gallery import FOLDER, LARGEST, PICTURES
from tests.specimens.gallery import NEGATIVES as GALLERY_NEGATIVES
from tests.specimens.numbers import chilean, taiwanese, thai

PASSPORTS = {"VNM", "IND", "PHL", "ALB", "BRA", "IDN", "MYS", "NGA", "PAK", "RUS", "TWN", "UKR", "THA", "CHL"}
FIELDS = {
    "country_region", "id_type", "side", "first_name", "last_name", "mrz_first_name", "mrz_last_name", "sex",
    "nationality", "birth_date", "issue_date", "expiry_date", "document_number", "issuing_authority", "mrz",
}  # fmt: skip


def digit(text):
    """Doc 9303-3 section 4.9 by table instead of by base 36."""
    values = {character: value for value, character in enumerate("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")} | {"<": 0}
    return str(sum(values[character] * weight for character, weight in zip(text, [7, 3, 1] * 20, strict=False)) % 10)


def holds(lines):
    if len(lines) == 2:
        second = lines[1]
        composite = second[0:10] + second[13:20] + second[21:43]
        parts = [(second[0:9], second[9]), (second[13:19], second[19]), (second[21:27], second[27])]
        return [*parts, (second[28:42], second[42].replace("<", "0")), (composite, second[43])]
    first, second, _ = lines
    composite = first[5:30] + second[0:7] + second[8:15] + second[18:29]
    return [(first[5:14], first[14]), (second[0:6], second[6]), (second[8:14], second[14]), (composite, second[29])]


def test_every_passport_of_the_table_and_cards_with_a_zone():
    assert {country for country, kind in PAIRS if kind == "PP"} == PASSPORTS
    assert {country for country, kind in PAIRS if kind == "ID"} == {"VNM", "CHL", "ALB", "UTO", "DEU"}


@pytest.mark.parametrize(("country", "kind"), PAIRS)
def test_holders_are_well_formed(country, kind):
    for seed in range(40):
        told = truth(country, kind, seed)
        lines = told["mrz"]
        assert set(told) == FIELDS
        assert [len(line) for line in lines] == ([44, 44] if kind == "PP" else [30, 30, 30])
        assert all(set(line) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<") for line in lines)
        assert all(digit(text) == printed for text, printed in holds(lines)), lines
        assert told["birth_date"] < told["expiry_date"]
        assert told["issue_date"] is None or told["birth_date"] < told["issue_date"] < told["expiry_date"]


@pytest.mark.parametrize(("country", "kind"), PAIRS)
def test_every_pair_is_drawn(country, kind):
    specimen = draw(country, kind, 1)
    left, top, right, bottom = specimen.truth["mrz_box"]
    assert specimen.image.size == ((1476, 1039) if kind == "PP" else (1011, 638))
    assert specimen.truth["mrz"] == truth(country, kind, 1)["mrz"]
    zone = np.asarray(specimen.image.convert("L").crop((left, top, right, bottom)))
    assert 0.03 < (zone < 90).mean() < 0.30
    beside = np.asarray(specimen.image.convert("L").crop((0, top, left - 4, bottom)))
    assert (beside < 90).mean() < 0.001


@pytest.mark.parametrize("wear", WEARS)
def test_same_seed_same_pixels(wear):
    first, again, other = draw("UTO", "ID", 3, wear), draw("UTO", "ID", 3, wear), draw("UTO", "ID", 4, wear)
    assert first.image.tobytes() == again.image.tobytes()
    assert first.truth == again.truth
    assert first.image.tobytes() != other.image.tobytes()
    assert first.jpeg(60) == again.jpeg(60)


def test_the_zone_of_a_photograph_is_where_the_truth_says():
    specimen = draw("UTO", "ID", 5, "photo")
    left, top, right, bottom = specimen.truth["mrz_box"]
    assert 0 < left < right < specimen.image.width
    assert 0 < top < bottom < specimen.image.height
    assert (np.asarray(specimen.image.convert("L").crop((left, top, right, bottom))) < 90).mean() > 0.02


def test_holders_of_one_name_and_of_full_names_in_one_line():
    indonesian = [truth("IDN", "PP", seed) for seed in range(40)]
    single = [told for told in indonesian if told["first_name"] is None]
    assert 0 < len(single) < 20
    assert all("<<" not in told["mrz"][0].rstrip("<") for told in single)
    malaysian = truth("MYS", "PP", 50)
    assert malaysian["first_name"] is None
    assert malaysian["last_name"] == malaysian["mrz_last_name"] == "AISHAH NOR HAYATI BINTI HAJI OTHMAN"


def test_marks_are_printed_and_dropped_in_the_zone():
    told = truth("VNM", "PP", 37)
    assert (told["last_name"], told["first_name"]) == ("LÊ", "ĐỨC VĂN HÙNG")
    assert (told["mrz_last_name"], told["mrz_first_name"]) == ("LE", "DUC VAN HUNG")


def test_vietnamese_card_bears_the_citizens_whole_number():
    told = truth("VNM", "ID", 5)
    assert len(told["document_number"]) == 12
    assert told["mrz"][0][5:14] == told["document_number"][-9:]
    assert told["mrz"][0][15:27] == told["document_number"]


def test_national_check_digits():
    assert thai("1101700207030"[:12] + "9") == "1101700207030"
    assert chilean("12345678") == "123456785"
    assert taiwanese("A123456780") == "A123456789"


def test_portraits_are_faces_to_a_detector():
    found = 0
    cascade = cv2.CascadeClassifier(cv2.data.haarcascades + "haarcascade_frontalface_alt2.xml")
    pages = [("NGA", 1), ("UKR", 4), ("THA", 5), ("CHL", 2)]
    for country, seed in pages:
        page = np.asarray(draw(country, "PP", seed).image.crop((60, 140, 480, 720)).convert("L"))
        found += len(cascade.detectMultiScale(page, 1.1, 4)) > 0
    assert found >= len(pages) - 1


@pytest.mark.parametrize("kind", NEGATIVES)
def test_negatives_are_drawn_the_same_each_time(kind):
    first = negative(kind, 1)
    if kind not in {"cover", "front", "two"}:  # those take long, and differ in nothing that matters here
        assert first.image.tobytes() == negative(kind, 1).image.tobytes()
    assert first.truth == {"documents": 2 if kind == "two" else 0}
    assert min(first.image.size) >= 600


def test_a_missing_font_is_named_with_its_package(tmp_path):
    with pytest.raises(FontMissingError, match="apt-get install fonts-ocr-b"):
        font("mrz", 39, tmp_path)


def test_the_gallery_is_what_the_generator_says():
    told = json.loads((FOLDER / "truth.json").read_text("utf-8"))
    drawn = {f"{picture.name}.jpg": truth(picture.country, picture.type, picture.seed) for picture in PICTURES}
    assert told == {**drawn, **{f"{name}.jpg": {"documents": 0} for name, _, _ in GALLERY_NEGATIVES}}
    assert {path.name for path in FOLDER.glob("*.jpg")} == set(told)
    assert {(picture.country, picture.type) for picture in PICTURES} >= {pair for pair in PAIRS if pair[1] == "PP"}


def test_the_gallerys_pictures_are_small_jpegs():
    for path in FOLDER.glob("*.jpg"):
        assert path.stat().st_size <= LARGEST + 4096, path.name
        with Image.open(path) as image:
            assert image.format == "JPEG"
            assert 500 <= min(image.size) <= max(image.size) <= 1500
