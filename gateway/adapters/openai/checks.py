"""What a transcript has to withstand before it is an answer: a model that cannot read a document may make one up."""

from __future__ import annotations

from gateway.errors import ContradictedDocument, UnreadableDocument
from gateway.model import DocumentType, IdDocument
from gateway.truth.failures import failures
from gateway.truth.zone import zone_of


def withstand(document: IdDocument) -> None:
    """Raise where ``document`` must not be believed.

    :class:`ContradictedDocument`: a check digit fails, the zone is of another document than the page, no such national
    number can be, or the dates are impossible. :class:`UnreadableDocument`: a passport without a whole machine readable
    zone, as nothing else vouches for its page.
    """
    if document.id_type is DocumentType.PASSPORT and zone_of(document.mrz) is None:
        raise UnreadableDocument("a passport without a whole machine readable zone")
    if broken := failures(document):
        raise ContradictedDocument(f"the transcript fails: {', '.join(broken)}")
