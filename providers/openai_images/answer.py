"""What an answer of the Images API says: a picture or where it lies, and what it used."""

import base64
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from providers.contract.errors import Misconfigured, NoImage, UnknownOutcome
from providers.openai_images.request import TokenPrices
from providers.shared.download import LARGEST


@dataclass(frozen=True, slots=True)
class Answer:
    """A picture as bytes or, from some servers, as the URL it is fetched from; cost in microdollars."""

    data: bytes | None
    url: str | None
    tokens: int | None
    cost: int | None


def answer_of(body: bytes, media_type: str, prices: TokenPrices | None) -> Answer:
    """Read a successful answer; CPU work, since a picture in base64 is megabytes of text.

    Raises NoImage for an answer without a picture, at what its tokens cost or else at list price. Raises Misconfigured
    for a web page, which no such API sends: nothing was asked of one. Raises UnknownOutcome for what cannot be read.
    """
    if media_type.startswith("text/html"):
        raise Misconfigured("a web page came instead of an answer: the address leads to no images API")
    try:
        told = json.loads(body)
    except ValueError as exc:
        raise UnknownOutcome("the answer is no JSON") from exc
    usage = _table(_table(told).get("usage"))
    cost = cost_of(usage, prices) if prices else None
    pictures = _table(told).get("data")
    picture = _table(pictures[0]) if isinstance(pictures, list) and pictures else {}
    data, url = _bytes(picture.get("b64_json"), cost), picture.get("url")
    if not data and not isinstance(url, str):
        raise NoImage("the answer holds no picture", cost=cost)
    return Answer(data or None, None if data else url, _count(usage, "total_tokens"), cost)


def cost_of(usage: Mapping[str, Any], prices: TokenPrices) -> int | None:
    """Microdollars for the tokens of a call, rounded up; None when they are not told.

    Input that is not divided into text and image counts as image, which is the dearer of the two.
    """
    given, drawn = _count(usage, "input_tokens"), _count(usage, "output_tokens")
    if given is None or drawn is None:
        return None
    text = min(_count(_table(usage.get("input_tokens_details")), "text_tokens") or 0, given)
    return math.ceil(text * prices.text + (given - text) * prices.image + drawn * prices.output)


def _bytes(text: Any, cost: int | None) -> bytes | None:
    if not isinstance(text, str):
        return None
    try:
        data = base64.b64decode(text.rpartition(",")[2], validate=True)  # some servers write a data URI
    except ValueError as exc:
        raise NoImage("the picture is no base64", cost=cost) from exc
    if len(data) > LARGEST:
        raise NoImage("the picture is larger than 30 MB", cost=cost)
    return data


def _table(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _count(table: Mapping[str, Any], key: str) -> int | None:
    value = table.get(key)
    return value if isinstance(value, int) and value >= 0 else None
