"""What an answer of the Images API says: a picture or where it lies, and what it used.

Servers that speak the API differ in the shape around the picture; some answer as a chat does.
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from providers.contract.errors import (
    Misconfigured,
    ModelAsks,
    NoImage,
    ProviderError,
    Refused,
    UnknownOutcome,
    Unusable,
)
from providers.openai_images.request import TokenPrices
from providers.shared.blame import error_of
from providers.shared.complaint import complaint_in
from providers.shared.picture_reader import Address, NotAPicture, parsed, picture_in

_WORDS = 500


@dataclass(frozen=True, slots=True)
class Answer:
    """A picture as bytes or, from some servers, where it is fetched from; cost in microdollars."""

    picture: bytes | Address
    tokens: int | None
    cost: int | None


def answer_of(body: bytes, prices: TokenPrices | None, photos: int) -> Answer:
    """Read a successful answer; CPU work, since a picture in base64 is megabytes of text.

    Raises what an error inside means, and ModelAsks, Refused, NoImage or Unusable for an answer without a picture, at
    what its tokens cost or else at list price. Raises Misconfigured for a web page, which no such API sends: nothing
    was asked of one. Raises UnknownOutcome for what cannot be read.
    """
    if body.lstrip()[:1] == b"<":
        raise Misconfigured("a web page came instead of an answer: the address leads to no images API")
    told = _read(body)
    usage = _table(_table(told).get("usage"))
    cost = cost_of(usage, prices) if prices else None
    try:
        picture = picture_in(_where(told))
    except NotAPicture as exc:
        raise Unusable(str(exc), cost=cost) from exc
    if picture is None:
        raise _without(told, photos, cost)
    return Answer(picture, _count(usage, "total_tokens"), cost)


def cost_of(usage: Mapping[str, Any], prices: TokenPrices) -> int | None:
    """Microdollars for the tokens of a call, rounded up; None when they are not told.

    Input that is not divided into text and image counts as image, which is the dearer of the two.
    """
    given, drawn = _count(usage, "input_tokens"), _count(usage, "output_tokens")
    if given is None or drawn is None:
        return None
    text = min(_count(_table(usage.get("input_tokens_details")), "text_tokens") or 0, given)
    return math.ceil(text * prices.text + (given - text) * prices.image + drawn * prices.output)


def _read(body: bytes) -> Any:
    """The answer's JSON, or the body itself where it is the picture."""
    try:
        return parsed(body)
    except ValueError:
        pass
    try:
        if picture_in(body) is not None:
            return body
    except NotAPicture as exc:
        raise Unusable(str(exc)) from exc
    raise UnknownOutcome("the answer is neither JSON nor a picture")


def _where(told: Any) -> Any:
    """The part of an answer that may hold the picture: `data`, where there is one."""
    return data if (data := _table(told).get("data")) else told


def _without(told: Any, photos: int, cost: int | None) -> ProviderError:
    """What an answer without a picture means."""
    if (complaint := complaint_in(told)) is not None:
        return error_of(replace(complaint, photos=photos, cost=cost or 0))
    choices = _table(told).get("choices")
    choice = _table(choices[0]) if isinstance(choices, list) and choices else {}
    if refusal := _table(choice.get("message")).get("refusal"):
        return Refused(str(refusal), what="prompt", why=str(refusal), cost=cost)
    if choice.get("finish_reason") == "content_filter":
        return Refused("finish_reason content_filter", what="prompt", cost=cost)
    if words := " ".join(_words(_table(choice.get("message")).get("content") or _table(told).get("output"))):
        return ModelAsks(words[:_WORDS], cost=cost)
    return NoImage("the answer holds no picture", cost=cost)


def _words(found: Any) -> Iterator[str]:
    """The text in the content of a chat's answer."""
    match found:
        case str():
            yield found.strip()
        case list():
            for one in found:
                yield from _words(one)
        case {"text": str(text)}:
            yield text
        case {"content": content}:
            yield from _words(content)
        case _:
            pass


def _table(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _count(table: Mapping[str, Any], key: str) -> int | None:
    value = table.get(key)
    return value if isinstance(value, int) and value >= 0 else None
