"""From a chat completion to the text that the model wrote, or to the reason why there is none."""

from __future__ import annotations

import msgspec

from gateway.adapters.answer import decode
from gateway.adapters.openai.errors import Fault, failure
from gateway.errors import RecognitionFailed, UpstreamProtocolError
from gateway.exchange import VendorResponse

CUT_OFF = frozenset({"length", "content_filter"})


class Message(msgspec.Struct):
    content: str | None = None
    refusal: str | None = None


class Choice(msgspec.Struct):
    message: Message
    finish_reason: str | None = None


class Completion(msgspec.Struct):
    choices: list[Choice] = []
    error: Fault | str | None = None


def transcript(response: VendorResponse) -> str:
    """The JSON text of the first choice.

    A model that refuses, one that a content filter stops and one that does not come to an end within its tokens have
    given up: :class:`RecognitionFailed`.
    """
    if response.status != 200:
        raise failure(response)
    completion = decode(response.body, Completion)
    if completion.error is not None:
        raise failure(response)
    if not completion.choices:
        raise UpstreamProtocolError("a completion without a choice")
    choice = completion.choices[0]
    if choice.message.refusal:
        raise RecognitionFailed("the model refuses")
    if choice.finish_reason in CUT_OFF:
        raise RecognitionFailed(f"the model was stopped: {choice.finish_reason}")
    if choice.message.content is None:
        raise UpstreamProtocolError("a completion without content")
    return choice.message.content
