import pytest

from gateway.errors import NoDocument
from gateway.model import IdDocument, Query, Recognition
from gateway.resilience.cache import HASH_INLINE, Cache, CachePolicy
from tests.fakes import FakeClock, FakeRecognizer, make_image, make_query

READ = IdDocument(document_number="X1")


class Routed(FakeRecognizer):
    async def recognize(self, query: Query, /) -> Recognition:
        query.trail.route = "thai"
        return await super().recognize(query)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


def cached(clock: FakeClock, *outcomes: IdDocument | BaseException, **policy: float) -> tuple[Cache, Routed]:
    fake = Routed("a", *outcomes)
    return Cache(fake, CachePolicy(**policy), clock=clock), fake


async def test_the_same_picture_is_read_once(clock: FakeClock):
    cache, fake = cached(clock, READ)
    first, second = make_query(), make_query()
    assert await cache.recognize(first) == await cache.recognize(second)
    assert len(fake.calls) == 1
    assert (first.trail.cache, second.trail.cache, second.trail.route) == ("miss", "hit", "thai")
    assert (len(second.trail), second.trail.cost) == (0, 0)


async def test_another_wish_or_caller_or_picture_is_read_anew(clock: FakeClock):
    cache, fake = cached(clock, READ)
    picture = make_image(base64=b"/9j/AAAA")
    for query in (make_query(), make_query(portrait=True), make_query(caller="b"), make_query(image=picture)):
        await cache.recognize(query)
    assert len(fake.calls) == 4


async def test_a_big_picture_is_found_again_too(clock: FakeClock):
    cache, fake = cached(clock, READ)
    for last in (b"AAAA", b"AAAA", b"BBBB"):
        image = make_image(size=HASH_INLINE + 1, base64=bytes(HASH_INLINE * 2) + last)
        await cache.recognize(make_query(image=image))
    assert len(fake.calls) == 2


async def test_an_answer_grows_old(clock: FakeClock):
    cache, fake = cached(clock, READ, seconds=60)
    await cache.recognize(make_query())
    clock.now += 59
    await cache.recognize(make_query())
    clock.now += 2
    await cache.recognize(make_query())
    assert len(fake.calls) == 2


async def test_there_is_room_for_so_many(clock: FakeClock):
    cache, fake = cached(clock, READ, answers=2)
    for name in "abcab":
        await cache.recognize(make_query(caller=name))
    assert (len(fake.calls), len(cache)) == (5, 2)


async def test_no_store_is_neither_kept_nor_looked_up(clock: FakeClock):
    cache, fake = cached(clock, READ)
    query = make_query(no_store=True)
    await cache.recognize(query)
    assert (len(cache), query.trail.cache) == (0, "")
    await cache.recognize(make_query())
    await cache.recognize(make_query(no_store=True))
    assert len(fake.calls) == 3


async def test_an_error_is_not_kept(clock: FakeClock):
    cache, fake = cached(clock, NoDocument(), READ)
    with pytest.raises(NoDocument):
        await cache.recognize(make_query())
    assert (await cache.recognize(make_query())).document is READ
    assert len(fake.calls) == 2


async def test_an_answer_that_fell_short_is_not_kept(clock: FakeClock):
    class Short:
        async def recognize(self, _query: Query, /) -> Recognition:
            return Recognition(READ, "a", ("sex",))

    cache = Cache(Short(), CachePolicy(), clock=clock)
    await cache.recognize(make_query())
    assert len(cache) == 0
