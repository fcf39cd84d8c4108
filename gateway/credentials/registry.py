"""The signing schemes by the name that ``credentials: {type: …}`` gives them."""

from __future__ import annotations

from collections.abc import Mapping

from gateway.credentials.alibaba_acs3 import AlibabaAcs3
from gateway.credentials.aws_sigv4 import AwsSigV4
from gateway.credentials.baidu_token import BaiduToken
from gateway.credentials.entra import Entra
from gateway.credentials.google_service_account import GoogleServiceAccount
from gateway.credentials.header import Header
from gateway.credentials.huawei_aksk import HuaweiAkSk
from gateway.credentials.tencent_tc3 import TencentTc3
from gateway.exchange import Credentials

CREDENTIALS: Mapping[str, type[Credentials]] = {
    "alibaba_acs3": AlibabaAcs3,
    "aws_sigv4": AwsSigV4,
    "baidu_token": BaiduToken,
    "entra": Entra,
    "google_service_account": GoogleServiceAccount,
    "header": Header,
    "huawei_aksk": HuaweiAkSk,
    "tencent_tc3": TencentTc3,
}
