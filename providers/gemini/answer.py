"""The answer of the Gemini API as it comes: a picture among parts, or the reason why there is none.

Read from the JSON itself: the SDK drops `finishMessage`, warns of every reason it does not know, and would decode
drafts too.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from providers.contract.errors import (
    Misconfigured,
    ModelAsks,
    NoImage,
    ProviderError,
    Refused,
    UnknownOutcome,
    Unusable,
)
from providers.gemini.cost import Usage, cost_of
from providers.gemini.errors import of_body
from providers.gemini.request import GeminiWire
from providers.shared.picture_reader import Address, NotAPicture, parsed, picture_in

WORDS = 500
"""Characters of the model's own words that are kept."""
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
_HELD_BACK = re.compile(r"SAFETY|PROHIBITED|BLOCK|FILTER|POLICY|MODERAT|VIOLAT")
"""What reasons look like that Google adds to those."""
_TALKS = ("STOP", "NO_IMAGE", "OTHER", "IMAGE_OTHER", "FINISH_REASON_UNSPECIFIED", "no reason")
"""Reasons with which the model may have said something to the person."""
_SNAKE = re.compile(r"_([a-z])")


@dataclass(frozen=True, slots=True)
class Drawn:
    """The picture or where it lies, what the call cost in microdollars, and its tokens."""

    picture: bytes | Address
    cost: int | None
    tokens: int | None


@dataclass(frozen=True, slots=True)
class _Candidate:
    """What the model answered: its parts without its thoughts and their drafts, and why it stopped."""

    parts: Sequence[Mapping[str, Any]]
    reason: str
    message: str
    searches: int

    @property
    def words(self) -> str:
        return " ".join(text for part in self.parts if isinstance(text := part.get("text"), str) and text.strip())

    @property
    def is_held_back(self) -> bool:
        return self.reason in RESULT_BLOCKED or bool(_HELD_BACK.search(self.reason))


def drawn_in(body: bytes, wire: GeminiWire, photos: int) -> Drawn:
    """Read an answer of status 200; `photos` is how many were sent.

    Of several pictures the last one is it: a call is for one picture, and the model shows its way there first.
    Raises Refused, ModelAsks, NoImage, Unusable or Misconfigured with the cost, what an error inside means, and
    UnknownOutcome for what cannot be read.
    """
    answer = _read(body)
    candidate = _candidate(answer)
    usage = _usage(answer)
    picture, problem = _picture(answer, candidate)
    cost = cost_of(usage, wire, drawn=bool(picture or problem), searches=candidate.searches)
    if picture is None or candidate.is_held_back:
        raise _unusable(problem, cost) or of_body(answer, photos) or _without(answer, candidate, photos, cost)
    return Drawn(picture, cost, usage.total_token_count if usage else None)


def _read(body: bytes) -> Mapping[str, Any]:
    """The answer with every key in camelCase; the pieces of one that came in a list or as events are joined."""
    if body.lstrip()[:1] == b"<":  # whoever answers with a page sells no pictures
        raise Misconfigured("a page came from the address, not an answer of the Gemini API")
    try:
        found = _camel(parsed(body))
    except ValueError as exc:
        raise UnknownOutcome(f"{len(body)} bytes from {body[:9]!r} on are no answer of this API") from exc
    pieces = [one for one in found if isinstance(one, dict)] if isinstance(found, list) else [found]
    if not pieces or not isinstance(pieces[0], dict):
        raise UnknownOutcome(f"{len(body)} bytes of JSON are no answer of this API")
    return pieces[0] if len(pieces) == 1 else _joined(pieces)


def _joined(pieces: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    """One answer: the parts of all pieces, and of everything else the last word."""
    candidates = [one for piece in pieces for one in _dicts(piece.get("candidates"))[:1]]
    parts = [part for one in candidates for part in _dicts(_dict(one.get("content")).get("parts"))]
    whole = {key: value for piece in pieces for key, value in piece.items()}
    last = {key: value for one in candidates for key, value in one.items()}
    return {**whole, "candidates": [{**last, "content": {"parts": parts}}] if candidates else []}


def _candidate(answer: Mapping[str, Any]) -> _Candidate:
    first = next(iter(_dicts(answer.get("candidates"))), {})
    parts = [part for part in _dicts(_dict(first.get("content")).get("parts")) if not part.get("thought")]
    grounding = _dict(first.get("groundingMetadata"))
    searches = sum(len(grounding.get(key) or ()) for key in ("webSearchQueries", "imageSearchQueries"))
    reason = str(first.get("finishReason") or "no reason").upper()
    return _Candidate(parts, reason, str(first.get("finishMessage") or ""), searches)


def _picture(answer: Mapping[str, Any], candidate: _Candidate) -> tuple[bytes | Address | None, str]:
    """The last picture that can be used, also in a gateway's own shape, and what is wrong with one that cannot."""
    problem = ""
    elsewhere = {key: value for key, value in answer.items() if key != "candidates"} if not candidate.parts else None
    for part in (*reversed(candidate.parts), elsewhere):
        try:
            if found := picture_in(_without_signature(part)):
                return found, ""
        except NotAPicture as exc:
            problem = problem or str(exc)
    return None, problem


def _without_signature(part: Any) -> Any:
    """A part without the signature of its thought, which is long and in base64 too."""
    if not isinstance(part, dict):
        return part
    file = part.get("fileData")
    uri = {"url": file["fileUri"]} if isinstance(file, dict) and isinstance(file.get("fileUri"), str) else {}
    return {**{key: value for key, value in part.items() if key not in ("thoughtSignature", "fileData")}, **uri}


def _usage(answer: Mapping[str, Any]) -> Usage | None:
    try:
        return Usage.model_validate(answer["usageMetadata"])
    except (KeyError, ValidationError):
        return None


def _unusable(problem: str, cost: int | None) -> Unusable | None:
    return Unusable(problem, cost=cost) if problem else None


def _without(answer: Mapping[str, Any], candidate: _Candidate, photos: int, cost: int | None) -> ProviderError:
    """What an answer without a picture means; a reason nobody knows counts as a mishap that may be tried once more."""
    blocked = _dict(answer.get("promptFeedback")).get("blockReason")
    if blocked and not _dicts(answer.get("candidates")):
        return _blocked(str(blocked).upper(), photos, cost)
    reason, told = candidate.reason, candidate.message or candidate.words
    detail = f"finishReason {reason}: {told[:WORDS]}" if told else f"finishReason {reason}"
    match reason:
        case "LANGUAGE":
            return Refused(detail, what="prompt", why="they are in a language it does not take", cost=cost)
        case "PUP_LIMITED_DISABLED":  # the account broke Google's rules of use too often
            return Misconfigured(detail, cost=cost)
        case _ if candidate.is_held_back:
            return Refused(detail, what="result", why=RESULT_BLOCKED.get(reason, ""), cost=cost)
        case _ if candidate.words and reason in _TALKS:
            return ModelAsks(candidate.words[:WORDS], cost=cost)
        case _:
            return NoImage(detail, cost=cost)


def _blocked(reason: str, photos: int, cost: int | None) -> Refused:
    """The API names no photo; only a filter of pictures tells that a photo is meant."""
    if reason == "IMAGE_SAFETY" and photos:
        return Refused(f"blockReason {reason}", what="photo", why=PHOTO_BLOCKED, cost=cost)
    return Refused(f"blockReason {reason}", what="prompt", why=PROMPT_BLOCKED.get(reason, ""), cost=cost)


def _camel(found: Any) -> Any:
    """The same JSON with its keys in camelCase, which the API and gateways also write in snake case."""
    if isinstance(found, dict):
        return {_SNAKE.sub(lambda it: it[1].upper(), key): _camel(value) for key, value in found.items()}
    return [_camel(one) for one in found] if isinstance(found, list) else found


def _dict(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _dicts(value: Any) -> list[Mapping[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
