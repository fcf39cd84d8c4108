from __future__ import annotations

import importlib
import inspect
import pkgutil

import gateway.evaluate
from gateway.evaluate.asking import Refused
from gateway.evaluate.errors import EvaluationError


def test_whoever_orders_an_evaluation_has_one_class_to_catch():
    """The exception is one that is caught within."""
    found = {
        kind
        for module in pkgutil.iter_modules(gateway.evaluate.__path__, "gateway.evaluate.")
        for _, kind in inspect.getmembers(importlib.import_module(module.name), inspect.isclass)
        if issubclass(kind, Exception) and kind.__module__ == module.name
    }
    assert len(found) > 5
    assert {kind for kind in found if not issubclass(kind, EvaluationError)} == {Refused}
