from __future__ import annotations

import json
import subprocess
import sys

from gateway import __version__
from gateway.wire.openapi import document, text


def test_the_text_is_the_document():
    assert json.loads(text()) == document()
    assert document()["info"]["version"] == __version__


def test_the_project_id_has_the_form_that_the_router_takes():
    operation = document()["paths"]["/v2/{project_id}/ocr/id-document"]["post"]
    assert operation["parameters"][0]["schema"]["pattern"] == "^[0-9A-Za-z_-]{1,64}$"


def test_every_reference_leads_somewhere():
    components = document()["components"]
    references = {value for name, value in _pairs(document()) if name == "$ref"}
    assert references
    for reference in references:
        _, place, kind, name = reference.split("/")
        assert (place, name in components[kind]) == ("components", True)


def test_the_command_prints_it():
    printed = subprocess.run([sys.executable, "-m", "gateway.wire.openapi"], capture_output=True, check=True, text=True)
    assert printed.stdout == text()


def _pairs(value):
    if isinstance(value, dict):
        yield from value.items()
        value = list(value.values())
    if isinstance(value, list):
        for content in value:
            yield from _pairs(content)
