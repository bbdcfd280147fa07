"""Errors of fal's queue in our words, after fal's pages "Model errors", "Request errors" and "Reliability" (2026)."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import httpx

from providers.contract.errors import (
    BadInput,
    Gone,
    Misconfigured,
    NoImage,
    OutOfCredit,
    ProviderError,
    RateLimited,
    Refused,
    Unavailable,
    UnknownOutcome,
)
from providers.shared.blame import error_of
from providers.shared.complaint import Complaint
from providers.shared.http import retry_after

NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)
"""What httpx raises while there is no connection yet."""
REFUSED = "content_policy_violation"
EMPTY = "no_media_generated"
RETRYABLE = "x-fal-retryable"
_WORDS = 500


def translated(exc: httpx.HTTPError) -> ProviderError:
    """The ProviderError for a call that was sent, or was to be sent, to the queue.

    Of the server errors only 500 and 503 are fal's own; any other comes from a gateway which may have handed the
    call on.
    """
    if not isinstance(exc, httpx.HTTPStatusError):
        detail = f"{type(exc).__name__}: {exc}"
        return Unavailable(detail) if isinstance(exc, NOT_SENT) else UnknownOutcome(detail)
    answer = exc.response
    if answer.status_code == 422 or answer.status_code == 400:
        return _of_input(answer)
    if answer.status_code >= 500:
        if answer.status_code not in (500, 503) and not _is_retryable(answer):
            return UnknownOutcome(said(answer))
        return Unavailable(said(answer), retry_after=retry_after(answer.headers))
    return _of_code(answer)


def of_result(answer: httpx.Response) -> ProviderError:
    """How an accepted call ended when its result is not 200: what the model answered.

    A call that ends in a server error, or was cancelled, is not billed. What has nothing to do with the model, such
    as a key that was withdrawn meanwhile, leaves open whether there is a picture.
    """
    if answer.status_code in (400, 422):
        return _of_input(answer)
    if answer.status_code >= 500 or answer.status_code == 499:
        return Unavailable(said(answer), retry_after=retry_after(answer.headers))
    return UnknownOutcome(said(answer))


def is_passing(answer: httpx.Response) -> bool:
    """Whether the queue could not answer just now; a model's own server error comes with headers of fal's."""
    if answer.status_code >= 500:
        return not {RETRYABLE, "x-fal-error-type"} & set(answer.headers)
    return answer.status_code in (408, 425, 429)


def said(answer: httpx.Response) -> str:
    """Status and message for the log; what fal repeats of the input is left out, for it holds the photos."""
    detail = _body(answer).get("detail")
    words = " ".join(f"{one.get('type')} {one.get('loc')} {one.get('msg')}" for one in _problems(answer))
    return f"{answer.status_code} {words or detail or ''}".strip()[:_WORDS]


def _of_code(answer: httpx.Response) -> ProviderError:
    match answer.status_code:
        case 402:
            return OutOfCredit(said(answer))
        case 403:
            return OutOfCredit(said(answer)) if "balance" in said(answer).lower() else Misconfigured(said(answer))
        case 404:
            return Gone(said(answer))
        case 408 | 409 | 425:
            return Unavailable(said(answer), retry_after=retry_after(answer.headers))
        case 413:
            return BadInput(said(answer), problem="photo")
        case 429:
            return RateLimited(said(answer), retry_after=retry_after(answer.headers))
        case code if code < 400 or code in (401, 405, 407):
            return Misconfigured(said(answer))
        case _:
            return BadInput(said(answer))


def _of_input(answer: httpx.Response) -> ProviderError:
    """What the model says of the prompt, the photos and the parameters."""
    for problem in _problems(answer):
        where, number = _where(problem)
        if problem.get("type") == REFUSED:
            what: Literal["prompt", "photo"] = "photo" if where == "photo" else "prompt"
            return Refused(said(answer), what=what, why=str(problem.get("msg", "")), reference=number)
        if problem.get("type") == EMPTY:
            return NoImage(said(answer), cost=None)
    if all(problem.get("type") in (None, "value_error") for problem in _problems(answer)):
        return error_of(Complaint(words=said(answer), status=answer.status_code, was_sent=False))
    where = next(_where(problem)[0] for problem in _problems(answer))
    return BadInput(said(answer), problem=where, again=_is_retryable(answer))


def _where(problem: Mapping[str, Any]) -> tuple[str, int | None]:
    """Which input is at fault, and of photos the 1-based number, from a `loc` such as ["body", "image_urls", 0]."""
    loc = problem.get("loc")
    match loc[1:] if isinstance(loc, list) else []:
        case ["prompt", *_]:
            return "prompt", None
        case [str(name), int(index), *_] if name.startswith("image_url"):
            return "photo", index + 1
        case [str(name), *_] if name.startswith("image_url"):
            return "photo", None
        case _:
            return "parameter", None


def _problems(answer: httpx.Response) -> Sequence[Mapping[str, Any]]:
    detail = _body(answer).get("detail")
    return [one for one in detail if isinstance(one, dict)] if isinstance(detail, list) else []


def _body(answer: httpx.Response) -> Mapping[str, Any]:
    try:
        body = answer.json()
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}


def _is_retryable(answer: httpx.Response) -> bool:
    return str(answer.headers.get(RETRYABLE, "")).lower() == "true"
