"""Huawei Cloud OCR, General Text: the one generic endpoint that the international site still has."""

from __future__ import annotations

from typing import Annotated

import msgspec

from gateway.adapters.huawei_answer import result_of
from gateway.adapters.huawei_service import MAX_BYTES, HuaweiService
from gateway.adapters.status import answered_on
from gateway.adapters.text.engine import Coordinate, Corners, PageText, Reading, line_of
from gateway.exchange import ImageLimits
from gateway.model import ImageFormat, Query
from gateway.reader.text import Line

Place = tuple[Coordinate, Coordinate]


class Character(msgspec.Struct):
    char: str
    char_confidence: float


class Block(msgspec.Struct):
    """A line, or a part of one; ``confidence`` is 0 to 1."""

    words: str
    location: tuple[Place, Place, Place, Place]
    confidence: float = 0.0
    char_list: Annotated[list[Character], msgspec.Meta(max_length=1000)] | None = None


class Result(msgspec.Struct):
    words_block_list: list[Block]


class HuaweiGeneralText(HuaweiService, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``POST {endpoint}/v2/{project_id}/ocr/general-text``."""

    @property
    def accepts(self) -> ImageLimits:
        return ImageLimits(frozenset(ImageFormat), MAX_BYTES, min_side=15, max_side=8192)

    def read(self, query: Query, /) -> Reading:
        response = yield self.request("general-text", query, {"detect_direction": True, "character_mode": True})
        result = result_of(response, Result)
        return PageText(tuple(map(_line, result.words_block_list)), answered_on(response.headers))


def _line(block: Block) -> Line:
    """Character by character where the list of characters is that of the words, else with the block's one score."""
    corners: Corners = block.location
    characters = [(each.char, each.char_confidence) for each in block.char_list or ()]
    if "".join(char for char, _ in characters) == block.words:
        return line_of(characters, corners)
    return line_of([(block.words, block.confidence)], corners)
