import pytest

from gateway.shared import Shared


class Resource:
    def __init__(self, *, works: bool = True) -> None:
        self.works = works
        self.log: list[str] = []

    async def __aenter__(self) -> str:
        self.log.append("opened")
        if not self.works:
            raise ConnectionError
        return "the resource"

    async def __aexit__(self, *_: object) -> None:
        self.log.append("closed")


async def test_it_is_opened_for_the_first_and_closed_after_the_last():
    resource = Resource()
    shared = Shared(resource)
    async with shared as first:
        async with shared as second:
            assert first is second == "the resource"
        assert resource.log == ["opened"]
        async with shared:
            pass
        assert resource.log == ["opened"]
    assert resource.log == ["opened", "closed"]


async def test_who_came_first_may_leave_first():
    resource = Resource()
    shared = Shared(resource)
    await shared.__aenter__()
    async with shared:
        await shared.__aexit__(None, None, None)
        assert resource.log == ["opened"]
    assert resource.log == ["opened", "closed"]


async def test_what_cannot_be_opened_can_be_tried_again():
    resource = Resource(works=False)
    shared = Shared(resource)
    with pytest.raises(ConnectionError):
        await shared.__aenter__()
    resource.works = True
    async with shared:
        pass
    assert resource.log == ["opened", "opened", "closed"]
