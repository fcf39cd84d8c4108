"""How a vision model is asked: one chat completion with the picture as a data URL and a strict JSON Schema."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from gateway.adapters.body import IMAGE, json_body
from gateway.adapters.coverage import ALL_PAIRS, candidates, coverage
from gateway.adapters.endpoint import check_endpoint
from gateway.adapters.openai.completion import transcript
from gateway.adapters.openai.mapping import to_document
from gateway.adapters.openai.prompt import JSON_PROMPT, PROMPT, REQUEST
from gateway.adapters.openai.schema import NAME, SCHEMA
from gateway.exchange import Coverage, Exchange, ImageLimits, VendorRequest
from gateway.model import ImageFormat, Query

MAX_BYTES = 15_000_000
"""Of the file: OpenAI has taken pictures of up to 20 MB, as Base64 that is 15 MB of file."""

COVERAGE = coverage(general=ALL_PAIRS)
"""A model reads any script, and nobody vouches for any document: see README.md."""


class OpenAi(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``POST {endpoint}/v1/chat/completions``."""

    endpoint: str
    """What stands before ``/v1``: ``https://api.openai.com``, ``http://vllm:8000``, ``http://localhost:11434``."""

    model: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
    """The model's name at that server. It has to read pictures."""

    detail: Literal["low", "high", "auto"] | None = "high"
    """How closely the picture is looked at; null leaves it out, for servers that refuse what they do not know."""

    max_side: Annotated[int, msgspec.Meta(ge=512, le=8192)] = 2048
    """Pixels of the longer side. Larger pictures are shrunk before: OpenAI does so itself, others bill every pixel."""

    max_tokens: Annotated[int, msgspec.Meta(ge=256, le=32768)] = 2000
    """Tokens of the answer; one that is cut off by it fails."""

    max_tokens_field: Literal["max_tokens", "max_completion_tokens"] = "max_tokens"
    """What that limit is called. OpenAI's reasoning models take the longer name alone, Ollama the shorter."""

    temperature: Annotated[float, msgspec.Meta(ge=0, le=2)] | None = 0.0
    """0 for the likeliest reading; null leaves it out, as OpenAI's reasoning models want."""

    seed: int | None = None
    """For the same answer to the same picture, where the server keeps that promise."""

    schema: Literal["strict", "json_object"] = "strict"
    """``strict`` binds the answer to a JSON Schema; ``json_object`` is for servers that know JSON mode alone."""

    store: bool | None = None
    """``false`` tells OpenAI not to keep the completion; null leaves it out."""

    def __post_init__(self) -> None:
        check_endpoint(self.endpoint)

    @property
    def accepts(self) -> ImageLimits:
        return ImageLimits(frozenset({ImageFormat.JPEG, ImageFormat.PNG}), MAX_BYTES, max_side=self.max_side)

    @property
    def coverage(self) -> Coverage:
        return COVERAGE

    def supports(self, query: Query, /) -> bool:
        return bool(candidates(COVERAGE, query))

    def exchange(self, query: Query, /) -> Exchange:
        return to_document(transcript((yield self._request(query))))

    def _request(self, query: Query) -> VendorRequest:
        strict = self.schema == "strict"
        prompt = PROMPT if strict else PROMPT + JSON_PROMPT + msgspec.json.encode(SCHEMA).decode()
        picture = {"url": IMAGE} | _given(detail=self.detail)
        user = [{"type": "text", "text": REQUEST}, {"type": "image_url", "image_url": picture}]
        fields: dict[str, object] = {
            "model": self.model,
            "messages": [{"role": "system", "content": prompt}, {"role": "user", "content": user}],
            "response_format": (
                {"type": "json_schema", "json_schema": {"name": NAME, "schema": SCHEMA, "strict": True}}
                if strict
                else {"type": "json_object"}
            ),
            self.max_tokens_field: self.max_tokens,
            **_given(temperature=self.temperature, seed=self.seed, store=self.store),
        }
        return VendorRequest(
            "POST",
            f"{self.endpoint.rstrip('/')}/v1/chat/completions",
            {"content-type": "application/json"},
            json_body(fields, query.image, prefix=f"data:image/{query.image.format.value};base64,"),
        )


def _given(**options: object) -> dict[str, object]:
    return {name: value for name, value in options.items() if value is not None}
