import importlib
from dataclasses import fields

import msgspec
import pytest

from gateway.adapters.registry import ADAPTERS
from gateway.model import IdDocument


@pytest.mark.parametrize("name", ADAPTERS)
def test_every_entry_is_a_strict_frozen_struct_in_the_folder_of_its_name(name: str):
    adapter = ADAPTERS[name]
    assert adapter.__module__.startswith(f"gateway.adapters.{name}.")
    config = msgspec.inspect.type_info(adapter)
    assert isinstance(config, msgspec.inspect.StructType)
    assert config.forbid_unknown_fields
    assert adapter.__struct_config__.frozen


@pytest.mark.parametrize("name", ADAPTERS)
def test_every_mapping_names_the_fields_that_it_lacks(name: str):
    absent = importlib.import_module(f"gateway.adapters.{name}.mapping").ABSENT
    assert absent <= {field.name for field in fields(IdDocument)}
