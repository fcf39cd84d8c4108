from __future__ import annotations

import pytest

from gateway.secret import Secret
from gateway.wire.account import Account
from gateway.wire.iam.passwords import Passwords
from gateway.wire.iam.refusals import TooManyLogins, WrongPassword
from tests.fakes import FakeClock

BILLING = Account("billing", frozenset({"p1"}), password=Secret("pässword"))
CLAIMS = Account("claims", frozenset({"p2"}), Secret("token"))


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def passwords(clock: FakeClock) -> Passwords:
    return Passwords([BILLING, CLAIMS], clock)


def test_the_right_password(passwords):
    assert passwords.log_in("billing", "pässword") is BILLING
    assert passwords.knows("billing")
    assert not passwords.knows("claims")


@pytest.mark.parametrize(
    ("name", "password"),
    [("billing", "passwort"), ("billing", ""), ("claims", "token"), ("claims", ""), ("nobody", "pässword"), ("", "")],
)
def test_anything_else_is_wrong(passwords, name, password):
    with pytest.raises(WrongPassword):
        passwords.log_in(name, password)


@pytest.mark.parametrize("name", ["billing", "nobody"])
def test_too_many_wrong_passwords_lock_whether_there_is_such_a_user_or_not(passwords, clock, name):
    for _ in range(6):
        with pytest.raises(WrongPassword):
            passwords.log_in(name, "guess")
    with pytest.raises(TooManyLogins):
        passwords.log_in(name, "pässword")
    clock.now += 300
    if name == "billing":
        assert passwords.log_in(name, "pässword") is BILLING


def test_a_right_password_begins_the_count_anew(passwords):
    for _ in range(3):
        for _ in range(5):
            with pytest.raises(WrongPassword):
                passwords.log_in("billing", "guess")
        assert passwords.log_in("billing", "pässword") is BILLING
