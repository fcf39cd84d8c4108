from __future__ import annotations

import pytest
from multidict import CIMultiDict

from gateway.errors import Forbidden, Unauthenticated
from gateway.secret import Secret
from gateway.wire.auth import ANONYMOUS, Account, Callers

BILLING = Account("billing", frozenset({"p1", "p2"}), Secret("token-of-billing"))
CLAIMS = Account("claims", frozenset({"p3"}), Secret("token-of-claims"))
ACCOUNTS = [BILLING, CLAIMS]

SIGNED = {"Authorization": "SDK-HMAC-SHA256 Access=AK, SignedHeaders=host, Signature=00"}


def headers(**values: str) -> CIMultiDict[str]:
    return CIMultiDict({name.replace("_", "-"): value for name, value in values.items()})


@pytest.mark.parametrize("anonymous", [True, False])
@pytest.mark.parametrize(
    ("token", "project_id", "name"),
    [("token-of-billing", "p1", "billing"), ("token-of-billing", "p2", "billing"), ("token-of-claims", "p3", "claims")],
)
def test_a_token_names_its_account(anonymous, token, project_id, name):
    assert Callers(anonymous, ACCOUNTS).authenticate(headers(x_auth_token=token), project_id) == name


def test_a_token_counts_before_a_signature():
    assert Callers(False, ACCOUNTS).authenticate(headers(X_AUTH_TOKEN="token-of-billing", **SIGNED), "p1") == "billing"


@pytest.mark.parametrize("anonymous", [True, False])
def test_the_project_of_somebody_else_is_forbidden(anonymous):
    with pytest.raises(Forbidden):
        Callers(anonymous, ACCOUNTS).authenticate(headers(x_auth_token="token-of-billing"), "p3")


@pytest.mark.parametrize(
    ("given", "detail"),
    [
        ({}, "x-auth-token not found"),
        ({"X_Auth_Token": ""}, "x-auth-token not found"),
        ({"X_Auth_Token": "token"}, "decrypt token fail"),
        ({"X_Auth_Token": "token-of-billing "}, "decrypt token fail"),
        ({"X_Auth_Token": "\udcff"}, "decrypt token fail"),
        ({"X_Auth_Token": "token", **SIGNED}, "decrypt token fail"),
        (SIGNED, "verify aksk signature fail"),
        ({"Authorization": "SDK-HMAC-SM3 Access=AK"}, "verify aksk signature fail"),
        ({"Authorization": "V11-HMAC-SHA256 Credential=AK"}, "verify aksk signature fail"),
        ({"Authorization": "Bearer x"}, "x-auth-token not found"),
    ],
)
def test_who_is_unknown_is_told_so_unless_anybody_may_call(given, detail):
    with pytest.raises(Unauthenticated) as caught:
        Callers(False, ACCOUNTS).authenticate(headers(**given), "p1")
    assert str(caught.value) == detail
    assert Callers(True, ACCOUNTS).authenticate(headers(**given), "p1") == ANONYMOUS
