import pytest

from gateway.errors import WrongDocument
from gateway.model import DocumentType, IdDocument
from gateway.routing.asked import Asked
from tests.fakes import FakeRecognizer, make_query

PP, ID = DocumentType.PASSPORT, DocumentType.IDENTITY_CARD


async def answer(document: IdDocument, countries: tuple[str, ...] = (), types: tuple[DocumentType, ...] = ()):
    query = make_query(countries=frozenset(countries), types=frozenset(types))
    recognition = await Asked(FakeRecognizer("u", document)).recognize(query)
    assert recognition.upstream == "u"
    return recognition.document


@pytest.mark.parametrize(
    ("countries", "types"),
    [((), ()), (("THA",), ()), (("THA", "VNM"), ()), ((), (ID,)), (("THA",), (ID, PP))],
)
async def test_what_was_asked_for_passes_unchanged(countries, types):
    document = IdDocument(country_region="THA", id_type=ID, first_name="Malee")
    assert await answer(document, countries, types) is document


@pytest.mark.parametrize(
    ("countries", "types"), [(("VNM",), ()), (("VNM", "CHL"), (ID,)), ((), (PP,)), (("THA",), (PP,))]
)
async def test_anything_else_is_the_wrong_document(countries, types):
    with pytest.raises(WrongDocument) as wrong:
        await answer(IdDocument(country_region="THA", id_type=ID, first_name="Malee"), countries, types)
    assert "Malee" not in str(wrong.value)


async def test_what_the_upstream_does_not_say_is_filled_in_where_one_was_asked_for():
    document = await answer(IdDocument(first_name="Malee"), ("THA",), (ID,))
    assert document == IdDocument(country_region="THA", id_type=ID, first_name="Malee")


@pytest.mark.parametrize(("countries", "types"), [(("THA", "VNM"), ()), (("THA",), (ID, PP))])
async def test_what_the_upstream_does_not_say_is_not_guessed(countries, types):
    with pytest.raises(WrongDocument):
        await answer(IdDocument(first_name="Malee"), countries, types)


async def test_without_filter_nothing_is_filled_in():
    assert await answer(IdDocument(first_name="Malee")) == IdDocument(first_name="Malee")
