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
    RateLimited,
    Refused,
    Unavailable,
    UnknownOutcome,
)
from providers.shared.http import GATEWAY, retry_after

REFUSED = {"moderation_blocked", "content_policy_violation", "content_filter"}
EMPTY = {"insufficient_quota", "billing_hard_limit_reached"}
NOT_SENT = (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.PoolTimeout)
"""What httpx2 raises while there is no connection yet."""
_WORDS = 500


def translated(exc: OpenAIError, key: str) -> ProviderError:
    """The ProviderError for what the SDK raised at a call; `key` is left out of what it says.

    Some servers repeat the key they refuse.
    """
    if isinstance(exc, APIStatusError):
        said = _said(exc).replace(key, "…") if key else _said(exc)
        return _of_status(exc, f"{exc.status_code} {exc.code or ''} {said}"[:_WORDS])
    if isinstance(exc, APIConnectionError):
        detail = f"{type(exc.__cause__ or exc).__name__}: {exc.__cause__ or exc}"
        return Unavailable(detail) if isinstance(exc.__cause__, NOT_SENT) else UnknownOutcome(detail)
    return UnknownOutcome(f"{type(exc).__name__}: {exc}")


def _of_status(exc: APIStatusError, detail: str) -> ProviderError:
    if exc.code in REFUSED:
        return _refusal(exc, detail)
    if exc.code in EMPTY or exc.status_code == 402:
        return OutOfCredit(detail)
    if exc.code == "model_not_found":
        return Gone(detail)
    return _of_code(exc, detail)


def _of_code(exc: APIStatusError, detail: str) -> ProviderError:
    match exc.status_code:
        case 429:
            return RateLimited(detail, retry_after=retry_after(exc.response.headers))
        case code if code in GATEWAY:
            return UnknownOutcome(detail)
        case code if code in (408, 409, 425) or code >= 500:
            return Unavailable(detail, retry_after=retry_after(exc.response.headers))
        case 404:
            return Misconfigured(detail) if _is_page(exc) else Gone(detail)
        case code if code < 400 or code in (401, 403, 405, 407):
            return Misconfigured(detail)
        case _:
            return BadInput(detail, problem=_problem(exc))


def _refusal(exc: APIStatusError, detail: str) -> Refused:
    """A drawn picture that is held back was made, so it counts as paid; a refused input was not drawn."""
    moderation = _body(exc).get("moderation_details")
    stage = moderation.get("moderation_stage") if isinstance(moderation, dict) else None
    if stage == "output":
        return Refused(detail, what="result", why=_said(exc), cost=None)
    return Refused(detail, what="photo" if _problem(exc) == "photo" else "prompt", why=_said(exc))


def _said(exc: APIStatusError) -> str:
    """The server's own sentence; the SDK's has the status in front."""
    return str(_body(exc).get("message") or exc.message)


def _body(exc: APIStatusError) -> Mapping[str, Any]:
    return exc.body if isinstance(exc.body, dict) else {}


def _problem(exc: APIStatusError) -> str:
    param = exc.param if isinstance(exc.param, str) else ""
    if param.startswith("image") or exc.status_code == 413:
        return "photo"
    return "prompt" if param == "prompt" else "parameter"


def _is_page(exc: APIStatusError) -> bool:
    return str(exc.response.headers.get("content-type", "")).startswith("text/html")
