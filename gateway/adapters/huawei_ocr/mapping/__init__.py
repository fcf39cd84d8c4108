"""How the answer of each endpoint becomes an ``IdDocument``: one file per endpoint, one entry here."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from gateway.adapters.huawei_ocr.mapping import chile, hong_kong, passport, thailand, vietnam
from gateway.adapters.huawei_ocr.services import Service
from gateway.exchange import VendorResponse
from gateway.model import IdDocument

ABSENT = frozenset({"issuing_authority"})
"""Fields of ``IdDocument`` that this vendor never gives: an authority is read of Chinese passports alone."""

READERS: Mapping[Service, Callable[[VendorResponse], IdDocument]] = {
    Service.PASSPORT: passport.to_document,
    Service.THAILAND: thailand.to_document,
    Service.VIETNAM: vietnam.to_document,
    Service.CHILE: chile.to_document,
    Service.HONG_KONG: hong_kong.to_document,
}
