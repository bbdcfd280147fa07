"""What fal's queue answers: where a call is kept, how far it is, and where its picture lies."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import httpx
from fal_client.client import AppId

from providers.contract.errors import ModelAsks, NoImage, Refused, UnknownOutcome, Unusable
from providers.fal.errors import said
from providers.shared.blame import error_of
from providers.shared.complaint import complaint_in
from providers.shared.picture_reader import Address, NotAPicture, parsed, picture_in

_BETWEEN = "|"
_WORDS = 500
_ID = re.compile(r"[\w-]{1,100}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Place:
    """An accepted call: the endpoint it was sent to, and fal's id of it. Both together are our external id."""

    endpoint: str
    request_id: str

    def __str__(self) -> str:
        return f"{self.endpoint}{_BETWEEN}{self.request_id}"

    @property
    def path(self) -> str:
        """Its path in the queue, where only owner and application of the endpoint count."""
        app = AppId.from_endpoint_id(self.endpoint)
        space = f"{app.namespace}/" if app.namespace else ""
        return f"{space}{app.owner}/{app.alias}/requests/{self.request_id}"


@dataclass(frozen=True, slots=True)
class Picture:
    """The finished picture or its address, and the seed it was drawn with."""

    found: bytes | Address
    seed: int | None = None


def place_of(external_id: str | None) -> Place | None:
    """Where a call of an earlier life is kept; None for what is no id of ours."""
    endpoint, between, request_id = (external_id or "").rpartition(_BETWEEN)
    return Place(endpoint, request_id) if between and is_endpoint(endpoint) and _ID.fullmatch(request_id) else None


def is_endpoint(text: str) -> bool:
    """Whether it reads like owner/application with an optional path."""
    return bool(re.fullmatch(r"[\w.-]+(/[\w.-]+)+", text, re.ASCII))


def accepted(answer: httpx.Response, endpoint: str) -> Place:
    """The call that a submit was answered with; raises UnknownOutcome when the answer cannot be read."""
    request_id = _object(answer).get("request_id")
    if not isinstance(request_id, str) or not _ID.fullmatch(request_id):
        raise UnknownOutcome("the queue answered without an id of the call")
    return Place(endpoint, request_id)


def is_finished(answer: httpx.Response) -> bool:
    """Whether a status says that the call has ended, well or not; raises UnknownOutcome for any other answer."""
    status = _object(answer).get("status") if answer.status_code in (200, 202) else None
    if status not in ("IN_QUEUE", "IN_PROGRESS", "COMPLETED"):
        raise UnknownOutcome(f"the queue says {status or said(answer)} of the call")
    return bool(status == "COMPLETED")


def picture_of(answer: httpx.Response) -> Picture:
    """The first picture of a result; raises Refused for one that was blackened, ModelAsks, NoImage and Unusable.

    All were drawn, so they count as paid. An error inside is raised as what it means.
    """
    body = _object(answer)
    if any(flag is True for flag in _list(body.get("has_nsfw_concepts"))):
        raise Refused("has_nsfw_concepts", what="result", cost=None)
    try:
        found = picture_in({key: value for key, value in body.items() if key != "description"})
    except NotAPicture as exc:
        raise Unusable(str(exc)) from exc
    if found is not None:
        seed = body.get("seed")
        return Picture(found, seed if isinstance(seed, int) else None)
    if complaint := complaint_in(body):
        raise error_of(replace(complaint, was_sent=False))
    if isinstance(words := body.get("description"), str) and words.strip():
        raise ModelAsks(words.strip()[:_WORDS], cost=None)
    raise NoImage("the result holds no picture", cost=None)


def _object(answer: httpx.Response) -> Mapping[str, Any]:
    try:
        body = parsed(answer.content)
    except ValueError:
        body = None
    if isinstance(body, list) and len(body) == 1:
        body = body[0]
    if not isinstance(body, dict):
        raise UnknownOutcome(f"the queue answered {answer.status_code} without JSON")
    return body


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
