"""Asks a running Regula container which of the 23 pairs its document database holds.

    .venv/bin/python scripts/regula_doclist.py http://localhost:8080

Prints one line a pair, with the documents that the container lists for it, and at last the ``pairs`` option that narrows
the upstream to them. A listed document is one that the container can recognise; how well it reads it is not said.
"""

from __future__ import annotations

import argparse
import sys
import urllib.request
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from gateway.adapters.endpoint import check_endpoint
from gateway.adapters.regula.kinds import KINDS
from gateway.model import DocumentType
from gateway.normalize.countries import country
from gateway.table1 import TABLE_1

TIMEOUT = 30.0
"""Seconds; the list of a full database is some megabytes."""

SHOWN = 3
"""Names of documents printed for a pair; the rest is counted."""

Pair = tuple[str, DocumentType]


class Document(msgspec.Struct):
    """``DatabaseDocument`` of the vendor's API. ``icao_code`` is newer than ``country``, which is a name."""

    country: str
    doc_type: int
    document: str
    icao_code: str | None = None
    deprecated: bool | None = None


class Documents(msgspec.Struct):
    items: tuple[Document, ...]


def fetch(endpoint: str) -> tuple[Document, ...]:
    """``GET {endpoint}/api/doclist``. Raises OSError where nobody answers, ValueError for another answer."""
    check_endpoint(endpoint)
    url = f"{endpoint.rstrip('/')}/api/doclist"
    with urllib.request.urlopen(url, timeout=TIMEOUT) as answer:  # noqa: S310 - check_endpoint lets http and https through
        return msgspec.json.decode(answer.read(), type=Documents).items


def documents_by_pair(documents: Iterable[Document]) -> Mapping[Pair, list[str]]:
    """The names of the listed documents for each pair of Table 1, in its order; an empty list where there is none.

    A document of a type that is neither passport, driving licence nor identity card belongs to no pair. Withdrawn
    documents count: people still send them.
    """
    found: dict[Pair, list[str]] = {(state, kind): [] for state, kinds in TABLE_1.items() for kind in sorted(kinds)}
    for document in documents:
        state = country((document.icao_code or "").replace("<", "")) or country(document.country)
        kind = KINDS.get(document.doc_type)
        if state is not None and kind is not None and (state, kind) in found:
            found[state, kind].append(document.document)
    return found


def report(found: Mapping[Pair, list[str]]) -> str:
    """What :func:`main` prints."""
    lines = []
    for (state, kind), names in found.items():
        more = "" if len(names) <= SHOWN else f", and {len(names) - SHOWN} more"
        lines.append(f"{state} {kind}  {', '.join(names[:SHOWN])}{more}" if names else f"{state} {kind}  not listed")
    kinds: dict[str, list[str]] = {}
    for (state, kind), names in found.items():
        if names:
            kinds.setdefault(state, []).append(kind)
    entries = ", ".join(" ".join([state, *held]) for state, held in kinds.items())
    total = sum(map(bool, found.values()))
    lines += ["", f"{total} of {len(found)} pairs", f"pairs: [{entries}]"]
    return "\n".join(lines)


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description="Which of the 23 pairs a running Regula container knows.")
    parser.add_argument("endpoint", help="of the container, such as http://localhost:8080")
    try:
        documents = fetch(parser.parse_args(arguments).endpoint)
    except (OSError, ValueError) as error:
        print(f"no list of documents: {error}", file=sys.stderr)
        return 1
    print(report(documents_by_pair(documents)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
