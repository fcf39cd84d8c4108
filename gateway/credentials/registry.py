"""The signing schemes by the name that ``credentials: {type: …}`` gives them."""

from __future__ import annotations

from collections.abc import Mapping

from gateway.credentials.header import Header
from gateway.credentials.huawei_aksk import HuaweiAkSk
from gateway.exchange import Credentials

CREDENTIALS: Mapping[str, type[Credentials]] = {
    "header": Header,
    "huawei_aksk": HuaweiAkSk,
}
