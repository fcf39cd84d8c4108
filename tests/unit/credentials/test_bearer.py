import pytest

from gateway.credentials.bearer import Bearer
from gateway.credentials.token_cache import Token
from gateway.exchange import VendorRequest
from gateway.secret import Secret
from tests.unit.credentials.vendor import answer, never

ASKED = VendorRequest("POST", "https://vendor.example/x", {"content-type": "image/jpeg"}, (b"body",))


class Counting(Bearer, frozen=True, kw_only=True):
    """Fetches token 1, 2, 3 and so on."""

    async def fetch(self, _send, /):
        vars(self)["fetched"] = self.fetched + 1
        return Token(Secret(f"token-{self.fetched}"), 3600)

    @property
    def fetched(self):
        return vars(self).get("fetched", 0)


@pytest.fixture
def scheme() -> Counting:
    return Counting()


async def test_the_token_is_added_and_the_rest_is_left(scheme: Counting):
    first = await scheme.authorize(ASKED, never)
    second = await scheme.authorize(ASKED, never)
    assert first.headers == {"content-type": "image/jpeg", "authorization": "Bearer token-1"}
    assert (first.method, first.url, first.body) == (ASKED.method, ASKED.url, ASKED.body)
    assert second == first
    assert "authorization" not in ASKED.headers


async def test_a_401_has_the_token_fetched_anew(scheme: Counting):
    first = await scheme.authorize(ASKED, never)
    assert scheme.refused(first, answer(401))
    second = await scheme.authorize(ASKED, never)
    assert second.headers["authorization"] == "Bearer token-2"


async def test_two_401s_of_one_token_fetch_one(scheme: Counting):
    first, second = [await scheme.authorize(ASKED, never) for _ in range(2)]
    assert scheme.refused(first, answer(401))
    await scheme.authorize(ASKED, never)
    assert scheme.refused(second, answer(401))
    await scheme.authorize(ASKED, never)
    assert scheme.fetched == 2


@pytest.mark.parametrize("status", [200, 400, 403, 404, 500])
async def test_other_answers_leave_the_token_alone(scheme: Counting, status: int):
    first = await scheme.authorize(ASKED, never)
    assert not scheme.refused(first, answer(status))
    assert await scheme.authorize(ASKED, never) == first


async def test_the_token_does_not_show(scheme: Counting):
    assert "token-1" not in repr(await scheme.authorize(ASKED, never)) + repr(scheme)
