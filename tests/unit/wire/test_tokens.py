from __future__ import annotations

import pytest

from gateway.errors import Unauthenticated
from gateway.secret import Secret
from gateway.wire.account import Account
from gateway.wire.refusals import NotAuthorized, TokenOutdated, TokenWithoutProject
from gateway.wire.token import TokenIssuer
from gateway.wire.tokens import TokenCallers
from gateway.wire.vouch import Verdict
from tests.fakes import FakeClock
from tests.unit.wire.heads import NOW

BILLING = Account("billing", frozenset({"p1", "p2"}), Secret("token-of-billing"), password=Secret("password"))
CLAIMS = Account("claims", frozenset({"p3"}), Secret("token-of-claims-é"))
ISSUER = TokenIssuer(Secret("0123456789abcdef"), FakeClock(NOW))


class FakeIam:
    """Vouches for the project that it was given, for every token."""

    def __init__(self, project_id: str | None) -> None:
        self.project_id = project_id
        self.asked: list[str] = []

    async def verdict(self, token: str) -> Verdict:
        self.asked.append(token)
        return Verdict(self.project_id)


def callers(iam: FakeIam | None = None) -> TokenCallers:
    return TokenCallers([BILLING, CLAIMS], ISSUER, iam)


async def test_fixed_tokens():
    for token, name in [("token-of-billing", "billing"), ("token-of-claims-é", "claims")]:
        iam = FakeIam(None)
        identity = await callers(iam).judge(token)
        assert (identity.name, identity.project_id, iam.asked) == (name, None, [])


@pytest.mark.parametrize("project_id", ["p2", ""])
async def test_tokens_of_our_own(project_id):
    iam = FakeIam(None)
    token, _ = ISSUER.issue(BILLING, project_id, "")
    identity = await callers(iam).judge(token)
    assert (identity.account, identity.project_id, iam.asked) == (BILLING, project_id, [])


async def test_a_token_of_our_own_ends_with_its_account():
    token, _ = ISSUER.issue(Account("gone", frozenset({"p1"})), "p1", "")
    with pytest.raises(TokenOutdated):
        await callers().judge(token)


@pytest.mark.parametrize("token", ["token", "token-of-billing ", "\udcff", "gw1-AAAA"])
async def test_what_is_no_token(token):
    with pytest.raises(Unauthenticated, match=r"^decrypt token fail$"):
        await callers().judge(token)


async def test_an_iam_names_the_account_by_the_project():
    identity = await callers(FakeIam("p3")).judge("MII")
    assert (identity.account, identity.project_id) == (CLAIMS, "p3")


@pytest.mark.parametrize(
    ("project_id", "error"), [(None, Unauthenticated), ("", TokenWithoutProject), ("p4", NotAuthorized)]
)
async def test_an_iam_that_does_not_vouch_for_one_of_ours(project_id, error):
    with pytest.raises(error):
        await callers(FakeIam(project_id)).judge("MII")


async def test_no_iam_is_asked_about_a_bad_token_of_ours():
    iam = FakeIam("p3")
    with pytest.raises(Unauthenticated):
        await callers(iam).judge("gw1-AAAA")
    assert iam.asked == []
