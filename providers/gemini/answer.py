"""The answer of the Gemini API as it comes: a picture among parts, or the reason why there is none.

Read from the JSON itself: the SDK drops `finishMessage`, warns of every reason it does not know, and would decode
drafts too.
"""

import base64
from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic.alias_generators import to_camel

from providers.contract.errors import Misconfigured, NoImage, ProviderError, Refused, UnknownOutcome
from providers.gemini.cost import Usage, cost_of
from providers.gemini.request import Wire

LARGEST = 30 * 1024 * 1024
"""Bytes of a picture."""
WORDS = 500
"""Characters of the model's own words that are kept."""
_SLICE = 4 * 256 * 1024
PROMPT_BLOCKED: Mapping[str, str] = {
    "SAFETY": "they may be harmful",
    "BLOCKLIST": "they contain a blocked word",
    "PROHIBITED_CONTENT": "they ask for something it never draws",
    "IMAGE_SAFETY": "they ask for a picture that may be unsafe",
    "JAILBREAK": "they try to get round its rules",
}
"""Why the words were refused, by `blockReason`; reasons that say nothing are not in it."""
PHOTO_BLOCKED = "it may be unsafe to draw from"
RESULT_BLOCKED: Mapping[str, str] = {
    "SAFETY": "it may be unsafe",
    "IMAGE_SAFETY": "it may be unsafe",
    "PROHIBITED_CONTENT": "it may show something forbidden",
    "IMAGE_PROHIBITED_CONTENT": "it may show something forbidden",
    "RECITATION": "it came too close to an existing work",
    "IMAGE_RECITATION": "it came too close to an existing work",
    "SPII": "it may show private details of a person",
    "BLOCKLIST": "it contains a blocked word",
    "ESCALATION": "",
    "MODEL_ARMOR": "",
}
"""Why a picture was held back, by `finishReason`."""


class _Json(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel)


class _Blob(_Json):
    data: str = ""


class _Part(_Json):
    text: str | None = None
    thought: bool | None = None
    inline_data: _Blob | None = None


class _Content(_Json):
    parts: list[_Part] | None = None


class _Grounding(_Json):
    web_search_queries: list[str] | None = None
    image_search_queries: list[str] | None = None


class _Candidate(_Json):
    content: _Content | None = None
    finish_reason: str | None = None
    finish_message: str | None = None
    grounding_metadata: _Grounding | None = None

    @property
    def parts(self) -> list[_Part]:
        """What the model means to say; its thoughts, drafts among them, are left out."""
        found = self.content.parts if self.content else None
        return [part for part in found or () if not part.thought]

    @property
    def words(self) -> str:
        return " ".join(part.text for part in self.parts if part.text)

    @property
    def pictures(self) -> list[str]:
        return [part.inline_data.data for part in self.parts if part.inline_data and part.inline_data.data]

    @property
    def searches(self) -> int:
        made = self.grounding_metadata
        return len((made.web_search_queries or []) + (made.image_search_queries or [])) if made else 0


class _Feedback(_Json):
    block_reason: str | None = None


class _Answer(_Json):
    candidates: list[_Candidate] | None = None
    prompt_feedback: _Feedback | None = None
    usage_metadata: Usage | None = None


def picture_of(body: str, wire: Wire, photos: int) -> tuple[bytes, int | None, int | None]:
    """The picture, what the call cost in microdollars, and its tokens; `photos` is how many were sent.

    Of several pictures the last one is it: a call is for one picture, and the model shows its way there first.
    Raises Refused, NoImage or Misconfigured with the cost, and UnknownOutcome for what cannot be read.
    """
    answer = _read(body)
    candidate = answer.candidates[0] if answer.candidates else _Candidate()
    drawn = candidate.pictures
    usage = answer.usage_metadata
    cost = cost_of(usage, wire, drawn=bool(drawn), searches=candidate.searches)
    reason = answer.prompt_feedback.block_reason if answer.prompt_feedback else None
    if reason and not answer.candidates:
        raise _blocked(reason, photos, cost)
    if not drawn or candidate.finish_reason in RESULT_BLOCKED:
        raise _without(candidate, cost)
    return _decoded(drawn[-1], cost), cost, usage.total_token_count if usage else None


def _read(body: str) -> _Answer:
    if body.lstrip()[:1] == "<":  # whoever answers with a page sells no pictures
        raise Misconfigured("a page came from the address, not an answer of the Gemini API")
    try:
        return _Answer.model_validate_json(body)
    except ValidationError as exc:
        raise UnknownOutcome(f"{len(body)} characters from {body[:9]!r} on are no answer of this API") from exc


def _blocked(reason: str, photos: int, cost: int | None) -> Refused:
    """The API names no photo; only a filter of pictures tells that a photo is meant."""
    if reason == "IMAGE_SAFETY" and photos:
        return Refused(f"blockReason {reason}", what="photo", why=PHOTO_BLOCKED, cost=cost)
    return Refused(f"blockReason {reason}", what="prompt", why=PROMPT_BLOCKED.get(reason, ""), cost=cost)


def _without(candidate: _Candidate, cost: int | None) -> ProviderError:
    """What an answer without a picture means; a reason nobody knows counts as a mishap that may be tried once more."""
    reason = candidate.finish_reason or "no reason"
    told = candidate.finish_message or candidate.words
    detail = f"finishReason {reason}: {told[:WORDS]}" if told else f"finishReason {reason}"
    match reason:
        case "LANGUAGE":
            return Refused(detail, what="prompt", why="they are in a language it does not take", cost=cost)
        case "PUP_LIMITED_DISABLED":  # the account broke Google's rules of use too often
            return Misconfigured(detail, cost=cost)
        case _ if reason in RESULT_BLOCKED:
            return Refused(detail, what="result", why=RESULT_BLOCKED[reason], cost=cost)
        case _:
            return NoImage(detail, cost=cost)


def _decoded(text: str, cost: int | None) -> bytes:
    """The bytes of a picture, decoded in slices so that other threads get their turn."""
    if len(text) // 4 * 3 > LARGEST:
        raise NoImage("the picture is larger than 30 MB", cost=cost)
    try:
        data = b"".join(_bytes(text[start : start + _SLICE]) for start in range(0, len(text), _SLICE))
    except ValueError as exc:
        raise NoImage(f"the picture cannot be decoded: {exc}", cost=cost) from exc
    if not _whole(data):
        raise NoImage(f"{len(data)} bytes from {data[:8]!r} on are no whole picture", cost=cost)
    return data


def _bytes(text: str) -> bytes:
    return base64.b64decode(text.replace("-", "+").replace("_", "/"), validate=True)


def _whole(data: bytes) -> bool:
    """Whether bytes begin as PNG, JPEG or WebP do, whatever type was announced, and have their end too."""
    match data[:4]:
        case b"\x89PNG":
            return b"IEND" in data
        case b"RIFF":
            return data[8:12] == b"WEBP" and len(data) >= int.from_bytes(data[4:8], "little") + 8
        case start:
            return start[:3] == b"\xff\xd8\xff" and b"\xff\xd9" in data
