from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.errors import Unauthenticated
from gateway.secret import Secret
from gateway.wire.account import Account
from gateway.wire.refusals import TokenOutdated
from gateway.wire.token import TokenIssuer, moment
from tests.fakes import FakeClock
from tests.unit.wire.heads import NOW

KEY = Secret("0123456789abcdef")
BILLING = Account("billing", frozenset({"p1"}), password=Secret("password"))


def issuer(key: Secret = KEY, clock: FakeClock | None = None) -> TokenIssuer:
    return TokenIssuer(key, clock or FakeClock(NOW))


TOKEN, GRANT = issuer().issue(BILLING, "p1", "ap-southeast-1")


def test_a_token_is_read_by_any_replica():
    assert issuer().read(TOKEN) == GRANT
    assert (GRANT.account, GRANT.project_id, GRANT.project_name) == ("billing", "p1", "ap-southeast-1")
    assert (GRANT.issued_at, GRANT.expires_at) == (NOW, NOW + 86400)
    issuer().check(GRANT, BILLING)


def test_a_token_is_plain_text_that_says_nothing_of_the_password():
    assert set(TOKEN) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
    assert issuer().is_own(TOKEN)
    assert not issuer().is_own("MII" + TOKEN)
    assert b"password" not in base64.urlsafe_b64decode(TOKEN.removeprefix("gw1-") + "==")


@pytest.mark.parametrize(
    "token",
    [
        "",
        "gw1-",
        "gw1",
        TOKEN[:-1],
        TOKEN[:50],
        TOKEN + "A",
        TOKEN + "=",
        TOKEN + " ",
        TOKEN[4:],
        f"gw2-{TOKEN[4:]}",
        "gw1-é",
    ],
)
def test_what_is_cut_or_lengthened_is_no_token(token):
    with pytest.raises(Unauthenticated, match=r"^decrypt token fail$"):
        issuer().read(token)


@given(position=st.integers(0, len(TOKEN) - 1), other=st.characters(codec="ascii"))
def test_what_is_changed_is_no_token(position, other):
    changed = TOKEN[:position] + other + TOKEN[position + 1 :]
    if changed == TOKEN:
        assert issuer().read(changed) == GRANT
    else:
        with pytest.raises(Unauthenticated, match=r"^decrypt token fail$"):
            issuer().read(changed)


def test_a_token_under_another_key_is_none():
    with pytest.raises(Unauthenticated, match=r"^decrypt token fail$"):
        issuer(Secret("another key of ours")).read(TOKEN)


def test_a_token_ends_after_a_day():
    clock = FakeClock(NOW + 86399)
    assert issuer(clock=clock).read(TOKEN) == GRANT
    clock.now += 1
    with pytest.raises(Unauthenticated, match=r"^token expires, expires_at: 2026-11-23T11:45:00.000000Z$"):
        issuer(clock=clock).read(TOKEN)


@pytest.mark.parametrize(
    "account",
    [
        None,
        Account("billing", frozenset({"p1"}), password=Secret("new")),
        Account("billing", frozenset({"p1"})),
        Account("claims", frozenset({"p1"}), password=Secret("password")),
    ],
)
def test_a_token_ends_with_the_account_as_it_was(account):
    with pytest.raises(TokenOutdated):
        issuer().check(GRANT, account)


def test_times_have_microseconds():
    assert moment(1578128722.701) == "2020-01-04T09:05:22.701000Z"
