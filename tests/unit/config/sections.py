"""Sections for the tests of what works on them."""

from pathlib import Path

from gateway.config import nodes
from gateway.config.section import Section, Source


def section(text, environ=None, folder=Path()):
    root, faults = nodes.parse(text)
    assert not faults
    return Section(root, "", Source("f.yaml", folder, environ or {}))


def reported(section):
    return [str(problem).removeprefix("f.yaml:") for problem in section.source.problems]
