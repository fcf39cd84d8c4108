"""What is remembered of callers goes on when the accounts are replaced."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gateway.errors import Unauthenticated
from gateway.secret import Secret
from gateway.wire.account import Account
from gateway.wire.auth import Callers
from gateway.wire.expiring import Expiring
from gateway.wire.iam.refusals import TooManyLogins, WrongPassword
from gateway.wire.lockout import FAILURES, Lockout
from gateway.wire.refusals import TokenOutdated
from tests.fakes import FakeClock
from tests.unit.wire.heads import NOW, Body, head, signed_head

BILLING = Account(
    "billing", frozenset({"p1"}), access_key="AK", secret_key=Secret("sk"), password=Secret("password-of-billing")
)
CLAIMS = Account("claims", frozenset({"p3"}), Secret("token-of-claims"))
CLOCK = FakeClock(NOW)


def following(before: Callers, *accounts: Account, **options) -> Callers:
    return Callers(False, accounts, memory=before.memory, clock=CLOCK, **options)


async def name(asked: Callers, given) -> str:
    return (await asked.authenticate(given, Body(b"body"))).name


async def test_a_token_of_a_key_made_at_start_stays_good():
    before = Callers(False, [BILLING], clock=CLOCK)
    token, _ = before.issuer.issue(BILLING, "p1", "p1")
    after = following(following(before, BILLING, CLAIMS), BILLING)
    assert await name(after, head(x_auth_token=token)) == "billing"
    with pytest.raises(TokenOutdated):
        await name(following(after, replace(BILLING, password=Secret("another"))), head(x_auth_token=token))
    with pytest.raises(Unauthenticated):
        await name(following(after, BILLING, token_key=Secret("configured-by-now")), head(x_auth_token=token))


async def test_a_signature_is_not_taken_again():
    before = Callers(False, [BILLING], replay_grace=0, clock=CLOCK)
    signed = signed_head(body=b"body")
    assert await name(before, signed) == "billing"
    with pytest.raises(Unauthenticated, match="used before"):
        await name(following(before, BILLING, replay_grace=0), signed)


async def test_who_is_locked_stays_locked():
    before = Callers(False, [BILLING], clock=CLOCK)
    for _ in range(FAILURES + 1):
        with pytest.raises(Unauthenticated):
            await name(before, signed_head(secret="wrong", body=b"body"))
        with pytest.raises(WrongPassword):
            before.passwords.log_in("billing", "wrong")
    after = following(before, BILLING, CLAIMS)
    with pytest.raises(Unauthenticated, match="reach the limit"):
        await name(after, signed_head(body=b"body"))
    with pytest.raises(TooManyLogins):
        after.passwords.log_in("billing", "password-of-billing")


def test_counts_of_names_that_are_gone_are_forgotten_and_the_others_kept():
    lockout = Lockout(["a", "b"], CLOCK)
    for known in ("a", "b", "stranger"):
        for _ in range(FAILURES + 1):
            lockout.failed(known)
    lockout.follow(["b", "c"])
    assert [lockout.locked(known) for known in ("a", "b", "c", "stranger")] == [False, True, False, True]


def test_a_smaller_store_lets_the_oldest_go_when_the_next_comes():
    store: Expiring[str, int] = Expiring(3, CLOCK)
    for number, key in enumerate("abc"):
        store.put(key, number, NOW + 100)
    store.resize(2)
    assert len(store) == 3
    store.put("d", 3, NOW + 100)
    assert [store.get(key) for key in "abcd"] == [None, None, 2, 3]
    store.resize(5)
    store.put("e", 4, NOW + 100)
    assert len(store) == 3
