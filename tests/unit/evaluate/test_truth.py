from __future__ import annotations

from datetime import date

import pytest

from gateway.evaluate.truth import TruthError, read_truth
from gateway.evaluate.values import Values
from gateway.model import DocumentType, Sex

FILES = ["a.png", "b.png"]


def read(tmp_path, text, files=FILES):
    path = tmp_path / "truth.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_truth(path, files)


def mistakes(tmp_path, text):
    with pytest.raises(TruthError) as error:
        read(tmp_path, text)
    return str(error.value).splitlines()


def test_any_columns_in_any_order_and_empty_cells_state_nothing(tmp_path):
    truth = read(
        tmp_path,
        'birth_date,file,id_type,last_name,sex\n1990-01-31, a.png ,ID,"TUAYANG, Jr",F\n,b.png,,,\n',
    )  # fmt: skip
    assert truth.rows == {
        "a.png": Values(
            birth_date=date(1990, 1, 31), id_type=DocumentType.IDENTITY_CARD, last_name="TUAYANG, Jr", sex=Sex.FEMALE
        ),
        "b.png": Values(),
    }


def test_what_a_spreadsheet_writes_is_read(tmp_path):
    truth = read(tmp_path, b"\xef\xbb\xbffile,country_region\r\na.png,THA\r\n\r\n")
    assert truth.rows == {"a.png": Values(country_region="THA")}


def test_another_text_is_another_truth(tmp_path):
    assert read(tmp_path, "file,sex\na.png,F\n").digest != read(tmp_path, "file,sex\na.png,M\n").digest


def test_every_mistake_has_its_line_and_no_value_is_told(tmp_path):
    text = (
        "file,country_region,id_type,side,birth_date,last_name\n"
        'a.png,Thailand,PASSPORT,left,31/01/1990,"two\nlines"\n'
        "c.png,THA,ID,front,1990-01-31,X\n"
        "b.png,THA\n"
        "a.png,THA,ID,front,1990-01-31,X\n"
        "b.png,THA,ID,front,1990-02-30,canary\n"
    )
    told = mistakes(tmp_path, text)
    assert told == [
        "truth.csv:2: country_region: expected an ISO 3166-1 alpha-3 code such as THA",
        "truth.csv:2: id_type: expected PP, DL or ID",
        "truth.csv:2: side: expected front or back",
        "truth.csv:2: birth_date: expected a day such as 1990-01-31",
        "truth.csv:4: no picture in the folder is called 'c.png'",
        "truth.csv:5: 2 cells under 6 columns",
        "truth.csv:6: 'a.png' is there twice",
        "truth.csv:7: birth_date: expected a day such as 1990-01-31",
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "truth.csv: is empty: at least a line of column names is needed"),
        ("file,birthdate\n", "truth.csv:1: no column can be called 'birthdate'; did you mean birth_date?"),
        ("file,sex,sex\n", "truth.csv:1: the column sex is there twice"),
        ("sex\n", "truth.csv:1: there is no column file"),
        (b"file\n\xff\n", "truth.csv: is not UTF-8 text"),
        ('file\n"a', "truth.csv: is no CSV: unexpected end of data"),
        ("file,mrz\n", "truth.csv:1: no column can be called 'mrz'"),
    ],
)
def test_a_file_that_is_no_truth(tmp_path, text, told):
    assert mistakes(tmp_path, text) == [told]


def test_a_date_in_digits_alone_is_none(tmp_path):
    assert mistakes(tmp_path, "file,birth_date\na.png,19900131\n") == [
        "truth.csv:2: birth_date: expected a day such as 1990-01-31"
    ]


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(TruthError, match=r"truth\.csv: cannot be read: No such file"):
        read_truth(tmp_path / "truth.csv", FILES)
