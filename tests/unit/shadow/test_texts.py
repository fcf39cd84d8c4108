import pytest

from gateway.shadow.texts import compare_texts

SAME, NEAR, OTHER = "equivalent", "near", "conflict"


@pytest.mark.parametrize(
    ("one", "other", "result"),
    [
        ("12 RIZAL ST., QUEZON CITY", "12 Rizal St Quezon City", SAME),
        ("12 RIZAL ST, QUEZON CITY", "QUEZON CITY, 12 RIZAL ST", SAME),
        ("Số 5, Đường Lê Lợi, Đà Nẵng", "SO 5 DUONG LE LOI, DA NANG", SAME),
        ("99 หมู่ที่ 1 ต.บางรัก", "99 หมู่ที่1 ต. บางรัก", SAME),  # Thai divides words at will
        ("99 หมู่ที่ 1 ต.บางรัก อ.เมือง", "99 หมู่ที่ 1 ต.บางรัก อ.เมีอง", NEAR),
        ("12 RIZAL ST BARANGAY 5 QUEZON CITY NCR", "12 RIZAL ST BARANGAY 5 QUEZON CITY", NEAR),  # 7 of 8 words
        ("A B C D E F G H I J", "A B C D E F G H I", SAME),  # nine of ten
        ("A B C D E", "A B C", NEAR),  # three of five
        ("A B C D", "A B", OTHER),
        ("12 RIZAL ST", "45 MABINI AVE", OTHER),
        ("8034", "8O34", NEAR),
        ("8034", "8035", NEAR),
        ("8034", "9999", OTHER),
        ("CỤC CẢNH SÁT", "CUC CANH SAT", SAME),
        ("ДМС 8034", "DMS 8034", SAME),
        ("A " * 1001, "A  " * 700, OTHER),  # nobody's address
        ("---", "...", SAME),
        ("---", "A", OTHER),
    ],
)
def test_by_words(one, other, result):
    assert compare_texts(one, other) == compare_texts(other, one) == result
