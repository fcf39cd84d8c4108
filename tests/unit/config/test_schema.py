"""Every setting is documented beneath its field, refuses what it does not know, and has the promised default."""

import ast
import inspect
from itertools import pairwise

import msgspec
import pytest

from gateway.config import schema
from gateway.config.builtin import BUILTIN
from gateway.config.load import load_text
from gateway.config.section import Here
from gateway.image.fetch import FetchPolicy
from gateway.routing.match import Condition

STRUCTS = [kind for _, kind in inspect.getmembers(schema, inspect.isclass) if issubclass(kind, msgspec.Struct)]


def documented(kind):
    """Names of fields that are followed by a docstring."""
    body = ast.parse(inspect.getsource(kind)).body[0].body
    return {
        field.target.id
        for field, text in pairwise(body)
        if isinstance(field, ast.AnnAssign) and isinstance(text, ast.Expr) and isinstance(text.value, ast.Constant)
    }


@pytest.mark.parametrize(
    "kind", [kind for kind in STRUCTS if kind is not msgspec.Struct], ids=lambda kind: kind.__name__
)
def test_every_field_is_documented_and_unknown_ones_are_refused(kind):
    assert documented(kind) == {field.name for field in msgspec.structs.fields(kind) if field.type is not Here}
    assert kind.__struct_config__.forbid_unknown_fields
    assert kind.__struct_config__.frozen
    assert kind.__doc__


def test_defaults():
    settings = load_text(BUILTIN, name="x").settings
    server = settings.server
    assert (server.deadline, server.body_memory, server.drain) == (30, 512 * 2**20, 30)
    assert (server.parity, server.countries, server.fetch) == ("extended", "table1", FetchPolicy())
    assert (str(server.listen), str(settings.admin.listen)) == ("0.0.0.0:8080", "127.0.0.1:9090")
    assert not schema.CallersConfig().anonymous
    local = settings.upstreams["local"]
    assert (local.timeout, local.connect_timeout, local.price, local.credentials) == (20, 3, 0, None)
    assert settings.routes[0].when == Condition()


def test_the_built_in_configuration_says_nothing_but_defaults_of_addresses():
    assert schema.ServerConfig() == load_text(BUILTIN, name="x").settings.server
    assert schema.AdminConfig() == load_text(BUILTIN, name="x").settings.admin
