import re
from pathlib import Path
from typing import Any

import msgspec

from gateway.config.convert import convert_by_type
from gateway.credentials.registry import CREDENTIALS
from gateway.secret import Secret
from tests.unit.config.sections import section
from tests.vendors.verifiers import secrets_for


def as_secret(kind: type, value: Any) -> Any:
    assert kind is Secret
    return Secret(value)


def test_every_scheme_is_made_from_its_options():
    options = {
        "alibaba_acs3": {"access_key_id": "a", "access_key_secret": "s"},
        "aws_sigv4": {"access_key_id": "a", "secret_access_key": "s", "region": "us-east-1"},
        "baidu_token": {"api_key": "a", "secret_key": "s"},
        "entra": {"tenant": "t.example", "client_id": "a", "client_secret": "s"},
        "google_service_account": {"key": secrets_for("google_service_account")[1]},
        "header": {"name": "X-Auth-Token", "value": "v"},
        "huawei_aksk": {"access_key": "a", "secret_key": "s"},
        "tencent_tc3": {"secret_id": "a", "secret_key": "s"},
    }
    assert options.keys() == CREDENTIALS.keys()
    for name, kind in CREDENTIALS.items():
        made = msgspec.convert(options[name], type=kind, dec_hook=as_secret)
        assert isinstance(made, kind)
        assert hasattr(made, "authorize")
        assert hasattr(made, "refused")


PAGE = Path(__file__).parents[3] / "docs" / "credentials.md"


def test_every_scheme_and_every_option_is_documented_by_an_example_that_is_taken(tmp_path: Path):
    (tmp_path / "service-account.json").write_text(secrets_for("google_service_account")[1])
    shown = {}
    for example in re.findall(r"^```yaml\n(.*?)^```$", PAGE.read_text(), re.MULTILINE | re.DOTALL):
        root = section(example, dict.fromkeys(re.findall(r"env: (\w+)", example), "x"), tmp_path)
        made = convert_by_type(root.child("credentials"), CREDENTIALS, "credentials scheme")
        assert root.source.problems == []
        shown[type(made)] = {key for key in root.child("credentials") if key != "type"}
        for field in msgspec.structs.fields(type(made)):
            if "# default" in example and not field.required and field.default is not None:
                assert getattr(made, field.name) == field.default

    options = {kind: {field.name for field in msgspec.structs.fields(kind)} for kind in CREDENTIALS.values()}
    assert shown == options
