"""The adapters by the name that ``adapter:`` gives them: the one entry that a new vendor adds outside its folder.

The name is the folder's, and each folder has ``mapping.ABSENT``: the fields of ``IdDocument`` that the vendor never gives.
"""

from __future__ import annotations

from collections.abc import Mapping

from gateway.adapters.huawei_id_document import HuaweiIdDocument
from gateway.exchange import Adapter

ADAPTERS: Mapping[str, type[Adapter]] = {
    "huawei_id_document": HuaweiIdDocument,
}
