"""The adapters by the name that ``adapter:`` gives them: the one entry that a new vendor adds outside its folder.

The name is the folder's, and each folder has ``mapping.ABSENT``: the fields of ``IdDocument`` that the vendor never gives.
"""

from __future__ import annotations

from collections.abc import Mapping

from gateway.adapters.alibaba_idocr import AlibabaIdOcr
from gateway.adapters.azure import Azure
from gateway.adapters.baidu import Baidu
from gateway.adapters.blinkid import BlinkId
from gateway.adapters.fpt_ai import FptAi
from gateway.adapters.huawei_id_document import HuaweiIdDocument
from gateway.adapters.huawei_ocr import HuaweiOcr
from gateway.adapters.iapp import Iapp
from gateway.adapters.mindee import Mindee
from gateway.adapters.openai import OpenAi
from gateway.adapters.regula import Regula
from gateway.adapters.tencent import Tencent
from gateway.adapters.tencent_verification import TencentVerification
from gateway.adapters.text import Text
from gateway.exchange import Adapter

ADAPTERS: Mapping[str, type[Adapter]] = {
    "alibaba_idocr": AlibabaIdOcr,
    "azure": Azure,
    "baidu": Baidu,
    "blinkid": BlinkId,
    "fpt_ai": FptAi,
    "huawei_id_document": HuaweiIdDocument,
    "huawei_ocr": HuaweiOcr,
    "iapp": Iapp,
    "mindee": Mindee,
    "openai": OpenAi,
    "regula": Regula,
    "tencent": Tencent,
    "tencent_verification": TencentVerification,
    "text": Text,
}
