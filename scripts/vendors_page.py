"""Write ``docs/vendors.md`` from what the adapters say of themselves.

    python -m scripts.vendors_page > docs/vendors.md

The options under which an adapter is asked are those of its recorded cases, the best evidence of them counts.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Mapping, Sequence

from gateway.adapters.registry import ADAPTERS
from gateway.exchange import Evidence, ImageLimits
from gateway.model import DocumentType
from gateway.table1 import TABLE_1
from tests.adapters.cases import FOLDER, load, variants

MARKS: Mapping[Evidence, str] = {
    Evidence.LISTED: "**L**",
    Evidence.GENERAL: "G",
    Evidence.ZONE: "Z",
    Evidence.WITHDRAWN: "(W)",
}
"""The best first."""

NOT_READ = "·"

PAGE = """# Vendors

Which upstream reads which of the 23 pairs of the old API, and how good the word is for it. The two tables are written by
`scripts/vendors_page.py` from the adapters' own `coverage` and `accepts`; a test compares them. No vendor was called with an
account while this was written: the words are the vendors' own, from their documentation and clients, as each
adapter's README tells with its sources.

| mark | |
|---|---|
| **L** | the vendor's documentation names the document |
| G | only a general claim covers it: "worldwide", "any machine readable passport" |
| Z | what its machine readable zone says, and nothing of the rest of the page |
| (W) | the vendor has taken it offline; a private or older installation may still have it |
| · | not read |

{matrix}

`local` is the [embedded reader](accuracy.md) and `replay` plays [recorded answers](replay.md); neither calls anybody. Coverage can be
narrower under some options (a region, a site, a template): `id-gateway explain` tells for your configuration.

{adapters}

Values follow one set of [rules](normalization.md) whoever read them, and are held against check digits and calendar before they go
out. What signs the requests is on the page on [credentials](credentials.md). A vendor that is not here is
[one folder away](adding-a-vendor.md).

## Which to choose

| situation | start with | why |
|---|---|---|
| stay on Huawei | [stay-on-huawei.yaml](../config/examples/stay-on-huawei.yaml) | Huawei's surviving endpoints read 17 pairs, cards in full; the rest goes to the embedded reader or is refused |
| leave Huawei | [leave-huawei.yaml](../config/examples/leave-huawei.yaml) | every pair has a vendor in front that documents it (Ukrainian passports by their zone), most have another behind |
| nothing leaves the house | [self-hosted.yaml](../config/examples/self-hosted.yaml) | a Regula or BlinkID container, a vision model of your own, the embedded reader |

`id-gateway check` accepts all three as they are, once the secrets that they name are set.

## Looked at and left out

- **AWS Textract AnalyzeID** reads documents issued in the United States only, and **Google Document AI**'s identity parsers read those of
  the United States and France and are discontinued: 0 of the 23 pairs. Their plain text recognition is of use, through the adapter `text`.
- **Volcengine, NAVER CLOVA, Face++ and iFlytek** document none of the pairs.
- **ADVANCE.AI, ZOLOZ, Didit, Klippa and base64.ai**: no published answer to build against, or none of the pairs documented.
"""


def page() -> str:
    return PAGE.format(matrix="\n".join(_matrix()), adapters="\n".join(_adapters()))


def _matrix() -> Iterator[str]:
    yield "| | " + " | ".join(f"`{name}`" for name in ADAPTERS) + " |"
    yield "|---" * (len(ADAPTERS) + 1) + "|"
    marks: dict[str, list[str]] = {name: [] for name in ADAPTERS}
    for country, kinds in TABLE_1.items():
        for kind in (kind for kind in DocumentType if kind in kinds):
            row = {name: _mark(name, country, kind) for name in ADAPTERS}
            for name, mark in row.items():
                marks[name].append(mark)
            yield f"| {country} {kind} | " + " | ".join(row.values()) + " |"
    yield "| **of 23** | " + " | ".join(map(_total, marks.values())) + " |"


def _total(marks: Sequence[str]) -> str:
    withdrawn = marks.count(MARKS[Evidence.WITHDRAWN])
    read = len(marks) - marks.count(NOT_READ) - withdrawn
    return f"{read} (+{withdrawn})" if withdrawn else str(read)


def _mark(name: str, country: str, kind: DocumentType) -> str:
    found = {adapter.coverage.get((country, kind)) for adapter in variants(name)}
    return next((mark for evidence, mark in MARKS.items() if evidence in found), NOT_READ)


def _adapters() -> Iterator[str]:
    yield "| adapter | credentials | pictures | fields that it never gives |"
    yield "|---|---|---|---|"
    for name in ADAPTERS:
        first = variants(name)[0]
        given = [load(path) for path in sorted((FOLDER / name).rglob("credentials.json"))]
        scheme = ", ".join(sorted({f"`{credentials['type']}`" for credentials in given if credentials})) or "none"
        absent = ", ".join(sorted(importlib.import_module(f"gateway.adapters.{name}.mapping").ABSENT)) or "none"
        yield f"| [`{name}`](../gateway/adapters/{name}/README.md) | {scheme} | {_pictures(first.accepts)} | {absent} |"


def _pictures(limits: ImageLimits) -> str:
    """Others are converted, larger ones shrunk."""
    formats = ", ".join(sorted(form.value.upper() for form in limits.formats))
    return f"{formats}; {limits.max_bytes / 1e6:.3g} MB; {limits.min_side} to {limits.max_side} px"


if __name__ == "__main__":
    print(page(), end="")
