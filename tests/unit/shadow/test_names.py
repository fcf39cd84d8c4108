"""Traps of real documents. Every one is tried both ways round: who is the control does not matter."""

import pytest

from gateway.model import IdDocument
from gateway.shadow.names import compare_names
from gateway.shadow.result import Result

E, S, N, C = Result.EXACT, Result.EQUIVALENT, Result.NEAR, Result.CONFLICT
LACKS_OURS, LACKS_THEIRS = Result.MISSING_CONTROL, Result.MISSING_CANDIDATE
TURNED = {LACKS_OURS: LACKS_THEIRS, LACKS_THEIRS: LACKS_OURS}

CASES = {
    "as it is": (("NGUYEN", "VAN AN"), ("NGUYEN", "VAN AN"), E, E),
    "case": (("NGUYEN", "VAN AN"), ("Nguyen", "Van An"), S, S),
    "Vietnamese marks": (("Nguyễn", "Văn An"), ("NGUYEN", "VAN AN"), S, S),
    "Vietnamese D with a bar": (("Đặng", "Thị Đào"), ("DANG", "THI DAO"), S, S),
    "composed and decomposed": (("Nguyễn", None), ("Nguye\u0302\u0303n", None), S, None),
    "a mark lost is another name": (("Nguyễn", "Hùng"), ("Nguyễn", "Hưng"), E, N),
    "some marks lost": (("Nguyễn", "Hùng"), ("Nguyên", "Hùng"), N, E),
    "the bar alone lost": (("Đặng", None), ("Dặng", None), N, None),
    "the tone on the other vowel": (("Hoà", None), ("Hòa", None), S, None),
    "first and last exchanged": (("NGUYEN", "VAN AN"), ("VAN AN", "NGUYEN"), S, S),
    "Western order": (("NGUYEN", "VAN AN"), ("AN", "NGUYEN VAN"), S, S),
    "all in the last name": (("NGUYEN VAN AN", None), ("NGUYEN", "VAN AN"), S, S),
    "all in the first name": ((None, "An Van Nguyen"), ("NGUYEN", "VAN AN"), S, S),
    "one name, here or there": (("SUHARTO", None), (None, "SUHARTO"), S, S),
    "divided elsewhere": (("GARCIA LOPEZ", "MARIA"), ("LOPEZ", "MARIA GARCIA"), S, S),
    "a middle name too few": (("NGUYEN", "VAN AN"), ("NGUYEN", "AN"), E, N),
    "all in one, and a middle name too few": (("NGUYEN VAN AN", None), ("NGUYEN", "AN"), N, N),
    "one of two last names": (("GARCIA LOPEZ", "MARIA"), ("GARCIA", "MARIA"), N, E),
    "no first name at all": (("NGUYEN", None), ("NGUYEN", "VAN AN"), E, LACKS_OURS),
    "nothing at all": ((None, None), ("NGUYEN", "VAN AN"), LACKS_OURS, LACKS_OURS),
    "nothing but blanks": (("  ", None), ("NGUYEN", None), LACKS_OURS, None),
    "blanks lost": (("BIN ABDULLAH", "ABDUL RAHMAN"), ("BIN ABDULLAH", "ABDULRAHMAN"), E, S),
    "a hyphen": (("CHAN", "Tai Man"), ("CHAN", "TAI-MAN"), E, S),
    "an apostrophe": (("O'BRIEN", "SEAN"), ("OBRIEN", "SEAN"), S, E),
    "another apostrophe": (("O\u2019BRIEN", "SEAN"), ("O'BRIEN", "SEAN"), S, E),
    "son of": (("FARID A/L KRISHNAN", None), ("FARID A L KRISHNAN", None), S, None),
    "N with a tilde": (("PEÑA", "JOSÉ MARÍA"), ("PENA", "JOSE MARIA"), S, S),
    "N with a tilde, as some states spell it": (("PEÑA", "ANA"), ("PENXXA", "ANA"), S, E),
    "N with the wrong mark": (("PEÑA", "ANA"), ("PEŃA", "ANA"), N, E),
    "an umlaut in two spellings": (("MÜLLER", "JÖRG"), ("MUELLER", "JORG"), S, S),
    "two spellings without the umlaut": (("MULLER", "ANNA"), ("MUELLER", "ANNA"), N, E),
    "sharp s": (("Groß", "Anna"), ("GROSS", "ANNA"), S, S),
    "Albanian letters": (("GJEÇ", "ÇELË"), ("GJEC", "CELE"), S, S),
    "Cyrillic": (("ГНАТЮК", "\u041c\u0410\u0420'\u042f\u041d\u0410"), ("HNATIUK", "MARIANA"), S, S),
    "Cyrillic with a soft sign": (("ИЛЬИН", "ИЛЬЯ"), ("ILIN", "ILIA"), S, S),
    "another Cyrillic letter": (("ЕМЕЛЬЯНОВ", None), ("ЭМЕЛЬЯНОВ", None), N, None),
    "Thai beside English": (("TUAYANG", "สมชาย"), ("TUAYANG", "SOMCHAI"), E, N),
    "all Thai beside English": (("ใจดี", "สมชาย"), ("JAIDEE", "SOMCHAI"), N, N),
    "Thai, one tone mark lost": (("ด้วยดี", None), ("ดวยดี", None), N, None),
    "another Thai name": (("ใจดี", None), ("สมบูรณ์", None), C, None),
    "Chinese beside English": (("CHAN 陳", "TAI MAN 大文"), ("CHAN", "TAI MAN"), N, N),
    "a title left in front": (("TUAYANG", "MR. SOMCHAI"), ("TUAYANG", "SOMCHAI"), E, N),
    "cut off by the zone": (
        ("NILAVADHANANANDA", "CHAYAPA DEJTHAMR"),
        ("NILAVADHANANANDA", "CHAYAPA DEJTHAMRONG KRASUANG"),
        E,
        N,
    ),
    "too short to have been cut off": (("SMITH", "ANA"), ("SMITH", "ANASTASIA"), E, C),
    "noughts for O": (("GARCIA", "J0SE"), ("GARCIA", "JOSE"), E, N),
    "several look-alikes": (("0LIV3IRA", "SOLO"), ("OLIV3IRA", "50L0"), N, N),
    "a letter": (("NGUYEN", "AN"), ("NGUYEM", "AN"), N, E),
    "a letter of a short name": (("LI", None), ("LE", None), C, None),
    "a letter of a short name, the rest the same": (("LI", "WEI"), ("LE", "WEI"), N, E),
    "exchanged, and a letter": (("VAN AM", "NGUYEN"), ("NGUYEN", "VAN AN"), N, N),
    "all in one, and a letter": (("NGUYEM VAN AN", None), ("NGUYEN", "VAN AN"), N, N),
    "another person of the family": (("SMITH", "JOHN"), ("SMITH", "MARY"), E, C),
    "another person": (("SMITH", "JOHN"), ("TUAYANG", "SOMCHAI"), C, C),
    "another first name, and a last name more": (("SMITH", "JOHN"), ("SMITH JONES", "MARY"), N, C),
    "too long for a name": (("A" * 201, None), ("a" * 201, None), C, None),
    "punctuation": (("-", None), (".", None), S, None),
    "punctuation beside a name": (("-", None), ("LI", None), C, None),
}


def compared(one, other):
    documents = [IdDocument(last_name=last, first_name=first) for last, first in (one, other)]
    results = dict(compare_names(*documents))
    return results.get("last_name"), results.get("first_name")


@pytest.mark.parametrize(("one", "other", "last", "first"), CASES.values(), ids=CASES)
def test_names(one, other, last, first):
    assert compared(one, other) == (last, first)
    assert compared(other, one) == (TURNED.get(last, last), TURNED.get(first, first))
