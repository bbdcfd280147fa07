"""Errors of google-genai and of the connection beneath it, in our words."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import httpx2
from google.genai import errors

from providers.contract.errors import (
    BadInput,
    Gone,
    Misconfigured,
    OutOfCredit,
    ProviderError,
    RateLimited,
    Unavailable,
    UnknownOutcome,
)
from providers.gemini.body import Body
from providers.shared.http import GATEWAY, retry_after

FOREIGN = (errors.APIError, httpx2.HTTPError, httpx2.InvalidURL, httpx2.StreamError, ValueError, OSError)
"""All that the SDK lets through; a body that is no JSON is a ValueError."""
_EMPTY = re.compile(r"spending cap|prepay\w* credits|limit: 0\b", re.IGNORECASE)
"""How a 429 says that waiting does not help: the project's own cap, its prepaid credit, no billing at all."""
_PHOTO = re.compile(r"\b(images?|mime ?type|inline_?data|payload)\b", re.IGNORECASE)
_SETTING = re.compile(r"image_?(config|size)|aspect_?\s?ratio|thought_?\s?signature", re.IGNORECASE)
_BY_CODE: Mapping[int, type[ProviderError]] = {
    401: Misconfigured,
    402: OutOfCredit,
    403: Misconfigured,
    405: Misconfigured,
    407: Misconfigured,
    408: Unavailable,
    409: Unavailable,
    499: UnknownOutcome,
}
"""What a code means by itself."""
_WORDS = 500


def translated(exc: Exception, key: str) -> ProviderError:
    """The ProviderError for what the SDK raised; `key` is left out of what it says.

    Google does not bill a request that ends with a 400 or 500 (its billing FAQ), so those are proof of an unpaid call.
    """
    if isinstance(exc, errors.APIError):
        return _of_answer(exc, f"{exc.code} {exc.status}: {_message(exc)}".replace(key, "…")[:_WORDS])
    detail = f"{type(exc).__name__}: {exc}".replace(key, "…")[:_WORDS]
    if isinstance(exc, httpx2.RequestError) and not _maybe_accepted(exc):
        return Unavailable(detail)
    return UnknownOutcome(detail)


def _maybe_accepted(exc: httpx2.RequestError) -> bool:
    """Whether the whole body of a paid call was on its way when the connection failed."""
    body = exc.request.stream
    return isinstance(body, Body) and body.handed_over


def _of_answer(exc: errors.APIError, detail: str) -> ProviderError:
    if plain := _BY_CODE.get(exc.code):
        return plain(detail)
    match exc.code:
        case 400 | 413:
            return _rejected(exc, detail)
        case 404:
            return Gone(detail) if exc.status == "NOT_FOUND" else Misconfigured(detail)
        case 429:
            return _limited(exc, detail)
        case code if code in GATEWAY and not _error(exc):  # Google's own answers of these codes are proof
            return UnknownOutcome(detail)
        case code if code >= 500:
            return Unavailable(detail, retry_after=_delay(exc))
        case code if code < 400:
            return Misconfigured(detail) if code >= 300 else UnknownOutcome(detail)
        case _:
            return BadInput(detail)


def _rejected(exc: errors.APIError, detail: str) -> ProviderError:
    """A 400 is about the key or the account, or else about the request."""
    said = _message(exc)
    reasons = {one.get("reason") for one in _details(exc)}
    if "API_KEY_INVALID" in reasons or exc.status == "FAILED_PRECONDITION" or "API key" in said:
        return Misconfigured(detail)
    if exc.code == 413 or (_PHOTO.search(said) and not _SETTING.search(said)):
        return BadInput(detail, problem="photo")
    return BadInput(detail)


def _limited(exc: errors.APIError, detail: str) -> ProviderError:
    quotas = [str(one.get("quotaId")) for entry in _details(exc) for one in _dicts(entry.get("violations"))]
    if any("PerDay" in quota for quota in quotas) or _EMPTY.search(_message(exc)):
        return OutOfCredit(detail)
    return RateLimited(detail, retry_after=_delay(exc))


def _delay(exc: errors.APIError) -> float | None:
    """Seconds to wait by google.rpc.RetryInfo, such as "23s" or "0.5s", else by the header."""
    for entry in _details(exc):
        told = re.fullmatch(r"(\d{1,9}(\.\d+)?)s", str(entry.get("retryDelay")))
        if told and str(entry.get("@type")).endswith("google.rpc.RetryInfo"):
            return float(told[1])
    return retry_after(getattr(exc.response, "headers", {}))


def _message(exc: errors.APIError) -> str:
    return str(exc.message or "")


def _error(exc: errors.APIError) -> Mapping[str, Any]:
    """The `error` of Google's own answers; empty for a page from somewhere else."""
    found = exc.details.get("error") if isinstance(exc.details, dict) else None
    return found if isinstance(found, dict) else {}


def _details(exc: errors.APIError) -> Iterator[Mapping[str, Any]]:
    return _dicts(_error(exc).get("details"))


def _dicts(found: object) -> Iterator[Mapping[str, Any]]:
    return (one for one in found if isinstance(one, dict)) if isinstance(found, list) else iter(())
