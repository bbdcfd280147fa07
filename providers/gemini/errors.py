"""Errors of google-genai and of the connection beneath it, in our words."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import httpx2
from google.genai import errors

from providers.contract.errors import (
    Gone,
    Misconfigured,
    OutOfCredit,
    ProviderError,
    RateLimited,
    Unavailable,
    UnknownOutcome,
)
from providers.gemini.body import Body
from providers.shared.blame import error_of
from providers.shared.complaint import Complaint, complaint_in
from providers.shared.http import GATEWAY, retry_after

FOREIGN = (errors.APIError, httpx2.HTTPError, httpx2.InvalidURL, httpx2.StreamError, ValueError, OSError)
"""All that the SDK lets through; a body that is no JSON is a ValueError."""
_EMPTY = re.compile(r"spending cap|prepay\w* credits|limit: 0\b", re.IGNORECASE)
"""How a 429 says that waiting does not help: the project's own cap, its prepaid credit, no billing at all."""
_BY_CODE: Mapping[int, type[ProviderError]] = {
    401: Misconfigured,
    402: OutOfCredit,
    405: Misconfigured,
    407: Misconfigured,
    408: Unavailable,
    409: Unavailable,
    499: UnknownOutcome,
}
"""What a code means by itself."""
_WORDS = 500


@dataclass(frozen=True, slots=True)
class _Told:
    """An error as Google writes it: its code, its `error` table, and the seconds a header asks to wait."""

    code: int
    error: Mapping[str, Any]
    message: str
    delay: float | None = None

    @property
    def status(self) -> str:
        return str(self.error.get("status") or "")

    @property
    def detail(self) -> str:
        return f"{self.code} {self.status}: {self.message}"[:_WORDS]

    @property
    def details(self) -> Iterator[Mapping[str, Any]]:
        return _dicts(self.error.get("details"))


def translated(exc: Exception, key: str, photos: int) -> ProviderError:
    """The ProviderError for what the SDK raised; `key` is left out of what it says, `photos` is how many were sent.

    Google does not bill a request that ends with a 400 or 500 (its billing FAQ), so those are proof of an unpaid call.
    """
    if isinstance(exc, errors.APIError):
        body = exc.details if isinstance(exc.details, dict) else {}
        table = _table(body.get("error"))
        message = str(exc.message or "").replace(key, "…")
        headers = getattr(exc.response, "headers", {})
        return _of_answer(_Told(exc.code, table, message, retry_after(headers)), photos)
    detail = f"{type(exc).__name__}: {exc}".replace(key, "…")[:_WORDS]
    if isinstance(exc, httpx2.RequestError) and not _maybe_accepted(exc):
        return Unavailable(detail)
    return UnknownOutcome(detail)


def of_body(body: Mapping[str, Any], photos: int) -> ProviderError | None:
    """The error that an answer of status 200 holds; None where it holds none."""
    table = _table(body.get("error"))
    code = table.get("code")
    if isinstance(code, int) and 300 <= code < 600:
        return _of_answer(_Told(code, table, str(table.get("message") or "")), photos)
    if (complaint := complaint_in(body)) is None:
        return None
    return error_of(replace(complaint, photos=photos))


def _maybe_accepted(exc: httpx2.RequestError) -> bool:
    """Whether the whole body of a paid call was on its way when the connection failed."""
    body = exc.request.stream
    return isinstance(body, Body) and body.handed_over


def _of_answer(told: _Told, photos: int) -> ProviderError:
    if plain := _BY_CODE.get(told.code):
        return plain(told.detail)
    match told.code:
        case 404:
            return Gone(told.detail) if told.status == "NOT_FOUND" else Misconfigured(told.detail)
        case 429:
            return _limited(told)
        case code if code in GATEWAY and not told.error:  # Google's own answers of these codes are proof
            return UnknownOutcome(told.detail)
        case code if code >= 500:
            return Unavailable(told.detail, retry_after=_delay(told))
        case code if code < 400:
            return Misconfigured(told.detail) if code >= 300 else UnknownOutcome(told.detail)
        case _:
            return _rejected(told, photos)


def _rejected(told: _Told, photos: int) -> ProviderError:
    """A 400 is about the key or the account, or else about the request."""
    reasons = {one.get("reason") for one in told.details}
    if "API_KEY_INVALID" in reasons or told.status == "FAILED_PRECONDITION" or "API key" in told.message:
        return Misconfigured(told.detail)
    complaint = Complaint(
        words=told.message,
        codes=(told.status,),
        status=told.code,
        photos=photos,
        retry_after=_delay(told),
        was_sent=False,
    )
    return error_of(complaint)


def _limited(told: _Told) -> ProviderError:
    quotas = [str(one.get("quotaId")) for entry in told.details for one in _dicts(entry.get("violations"))]
    if any("PerDay" in quota for quota in quotas) or _EMPTY.search(told.message):
        return OutOfCredit(told.detail)
    return RateLimited(told.detail, retry_after=_delay(told))


def _delay(told: _Told) -> float | None:
    """Seconds to wait by google.rpc.RetryInfo, such as "23s" or "0.5s", else by the header."""
    for entry in told.details:
        named = re.fullmatch(r"(\d{1,9}(\.\d+)?)s", str(entry.get("retryDelay")))
        if named and str(entry.get("@type")).endswith("google.rpc.RetryInfo"):
            return float(named[1])
    return told.delay


def _table(found: object) -> Mapping[str, Any]:
    """The `error` of Google's own answers; empty for a page from somewhere else."""
    return found if isinstance(found, dict) else {}


def _dicts(found: object) -> Iterator[Mapping[str, Any]]:
    return (one for one in found if isinstance(one, dict)) if isinstance(found, list) else iter(())
