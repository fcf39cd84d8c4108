from __future__ import annotations

import json

import pytest

from gateway.wire.iam.login import read_login
from gateway.wire.iam.refusals import BadLogin
from tests.unit.wire.openapi.conforms import conforms

USER = {"name": "billing", "password": "secret", "domain": {"name": "IAMDomain"}}


def login(*, methods=("password",), user=USER, **auth):
    return {"auth": {"identity": {"methods": list(methods), "password": {"user": user}}, **auth}}


LOGINS = {
    "no scope": (login(), True),
    "scope null": (login(scope=None), True),
    "domain": (login(scope={"domain": {"name": "IAMDomain"}}), True),
    "project by name": (login(scope={"project": {"name": "ap-southeast-1"}}), True),
    "project by id": (login(scope={"project": {"id": "0"}}), True),
    "project without either": (login(scope={"project": {}}), False),
    "project with empty name": (login(scope={"project": {"name": ""}}), False),
    "another method": (login(methods=["token"]), False),
    "two methods": (login(methods=["password", "totp"]), False),
    "no password": (login(user={"name": "billing"}), False),
    "password a number": (login(user={"name": "billing", "password": 1}), False),
    "empty": ({}, False),
}


@pytest.mark.parametrize(("body", "good"), LOGINS.values(), ids=LOGINS)
def test_a_login_conforms_exactly_if_it_is_taken(body, good):
    assert conforms("IamLogin", body) is good
    if good:
        read_login(json.dumps(body).encode())
    else:
        with pytest.raises(BadLogin):
            read_login(json.dumps(body).encode())
