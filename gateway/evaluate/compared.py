"""What one picture's answers are worth: each against the truth, and against the answer of the first upstream."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from msgspec.structs import replace

from gateway.evaluate.asking import Answer
from gateway.evaluate.book import Book
from gateway.evaluate.errors import EvaluationError
from gateway.evaluate.results import Classes, Line
from gateway.evaluate.truth import Truth
from gateway.evaluate.values import Values, present, values_of
from gateway.model import IdDocument
from gateway.shadow.compare import Result, compare
from gateway.shadow.proof import who_is_right
from gateway.truth.failures import failures


class TruthChanged(EvaluationError):
    """Results on file were held against another truth, and what was read is not kept."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """``control`` is the upstream that the others are compared with; ``settings`` are those of each by name.

    Results hold classes alone; with ``keep`` what was read as well, which is personal.
    """

    control: str
    settings: Mapping[str, str]
    truth: Truth | None
    keep: bool

    def truth_of(self, file: str) -> Values | None:
        return None if self.truth is None else self.truth.rows.get(file)

    def lines(
        self, file: str, picture: str, answers: Mapping[str, Answer], book: Book, today: date
    ) -> Iterator[tuple[str, Line]]:
        """Upstream and result for each of ``answers``. The control's answer may be in ``book``, with its values."""
        control = answers[self.control].document if self.control in answers else _kept(book, self.control, picture)
        for name, answer in answers.items():
            document = answer.document
            line = Line(
                picture=picture,
                settings=self.settings[name],
                file=file,
                outcome=answer.outcome,
                seconds=round(answer.seconds, 4),
                cost=answer.cost,
                attempts=answer.attempts,
            )
            if document is not None:
                line = self._told(self._held(line, document), document, today)
                if name != self.control and control is not None:
                    line = self._agreed(line, control, document)
            yield name, line

    def catch_up(self, book: Book) -> None:
        """Hold the results in ``book`` against the truth as it is now. Raises :class:`TruthChanged` where that cannot be."""
        digest = "" if self.truth is None else self.truth.digest
        for name, line in list(book.lines()):
            if line.answered and line.truth_digest != digest:
                if line.values is None:
                    raise TruthChanged("these results were held against another truth, and what was read is not kept")
                book.revise(name, self._held(line, line.values.document()))

    def _agreed(self, line: Line, control: IdDocument, document: IdDocument) -> Line:
        results = compare(control, document)
        right = who_is_right(results, control, document)
        proven = tuple(name for name, side in right.items() if side == "candidate")
        return replace(line, control=self.control, agreement=results, proven=proven)

    def _held(self, line: Line, document: IdDocument) -> Line:
        truth = self.truth_of(line.file)
        digest = "" if self.truth is None else self.truth.digest
        return replace(line, truth_digest=digest, truth=None if truth is None else _classes(truth, document))

    def _told(self, line: Line, document: IdDocument, today: date) -> Line:
        return replace(
            line,
            country_region=document.country_region,
            id_type=document.id_type,
            fields=present(document),
            failures=failures(document, today=today),
            values=values_of(document) if self.keep else None,
        )


def _classes(truth: Values, document: IdDocument) -> Classes:
    """Of the fields that the truth states; of the others nobody knows."""
    results = compare(truth.document(), document)
    return {name: result for name, result in results.items() if result is not Result.MISSING_CONTROL}


def _kept(book: Book, upstream: str, picture: str) -> IdDocument | None:
    line = book.line(upstream, picture)
    return None if line is None or line.values is None else line.values.document()
