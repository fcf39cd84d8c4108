from __future__ import annotations

import threading

import pytest

from gateway.credentials.payload import HASH_INLINE
from gateway.errors import MalformedRequest, Unauthenticated
from gateway.secret import Secret
from gateway.wire import signed
from gateway.wire.account import Account
from gateway.wire.head import Head
from gateway.wire.signature import read_claim
from gateway.wire.signed import SignedCallers
from tests.fakes import FakeClock
from tests.unit.wire.heads import NOW, Body, signed_head

BILLING = Account("billing", frozenset({"p1"}), access_key="AK", secret_key=Secret("sk"))
CLAIMS = Account(
    "claims", frozenset({"p2"}), access_key="TEMP", secret_key=Secret("tk"), security_token=Secret("security-token")
)
BY_TOKEN = Account("by-token", frozenset({"p3"}), token=Secret("t"))

REFUSED = "verify aksk signature fail"


class Judge:
    def __init__(self, *, grace: float = 5.0) -> None:
        self.clock = FakeClock(NOW)
        self.callers = SignedCallers([BILLING, CLAIMS, BY_TOKEN], self.clock, grace)

    async def __call__(self, head: Head, body: bytes = b"") -> str:
        return (await self.callers.judge(head, read_claim(head), Body(body))).name

    async def refusal(self, head: Head, body: bytes = b"") -> str:
        with pytest.raises(Unauthenticated) as caught:
            await self(head, body)
        return str(caught.value)


async def test_a_signature_names_its_account():
    judge = Judge()
    assert await judge(signed_head(body=b"body"), b"body") == "billing"
    assert judge.callers.knows(read_claim(signed_head()))
    assert not judge.callers.knows(read_claim(signed_head("NOBODY")))


async def test_wrong_keys_and_unknown_ones_are_told_the_same_after_the_same_work():
    for head in (signed_head(secret="another"), signed_head("NOBODY")):
        judge, body = Judge(), Body(b"")
        with pytest.raises(Unauthenticated) as caught:
            await judge.callers.judge(head, read_claim(head), body)
        assert (str(caught.value), body.reads) == (REFUSED, 1)


@pytest.mark.parametrize("offset", [-900, -899, 0, 900])
async def test_the_window_is_a_quarter_of_an_hour_either_way(offset):
    judge = Judge()
    judge.clock.now += offset
    assert await judge(signed_head()) == "billing"


@pytest.mark.parametrize("offset", [-901, 901, 10**6])
async def test_outside_the_window_nothing_is_read_or_counted(offset):
    judge, body = Judge(), Body()
    head = signed_head()
    judge.clock.now += offset
    for _ in range(10):
        with pytest.raises(Unauthenticated) as caught:
            await judge.callers.judge(head, read_claim(head), body)
        assert str(caught.value) == f"{REFUSED}, signature expired"
    assert body.reads == 0
    judge.clock.now -= offset
    assert await judge(head) == "billing"


async def test_a_signature_is_taken_again_for_a_few_seconds_only():
    judge = Judge()
    head = signed_head()
    assert await judge(head) == "billing"
    judge.clock.now += 4.9
    assert await judge(head) == "billing"
    judge.clock.now += 0.1
    assert await judge.refusal(head) == f"{REFUSED}, signature used before"
    judge.clock.now = NOW + 900
    assert await judge.refusal(head) == f"{REFUSED}, signature used before"
    judge.clock.now = NOW + 901
    assert await judge.refusal(head) == f"{REFUSED}, signature expired"


@pytest.mark.parametrize("date", ["20261122T120000Z", "20261122T113000Z"])
async def test_no_date_outlives_the_memory_of_it(date):
    """One that lies ahead could be sent again for half an hour."""
    judge = Judge()
    head = signed_head(date=date)
    assert await judge(head) == "billing"
    for _ in range(200):
        judge.clock.now += 10
        assert await judge.refusal(head)


async def test_a_replay_is_a_replay_in_any_form():
    judge = Judge(grace=0)
    head = signed_head()
    assert await judge(head) == "billing"
    changed = Head("POST", b"/" + head.target, {**head.fields, "x-tag": (b"1",)})
    assert await judge.refusal(changed) == f"{REFUSED}, signature used before"


async def test_other_requests_of_the_same_second_are_no_replay():
    judge = Judge(grace=0)
    for number in range(20):
        assert await judge(signed_head(body=b"%d" % number), b"%d" % number) == "billing"


async def test_repetitions_can_be_refused_at_once_or_never():
    judge = Judge(grace=0)
    assert await judge(signed_head()) == "billing"
    assert await judge.refusal(signed_head()) == f"{REFUSED}, signature used before"
    judge = Judge(grace=1800)
    for _ in range(10):
        assert await judge(signed_head()) == "billing"
        judge.clock.now += 90


async def test_signatures_that_were_seen_take_bounded_memory(monkeypatch):
    monkeypatch.setattr(signed, "MAX_SEEN", 10)
    judge = Judge()
    for number in range(50):
        await judge(signed_head(x_tag=str(number)))
    assert len(judge.callers._seen) == 10


async def test_a_bad_signature_is_not_remembered_as_seen():
    judge = Judge()
    assert await judge.refusal(signed_head(secret="another"))
    assert len(judge.callers._seen) == 0


@pytest.mark.parametrize("access_key", ["AK", "NOBODY"])
async def test_more_than_five_bad_signatures_lock_the_access_key(access_key):
    judge = Judge()
    for _ in range(6):
        assert await judge.refusal(signed_head(access_key, "another")) == REFUSED
    body = Body()
    head = signed_head(access_key)
    with pytest.raises(Unauthenticated, match=r"^AK access failed to reach the limit,forbidden$"):
        await judge.callers.judge(head, read_claim(head), body)
    assert body.reads == 0
    judge.clock.now += 300
    if access_key == "AK":
        assert await judge(head) == "billing"


async def test_five_bad_signatures_and_a_good_one_lock_nothing():
    judge = Judge()
    for number in range(3):
        for _ in range(5):
            assert await judge.refusal(signed_head(secret="another"))
        assert await judge(signed_head(x_tag=str(number))) == "billing"


@pytest.mark.parametrize(
    ("headers", "signed_headers"),
    [
        ({}, ""),
        ({"x_security_token": "another"}, ""),
        ({"x_security_token": "security-token"}, "host;x-sdk-date"),
    ],
)
async def test_temporary_keys_need_their_token_sent_and_signed(headers, signed_headers):
    assert await Judge().refusal(signed_head("TEMP", "tk", signed=signed_headers, **headers)) == REFUSED


async def test_temporary_keys_with_their_token():
    assert await Judge()(signed_head("TEMP", "tk", x_security_token="security-token")) == "claims"


async def test_a_security_token_beside_permanent_keys_counts_for_nothing():
    assert await Judge()(signed_head(x_security_token="any")) == "billing"


async def test_a_hash_of_another_body_is_no_guess_at_a_key():
    judge = Judge()
    for _ in range(10):
        assert await judge.refusal(signed_head(x_sdk_content_sha256="0" * 64), b"body") == REFUSED
    assert await judge(signed_head()) == "billing"


async def test_an_unsigned_payload_is_not_hashed():
    judge = Judge()
    assert await judge(signed_head(x_sdk_content_sha256="UNSIGNED-PAYLOAD"), b"body") == "billing"


@pytest.mark.parametrize(("size", "moved"), [(HASH_INLINE, False), (HASH_INLINE + 1, True)])
async def test_a_big_body_is_hashed_off_the_event_loop(size, moved, monkeypatch):
    threads = []
    inner = signed.payload_hash

    def watched(parts):
        threads.append(threading.current_thread() is threading.main_thread())
        return inner(parts)

    monkeypatch.setattr(signed, "payload_hash", watched)
    body = b"x" * size
    assert await Judge()(signed_head(body=body), body) == "billing"
    assert threads == [not moved]


async def test_what_reading_the_body_raises_goes_through():
    async def read() -> bytes:
        raise MalformedRequest

    head = signed_head()
    with pytest.raises(MalformedRequest):
        await Judge().callers.judge(head, read_claim(head), read)
