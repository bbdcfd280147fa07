"""Errors of the Images API in our words."""

from collections.abc import Mapping
from typing import Any

import httpx2
from openai import APIConnectionError, APIStatusError, OpenAIError

from providers.contract.errors import (
    BadInput,
    Gone,
    Misconfigured,
    OutOfCredit,
    ProviderError,
    Refused,
    Unavailable,
    UnknownOutcome,
)
from providers.shared.blame import error_of, refusal_of
from providers.shared.complaint import Complaint
from providers.shared.error_words import kind_of
from providers.shared.http import retry_after

EMPTY = {"insufficient_quota", "billing_hard_limit_reached"}
NOT_SENT = (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.PoolTimeout)
"""What httpx2 raises while there is no connection yet."""


def translated(exc: OpenAIError, key: str, photos: int) -> ProviderError:
    """The ProviderError for what the SDK raised at a call; `key` is left out of what it says, `photos` were sent.

    Some servers repeat the key they refuse.
    """
    if isinstance(exc, APIStatusError):
        return _of_status(exc, _complaint(exc, key, photos))
    if isinstance(exc, APIConnectionError):
        detail = f"{type(exc.__cause__ or exc).__name__}: {exc.__cause__ or exc}"
        return Unavailable(detail) if isinstance(exc.__cause__, NOT_SENT) else UnknownOutcome(detail)
    return UnknownOutcome(f"{type(exc).__name__}: {exc}")


def _complaint(exc: APIStatusError, key: str, photos: int) -> Complaint:
    said = str(_body(exc).get("message") or exc.message)  # the SDK's own sentence has the status in front
    return Complaint(
        words=said.replace(key, "…") if key else said,
        codes=tuple(str(code) for code in (exc.code, exc.type) if code),
        status=exc.status_code,
        photos=photos,
        retry_after=retry_after(exc.response.headers),
    )


def _of_status(exc: APIStatusError, complaint: Complaint) -> ProviderError:
    if exc.code in EMPTY:
        return OutOfCredit(complaint.detail)
    if exc.code == "model_not_found":
        return Gone(complaint.detail)
    if exc.status_code == 404 and _is_page(exc):
        return Misconfigured(complaint.detail)
    if kind_of(complaint.told) == "refused" and exc.status_code < 500:
        return _refusal(exc, complaint)
    if exc.status_code in (400, 422) and (named := _named(exc, complaint)):
        return BadInput(complaint.detail, problem=named)
    return error_of(complaint)


def _refusal(exc: APIStatusError, complaint: Complaint) -> Refused:
    """A drawn picture that is held back was made, so it counts as paid; a refused input was not drawn."""
    moderation = _body(exc).get("moderation_details")
    if isinstance(moderation, dict) and moderation.get("moderation_stage") == "output":
        return Refused(complaint.detail, what="result", why=complaint.words, cost=None)
    if _named(exc, complaint) == "photo":
        return Refused(complaint.detail, what="photo", why=complaint.words)
    return refusal_of(complaint)


def _named(exc: APIStatusError, complaint: Complaint) -> str | None:
    """The part of the request that `param` names; None where it names none, or a photo when none was sent."""
    param = exc.param if isinstance(exc.param, str) else ""
    if param.startswith("image"):
        return "photo" if complaint.photos else None
    if not param:
        return None
    return "prompt" if param == "prompt" else "parameter"


def _body(exc: APIStatusError) -> Mapping[str, Any]:
    return exc.body if isinstance(exc.body, dict) else {}


def _is_page(exc: APIStatusError) -> bool:
    return str(exc.response.headers.get("content-type", "")).startswith("text/html")
