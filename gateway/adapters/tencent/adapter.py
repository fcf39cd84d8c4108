"""How the synchronous actions are asked: one POST, the action chosen by the one kind of document that is asked for."""

from __future__ import annotations

from typing import Literal

import msgspec

from gateway.adapters.body import IMAGE, json_body
from gateway.adapters.coverage import reads_only
from gateway.adapters.endpoint import check_endpoint
from gateway.adapters.tencent.actions import Action, Site, actions, covered
from gateway.adapters.tencent_cloud import request
from gateway.errors import UpstreamIncapable
from gateway.exchange import Coverage, Exchange, ImageLimits
from gateway.model import ImageFormat, Query

SEVEN_MB, TEN_MB = 7_000_000, 10_000_000
"""Of Base64 text. The vendor says "M" and "MB"; the smaller reading is the one that is never refused."""


class Tencent(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``POST {endpoint}/`` with the action in ``X-TC-Action``."""

    endpoint: str
    """``https://ocr.intl.tencentcloudapi.com`` or ``https://ocr.tencentcloudapi.com``: of the site that has the account."""

    site: Site
    """Which of the vendor's two sites that is. It decides which actions there are and how large a picture may be."""

    region: str | None = None
    """``X-TC-Region``, such as ``ap-singapore``: where the vendor works. Without it the vendor chooses."""

    language: Literal["en-US", "zh-CN"] | None = None
    """``X-TC-Language``: the language of the vendor's messages."""

    thai_card: bool = False
    """Mainland only: this account may use ``RecognizeThaiIDCardOCR``, which that site opens by arrangement."""

    def __post_init__(self) -> None:
        check_endpoint(self.endpoint)
        if self.thai_card and self.site == "international":
            raise ValueError("thai_card is for the mainland site: the international one has it for every account")

    @property
    def accepts(self) -> ImageLimits:
        base64 = TEN_MB if self.site == "mainland" and not self.thai_card else SEVEN_MB
        return ImageLimits(frozenset({ImageFormat.JPEG, ImageFormat.PNG}), max_bytes=base64 // 4 * 3)

    @property
    def coverage(self) -> Coverage:
        return covered(self.site, arranged=self.thai_card)

    def supports(self, query: Query, /) -> bool:
        return self._action(query) is not None

    def exchange(self, query: Query, /) -> Exchange:
        action = self._action(query)
        if action is None:
            raise UpstreamIncapable("there is no one action for what is asked")
        fields = {"ImageBase64": IMAGE, action.portrait: query.portrait, **action.others}
        body = json_body(fields, query.image)
        return action.to_document(
            (yield request(self.endpoint, action.name, body, region=self.region, language=self.language))
        )

    def _action(self, query: Query) -> Action | None:
        """The action that reads whatever the filters let pass. Two would be two paid calls, or a guess."""
        known = actions(self.site, arranged=self.thai_card)
        wanted = {known[pair].name: known[pair] for pair in reads_only(self.coverage, query)}
        return next(iter(wanted.values())) if len(wanted) == 1 else None
