from __future__ import annotations

import re

import pytest
from huaweicloudsdkocr.v1.model import IdDocumentRequestBody

from gateway.wire import contract


def test_the_request_body_has_the_fields_of_the_sdk():
    assert contract.RequestBody.__struct_fields__ == tuple(IdDocumentRequestBody.openapi_types)


@pytest.mark.parametrize("project_id", ["0123456789abcdef0123456789abcdef", "pid123", "p", "a_b-C"])
def test_ids_fit_the_path(project_id):
    assert _path().fullmatch(f"/v2/{project_id}/ocr/id-document")


@pytest.mark.parametrize("project_id", ["", "{project_id}", "%7Bproject_id%7D", "a b", "a/b", "a" * 65])
def test_anything_else_does_not(project_id):
    assert not _path().fullmatch(f"/v2/{project_id}/ocr/id-document")


def _path() -> re.Pattern[str]:
    """The path as aiohttp's router reads it."""
    return re.compile(re.sub(r"\{project_id:(.*\})\}/", r"(\1)/", contract.PATH))
