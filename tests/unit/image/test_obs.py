from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from urllib.parse import quote

import pytest

from gateway.credentials.huawei_obs import HuaweiObs
from gateway.errors import (
    DownloadFailed,
    ObjectDownloadFailed,
    ObjectMissing,
    ObjectNotAuthorized,
    ObjectTooLarge,
    ObjectUrlInvalid,
    UrlRefused,
)
from gateway.image.fetch import Fetcher, FetchPolicy
from gateway.image.obs import ObjectStorage
from gateway.secret import Secret
from tests.object_storage import ACCESS_KEY, SECRET_KEY, FakeObs, serving, temporary_signature
from tests.unit.image.test_fetch import FakeResolver

FILE = b"\xff\xd8\xff a picture"
PUBLIC_HOST = "pictures.obs.ap-southeast-1.myhuaweicloud.com"


@pytest.fixture
async def obs() -> AsyncIterator[FakeObs]:
    objects = {
        "passports/2026/anna k.jpg": FILE,
        "passports/big.jpg": bytes(2000),
        "payroll/secret.jpg": FILE,
        "pictures/open.jpg": FILE,
    }
    async with serving(FakeObs(objects, public=frozenset({"pictures/open.jpg", "pictures/none.jpg"}))) as fake:
        yield fake


def keys(obs: FakeObs, **changes) -> HuaweiObs:
    values = {
        "access_key": Secret(ACCESS_KEY),
        "secret_key": Secret(SECRET_KEY),
        "endpoints": (f"http://obs.test:{obs.port}",),
        "buckets": ("passports",),
    }
    return HuaweiObs(**(values | changes))


async def fetch(url: str, own: HuaweiObs | None = None, **policy) -> bytes:
    """The object at ``url``; every host name leads to loopback, on any port."""
    names = ("obs.test", "passports.obs.test", "payroll.obs.test", "pictures.obs.test", "stranger.test", PUBLIC_HOST)
    options = {"allow_hosts": names, "allow_networks": ("127.0.0.0/8",), "max_bytes": 1000} | policy
    fetcher = Fetcher(FetchPolicy(**options), resolver=FakeResolver("127.0.0.1"))
    storage = ObjectStorage(fetcher, own)
    assert storage.max_bytes == options["max_bytes"]
    try:
        return await storage.fetch(url, asyncio.get_running_loop().time() + 5)
    finally:
        await fetcher.close()


def authorizations(obs: FakeObs) -> list[bool]:
    return ["Authorization" in request.headers for request in obs.requests]


@pytest.mark.parametrize("place", ["passports.obs.test:{port}/2026", "obs.test:{port}/passports/2026"])
async def test_a_private_object_is_opened_with_our_keys_in_either_form_of_url(obs, place):
    url = f"http://{place.format(port=obs.port)}/anna%20k.jpg"
    assert await fetch(url, keys(obs)) == FILE
    assert authorizations(obs) == [True]


async def test_a_temporary_pair_sends_its_token_signed(obs):
    url = f"http://passports.obs.test:{obs.port}/2026/anna%20k.jpg?versionId=3%2F4"
    assert await fetch(url, keys(obs, security_token=Secret("the-token"))) == FILE
    assert obs.requests[0].headers["x-obs-security-token"] == "the-token"


@pytest.mark.parametrize("with_keys", [True, False])
async def test_a_temporary_link_opens_by_itself_and_gets_no_keys(obs, with_keys):
    signature = quote(temporary_signature("passports", "2026/anna k.jpg", "1800000000"), safe="")
    url = f"http://passports.obs.test:{obs.port}/2026/anna%20k.jpg"
    query = f"AccessKeyId={ACCESS_KEY}&Expires=1800000000&Signature={signature}"
    assert await fetch(f"{url}?{query}", keys(obs) if with_keys else None) == FILE
    with pytest.raises(DownloadFailed) as refused:
        await fetch(f"{url}?{query.replace('18', '19')}", keys(obs))
    assert type(refused.value) is ObjectDownloadFailed
    assert authorizations(obs) == [False, False]


@pytest.mark.parametrize("with_keys", [True, False])
async def test_a_public_object_needs_nothing(obs, with_keys):
    assert await fetch(f"http://{PUBLIC_HOST}:{obs.port}/pictures/open.jpg", keys(obs) if with_keys else None) == FILE
    assert authorizations(obs) == [False]


@pytest.mark.parametrize(
    "place",
    [
        "payroll.obs.test:{port}/secret.jpg",  # a bucket that callers may not name
        "obs.test:{port}/payroll/secret.jpg",
        "obs.test:{port}/passports/../payroll/secret.jpg",
        "obs.test:{port}/passports/%2E%2e/payroll/secret.jpg",
        "obs.test:{port}/%70assports/2026/anna%20k.jpg",
        "passports.obs.test.stranger.test/secret.jpg",
        "passportsobs.test:{port}/secret.jpg",
        "stranger.test:{port}/passports.obs.test/secret.jpg",
        "stranger.test:{port}/?passports.obs.test/secret.jpg",
        "obs.test:{port}#@passports.obs.test/secret.jpg",
        PUBLIC_HOST + ":{port}/payroll/secret.jpg",
    ],
)
async def test_keys_go_to_no_other_place(obs, place):
    hosts = ("obs.test", "payroll.obs.test", "passportsobs.test", "stranger.test", PUBLIC_HOST)
    with pytest.raises((DownloadFailed, UrlRefused)):
        await fetch(f"http://{place.format(port=obs.port)}", keys(obs), allow_hosts=hosts)
    assert not any(authorizations(obs))


async def test_keys_are_bound_to_scheme_and_port_too(obs):
    for endpoint in (f"https://obs.test:{obs.port}", "http://obs.test", f"http://obs.test:{obs.port + 1}"):
        with pytest.raises(DownloadFailed):
            await fetch(f"http://passports.obs.test:{obs.port}/2026/anna%20k.jpg", keys(obs, endpoints=(endpoint,)))
    assert authorizations(obs) == [False] * 3


async def test_a_redirect_within_the_storage_is_signed_anew(obs):
    obs.redirects["passports/moved.jpg"] = f"http://obs.test:{obs.port}/passports/2026/anna%20k.jpg"
    assert await fetch(f"http://passports.obs.test:{obs.port}/moved.jpg", keys(obs)) == FILE
    assert authorizations(obs) == [True, True]


async def test_a_redirect_to_elsewhere_takes_no_keys_along_and_none_back(obs):
    private = f"http://passports.obs.test:{obs.port}/2026/anna%20k.jpg"
    obs.redirects["passports/away.jpg"] = f"http://stranger.test:{obs.port}/and/back.jpg"
    obs.redirects["and/back.jpg"] = private
    with pytest.raises(ObjectDownloadFailed):
        await fetch(f"http://passports.obs.test:{obs.port}/away.jpg", keys(obs))
    assert authorizations(obs) == [True, False, False]
    obs.requests.clear()
    with pytest.raises(DownloadFailed) as refused:
        await fetch(f"http://stranger.test:{obs.port}/and/back.jpg", keys(obs))
    assert type(refused.value) is DownloadFailed
    assert authorizations(obs) == [False, False]


@pytest.mark.parametrize(
    ("place", "with_keys", "kind"),
    [
        ("passports.obs.test:{port}/2026/none.jpg", True, ObjectMissing),
        (PUBLIC_HOST + ":{port}/pictures/none.jpg", False, ObjectMissing),
        ("passports.obs.test:{port}/big.jpg", True, ObjectTooLarge),
        (PUBLIC_HOST + ":{port}/passports/big.jpg", False, ObjectNotAuthorized),
        ("payroll.obs.test:{port}/secret.jpg", True, ObjectNotAuthorized),
        (PUBLIC_HOST + ":1/pictures/open.jpg", False, ObjectDownloadFailed),
        (PUBLIC_HOST + ":{port}/", False, ObjectUrlInvalid),
        ("obs.ap-southeast-1.myhuaweicloud.com/pictures", False, ObjectUrlInvalid),
        ("obs.test:{port}/passports/", True, ObjectUrlInvalid),
        ("passports.obs.test:{port}", True, ObjectUrlInvalid),
    ],
)
async def test_every_failure_with_an_object_has_its_own_class(obs, place, with_keys, kind):
    with pytest.raises(kind) as failed:
        await fetch(f"http://{place.format(port=obs.port)}", keys(obs) if with_keys else None)
    assert type(failed.value) is kind
    assert "jpg" not in str(failed.value)


@pytest.mark.parametrize(
    "host", ["passportsobs.test", "pictures.obs.test.stranger.test", "obs.myhuaweicloud.com.evil.test"]
)
async def test_a_host_that_only_looks_like_the_storage_is_a_host_like_any_other(obs, host):
    with pytest.raises(DownloadFailed) as failed:
        await fetch(f"http://{host}:{obs.port}/none.jpg", keys(obs), allow_hosts=(host,))
    assert type(failed.value) is DownloadFailed


async def test_keys_that_are_refused_are_no_lack_of_keys(obs):
    with pytest.raises(ObjectDownloadFailed) as failed:
        await fetch(f"http://passports.obs.test:{obs.port}/big.jpg", keys(obs, secret_key=Secret("wrong")))
    assert type(failed.value) is ObjectDownloadFailed
    assert authorizations(obs) == [True]


@pytest.mark.parametrize("url", ["", "http://", "not a url", "http://[::1/", "ftp://passports.obs.test/a", "http://é/"])
async def test_what_is_no_url_is_refused_as_ever(obs, url):
    with pytest.raises(UrlRefused) as refused:
        await fetch(url, keys(obs))
    assert type(refused.value) is UrlRefused


async def test_the_guard_stands_before_the_storage_too(obs):
    with pytest.raises(UrlRefused):
        await fetch(f"http://passports.obs.test:{obs.port}/2026/anna%20k.jpg", keys(obs), allow_networks=())
    assert not obs.requests
