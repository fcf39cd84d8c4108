"""What is installed with the gateway may be used by anybody: no GPL and no AGPL among it, however indirect."""

from __future__ import annotations

import re
from importlib import metadata

RUNTIME_EXTRAS = {"local", "speed"}
COPYLEFT = re.compile(r"\bA?GPL|\bGNU (Affero )?General Public", re.IGNORECASE)


def requirements(name: str, extras: set[str]) -> set[str]:
    """Names of the distributions that ``name`` needs directly, for this interpreter, with ``extras``."""
    needed = set()
    for line in metadata.requires(name) or []:
        requirement, _, marker = line.partition(";")
        wanted = re.findall(r"""extra == ['"]([^'"]+)['"]""", marker)
        if (not wanted or set(wanted) & extras) and "python_version <" not in marker and "win32" not in marker:
            needed.add(re.split(r"[^A-Za-z0-9._-]", requirement.strip(), maxsplit=1)[0])
    return needed


def installed() -> set[str]:
    found: set[str] = set()
    waiting = requirements("id-document-gateway", RUNTIME_EXTRAS)
    while waiting:
        name = waiting.pop()
        try:
            metadata.distribution(name)
        except metadata.PackageNotFoundError:
            continue  # for another platform
        if name not in found:
            found.add(name)
            waiting |= requirements(name, set())
    return found


def licence(name: str) -> str:
    about = metadata.metadata(name)
    classifiers = [line for line in about.get_all("Classifier") or [] if line.startswith("License")]
    first_line = (about.get("License") or "").split("\n", 1)[0]
    return " ".join([about.get("License-Expression") or "", first_line, *classifiers])


def test_no_dependency_is_under_the_gpl():
    names = installed()
    assert {"aiohttp", "onnxruntime", "rapidocr", "uvloop"} <= names
    offenders = {
        name: licence(name) for name in names if COPYLEFT.search(re.sub(r"LGPL\S*|Lesser[^)]*", "", licence(name)))
    }
    assert offenders == {}
