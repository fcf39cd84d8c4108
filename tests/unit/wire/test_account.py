from __future__ import annotations

import pytest

from gateway.errors import Forbidden
from gateway.secret import Secret
from gateway.wire.account import ANONYMOUS, Account, Identity
from gateway.wire.refusals import TokenOutdated, TokenWithoutProject

ONE = Account("one", frozenset({"p1"}))
TWO = Account("two", frozenset({"p2", "p3"}), projects={"ap-southeast-1": "p2"})


@pytest.mark.parametrize(
    ("account", "name", "project_id"),
    [
        (ONE, "ap-southeast-1", "p1"),
        (ONE, "la-south-2", "p1"),
        (TWO, "ap-southeast-1", "p2"),
        (TWO, "la-south-2", None),
    ],
)
def test_projects_are_found_by_name(account, name, project_id):
    assert account.project_named(name) == project_id


def test_projects_have_names():
    assert TWO.name_of("p2") == "ap-southeast-1"
    assert TWO.name_of("p3") == "p3"


@pytest.mark.parametrize(
    ("identity", "project_id", "sent"),
    [
        (Identity(), "any", "other"),
        (Identity(ONE), "p1", ""),
        (Identity(TWO), "p3", "p3"),
        (Identity(TWO, "p2"), "p2", ""),
    ],
)
def test_who_may_enter(identity, project_id, sent):
    identity.enter(project_id, sent)


@pytest.mark.parametrize(
    ("identity", "project_id", "sent", "error"),
    [
        (Identity(ONE), "p2", "", Forbidden),
        (Identity(TWO), "p2", "p3", Forbidden),
        (Identity(TWO, "p2"), "p3", "", TokenOutdated),
        (Identity(TWO, "p2"), "p1", "", Forbidden),
        (Identity(TWO, ""), "p2", "", TokenWithoutProject),
        (Identity(TWO, ""), "p1", "", Forbidden),
    ],
)
def test_who_may_not(identity, project_id, sent, error):
    with pytest.raises(error):
        identity.enter(project_id, sent)


def test_names():
    assert Identity().name == ANONYMOUS
    assert Identity(ONE).name == "one"


def test_an_account_does_not_show_its_secrets():
    secrets = {name: Secret("canary") for name in ("token", "secret_key", "security_token", "password")}
    assert "canary" not in repr(Account("a", frozenset(), **secrets))
