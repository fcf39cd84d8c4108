from typing import Any

import msgspec

from gateway.credentials.registry import CREDENTIALS
from gateway.secret import Secret


def as_secret(kind: type, value: Any) -> Any:
    assert kind is Secret
    return Secret(value)


def test_every_scheme_is_made_from_its_options():
    options = {
        "header": {"name": "X-Auth-Token", "value": "v"},
        "huawei_aksk": {"access_key": "a", "secret_key": "s"},
    }
    assert options.keys() == CREDENTIALS.keys()
    for name, kind in CREDENTIALS.items():
        made = msgspec.convert(options[name], type=kind, dec_hook=as_secret)
        assert isinstance(made, kind)
        assert hasattr(made, "authorize")
