from __future__ import annotations

import pytest

from gateway.local.models import Models, load_models
from gateway.local.page import PageReader


@pytest.fixture(scope="package")
def models() -> Models:
    return load_models()


@pytest.fixture(scope="package")
def page_reader(models: Models) -> PageReader:
    return PageReader(models)
