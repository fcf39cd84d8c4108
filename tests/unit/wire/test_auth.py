from __future__ import annotations

import pytest

from gateway.errors import Unauthenticated
from gateway.secret import Secret
from gateway.wire.account import ANONYMOUS, Account
from gateway.wire.auth import Callers, seconds_since_1970
from gateway.wire.head import Head
from gateway.wire.refusals import IamUnavailable, NotAuthorized
from gateway.wire.vouch import Verdict
from tests.fakes import FakeClock
from tests.unit.wire.heads import NOW, Body, head, signed_head

BILLING = Account("billing", frozenset({"p1"}), Secret("token-of-billing"), access_key="AK", secret_key=Secret("sk"))
CLAIMS = Account("claims", frozenset({"p3"}), Secret("token-of-claims"))
UNREADABLE = {"authorization": "SDK-HMAC-SHA256 Access=AK, SignedHeaders=host, Signature=00"}


class FakeIam:
    def __init__(self, outcome: Verdict | Exception) -> None:
        self.outcome = outcome

    async def verdict(self, _token: str) -> Verdict:
        if isinstance(self.outcome, Exception):
            raise self.outcome
        return self.outcome


def callers(anonymous: bool = False, **options) -> Callers:
    return Callers(anonymous, [BILLING, CLAIMS], clock=FakeClock(NOW), **options)


async def name(asked: Callers, given: Head, body: Body | None = None) -> str:
    return (await asked.authenticate(given, body or Body())).name


@pytest.mark.parametrize("anonymous", [True, False])
async def test_a_token_names_its_account_and_no_body_is_read(anonymous):
    body = Body()
    assert await name(callers(anonymous), head(x_auth_token="token-of-billing"), body) == "billing"
    assert await name(callers(anonymous), head(x_auth_token="token-of-claims"), body) == "claims"
    assert body.reads == 0


@pytest.mark.parametrize("anonymous", [True, False])
async def test_a_signature_names_its_account(anonymous):
    body = Body(b"body")
    assert await name(callers(anonymous), signed_head(body=b"body"), body) == "billing"
    assert body.reads == 1


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (signed_head(x_auth_token="token-of-claims"), "billing"),
        (signed_head(x_auth_token="nobody"), "billing"),
        (signed_head("NOBODY", x_auth_token="token-of-claims"), "claims"),
        (head(x_auth_token="token-of-claims", **UNREADABLE), "claims"),
        (head(x_auth_token="token-of-claims", authorization="SDK-HMAC-SM3 Access=AK"), "claims"),
        (head(x_auth_token="token-of-claims", authorization="Bearer x"), "claims"),
    ],
)
async def test_a_signature_of_a_known_key_counts_before_a_token(given, expected):
    assert await name(callers(), given) == expected


@pytest.mark.parametrize(
    ("given", "detail"),
    [
        (head(), "x-auth-token not found"),
        (head(x_auth_token=""), "x-auth-token not found"),
        (head(authorization="Bearer x"), "x-auth-token not found"),
        (head(x_auth_token="token"), "decrypt token fail"),
        (head(x_auth_token="token", **UNREADABLE), "decrypt token fail"),
        (signed_head("NOBODY", x_auth_token="token"), "decrypt token fail"),
        (head(**UNREADABLE), "verify aksk signature fail"),
        (head(authorization="SDK-HMAC-SM3 Access=AK"), "verify aksk signature fail"),
        (head(authorization="V11-HMAC-SHA256 Credential=AK"), "verify aksk signature fail"),
        (signed_head("NOBODY"), "verify aksk signature fail"),
        (signed_head(secret="another"), "verify aksk signature fail"),
        (signed_head(secret="another", x_auth_token="token-of-claims"), "verify aksk signature fail"),
    ],
)
async def test_who_is_unknown_is_told_so_unless_anybody_may_call(given, detail):
    with pytest.raises(Unauthenticated) as caught:
        await name(callers(), given)
    assert str(caught.value) == detail
    assert await name(callers(anonymous=True), given) == ANONYMOUS


async def test_nobody_s_signature_is_checked_where_anybody_may_call():
    body = Body()
    assert await name(callers(anonymous=True), signed_head("NOBODY"), body) == ANONYMOUS
    assert body.reads == 0


@pytest.mark.parametrize(("outcome", "error"), [(IamUnavailable("x"), IamUnavailable), (Verdict("p9"), NotAuthorized)])
async def test_an_iam_may_fail_or_vouch_for_strangers(outcome, error):
    with pytest.raises(error):
        await name(callers(iam=FakeIam(outcome)), head(x_auth_token="MII"))
    assert await name(callers(anonymous=True, iam=FakeIam(outcome)), head(x_auth_token="MII")) == ANONYMOUS


async def test_an_iam_vouches():
    asked = callers(iam=FakeIam(Verdict("p3")))
    assert await name(asked, head(x_auth_token="MII")) == "claims"
    assert await name(asked, signed_head("NOBODY", x_auth_token="MII")) == "claims"


async def test_a_token_issued_by_one_replica_is_good_at_another():
    key = Secret("0123456789abcdef")
    token, _ = callers(token_key=key).issuer.issue(BILLING, "p1", "")
    assert await name(callers(token_key=key), head(x_auth_token=token)) == "billing"
    with pytest.raises(Unauthenticated):
        await name(callers(), head(x_auth_token=token))


def test_the_clock_tells_seconds_since_1970():
    assert 1.7e9 < seconds_since_1970() < 1e10
