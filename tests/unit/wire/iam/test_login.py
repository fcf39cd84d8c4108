from __future__ import annotations

import json

import pytest

from gateway.wire.iam.login import Project, read_login
from gateway.wire.iam.refusals import BadLogin

USER = {"name": "billing", "password": "secret", "domain": {"name": "IAMDomain"}}


def body(scope: object = None, methods: object = ("password",), user: object = USER) -> bytes:
    auth = {"identity": {"methods": methods, "password": {"user": user}}}
    return json.dumps({"auth": auth if scope is None else auth | {"scope": scope}}).encode()


def test_the_documented_form():
    login = read_login(body({"project": {"name": "ap-southeast-1"}}))
    assert (login.user.name, login.user.password) == ("billing", "secret")
    assert login.project == Project(name="ap-southeast-1")


@pytest.mark.parametrize(
    ("scope", "project"),
    [
        ({"project": {"id": "p1"}}, Project(id="p1")),
        ({"project": {"name": "x", "domain": {"name": "IAMDomain"}}}, Project(name="x")),
        ({"domain": {"name": "IAMDomain"}}, None),
        ({}, None),
        (None, None),
    ],
)
def test_scopes(scope, project):
    assert read_login(body(scope)).project == project


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"auth",
        b"[]",
        b"{}",
        b'{"auth": null}',
        b'{"auth": {"identity": {"methods": ["password"]}}}',
        b'{"auth": {"identity": {"password": {"user": {"name": "a", "password": "b"}}}}}',
        body(methods=[]),
        body(methods=["token"]),
        body(methods=["password", "totp"]),
        body(methods="password"),
        body(user={"name": "billing"}),
        body(user={"id": "7116", "password": "secret"}),
        body(user={"name": 7, "password": "secret"}),
        body({"project": {}}),
        body({"project": {"name": 7}}),
        body({"project": "ap-southeast-1"}),
        b"\xff" + body(),
        body()[:-1],
        b"[" * 100_000,
    ],
)
def test_anything_else_is_refused(text):
    with pytest.raises(BadLogin) as caught:
        read_login(text)
    assert not str(caught.value)
