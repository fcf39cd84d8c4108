"""Pictures in OBS as a caller names them: public, by a temporary link, private; and what each failure looks like."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from urllib.parse import quote

import pytest
from aiohttp import ClientSession

from gateway.credentials.huawei_obs import HuaweiObs
from gateway.image.fetch import FetchPolicy
from gateway.secret import Secret
from tests.object_storage import ACCESS_KEY, SECRET_KEY, FakeObs, serving, temporary_signature
from tests.pictures import png
from tests.unit.image.test_fetch import FakeResolver
from tests.wire.gateway import PROJECT, running

PICTURE = png(300, 200)
PUBLIC_HOST = "pictures.obs.ap-southeast-1.myhuaweicloud.com"
LINK = "AccessKeyId=OBS-AK&Expires=1800000000&Signature="


@pytest.fixture
async def obs() -> AsyncIterator[FakeObs]:
    objects = {"passports/anna.png": PICTURE, "passports/big.png": bytes(2000), "pictures/open.png": PICTURE}
    async with serving(FakeObs(objects, public=frozenset({"pictures/open.png", "pictures/none.png"}))) as fake:
        yield fake


async def ask(obs: FakeObs, url: str, *, with_keys: bool = True) -> tuple[int, str]:
    """Status and error code for the picture at ``url``."""
    keys = HuaweiObs(
        access_key=Secret(ACCESS_KEY),
        secret_key=Secret(SECRET_KEY),
        endpoints=(f"http://obs.test:{obs.port}",),
        buckets=("passports",),
    )
    fetch = FetchPolicy(
        allow_hosts=("passports.obs.test", "obs.test", PUBLIC_HOST),
        allow_networks=("127.0.0.0/8",),
        max_bytes=1000,
        obs=keys if with_keys else None,
    )
    async with (
        running(anonymous=True, fetch=fetch, resolver=FakeResolver("127.0.0.1")) as gateway,
        ClientSession() as session,
        session.post(f"{gateway.url}/v2/{PROJECT}/ocr/id-document", json={"url": url}) as response,
    ):
        body = json.loads(await response.read())
        return response.status, body.get("error_code", "")


@pytest.mark.parametrize(
    ("place", "with_keys"),
    [
        (PUBLIC_HOST + ":{port}/pictures/open.png", False),
        ("passports.obs.test:{port}/anna.png", True),
        ("obs.test:{port}/passports/anna.png", True),
        ("passports.obs.test:{port}/anna.png?{link}", False),
    ],
    ids=["public", "private", "private, path style", "temporary link"],
)
async def test_objects_in_all_three_authorisations_are_read(obs: FakeObs, place, with_keys):
    link = LINK + quote(temporary_signature("passports", "anna.png", "1800000000"), safe="")
    assert await ask(obs, f"http://{place.format(port=obs.port, link=link)}", with_keys=with_keys) == (200, "")


@pytest.mark.parametrize(
    ("place", "with_keys", "code"),
    [
        (PUBLIC_HOST + ":{port}/passports/anna.png", False, "ModelArts.4702"),
        ("obs.test:{port}/payroll/a.png", True, "ModelArts.4702"),
        ("passports.obs.test:{port}/", True, "ModelArts.4703"),
        ("passports.obs.test:{port}/anna.png?" + LINK + "x", True, "ModelArts.4704"),
        ("passports.obs.test:{port}/big.png", True, "ModelArts.4705"),
        ("passports.obs.test:{port}/none.png", True, "ModelArts.4706"),
        (PUBLIC_HOST + ":{port}/pictures/none.png", False, "ModelArts.4706"),
        ("elsewhere.test:{port}/none.png", True, "ModelArts.4601"),
    ],
)
async def test_every_failure_has_its_code(obs: FakeObs, place, with_keys, code):
    assert await ask(obs, f"http://{place.format(port=obs.port)}", with_keys=with_keys) == (400, code)
