"""What an answer of Replicate that is no success means, and an answer that never came."""

import json
import re
from typing import Any

import httpx

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
from providers.replicate.transport import Answered
from providers.shared.blame import error_of, refusal_of
from providers.shared.complaint import Complaint
from providers.shared.error_words import kind_of
from providers.shared.http import GATEWAY, retry_after

FOREIGN = (Answered, httpx.HTTPError, httpx.InvalidURL, ValueError, LookupError)
"""All that a call may end with."""
_NEVER_LEFT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
_ADDRESS = (httpx.InvalidURL, httpx.UnsupportedProtocol)
_RESETS = re.compile(r"resets in ~?(\d+(?:\.\d+)?)\s*s")
_FIELD = re.compile(r"- input(?:\.|: )(\w+)")
"""The field of the input that a 422 complains of first."""
_PHOTO = re.compile(r"(input_)?images?(_input)?(_\d+)?")
"""The names of fields of photos, see models.toml."""
_REDUCED = re.compile(r"reduced to (\d+) requests per minute")


def translated(exc: Exception, *, buying: bool, photos: int = 0) -> ProviderError:
    """One of our errors for one of FOREIGN; `buying`: it was a paid call, whose outcome an unclear answer leaves open.

    `photos` is how many it sent.

    An error of Replicate carries title, detail and status as in RFC 7807; rates are in its page "Rate limits".
    """
    match exc:
        case Answered(status=status) if buying and status in GATEWAY:
            return UnknownOutcome(str(exc))
        case Answered():
            return _answered(exc, photos)
        case _ if isinstance(exc, _ADDRESS):
            return Misconfigured(f"REPLICATE_BASE_URL is no address to call: {exc}")
        case _ if isinstance(exc, _NEVER_LEFT):
            return Unavailable(_named(exc))
        case _:
            return UnknownOutcome(_named(exc)) if buying else Unavailable(_named(exc))


def _answered(exc: Answered, photos: int) -> ProviderError:
    body = _body(exc.text)
    detail = f"{exc.status} {body.get('title') or ''} {body.get('detail') or exc.text[:300]}".strip()
    match exc.status:
        case 401 | 403:
            return Misconfigured(f"REPLICATE_API_TOKEN is not accepted: {detail}")
        case 402:
            return OutOfCredit(detail)
        case 404:
            return Gone(detail)
        case 429:
            return RateLimited(detail, retry_after=_retry_after(exc, body), per_minute=_per_minute(detail))
        case status if status >= 500 or status == 408:
            return Unavailable(detail, retry_after=_retry_after(exc, body))
        case status if status < 400 or status == 405:
            return Misconfigured(f"REPLICATE_BASE_URL leads elsewhere: {detail}")
        case status:
            return _rejected(status, detail, photos)


def _rejected(status: int, detail: str, photos: int) -> ProviderError:
    """What a 4xx says of the request: a field of the input by its name, else by its words."""
    complaint = Complaint(words=detail, photos=photos, status=status)
    if kind_of(detail) == "refused":
        return refusal_of(complaint)
    named = _FIELD.search(detail)
    if status == 413 or (named and _PHOTO.fullmatch(named[1])):
        return BadInput(detail, problem="photo" if photos else "input")
    if named:
        return BadInput(detail, problem="prompt" if named[1] == "prompt" else "parameter")
    return error_of(complaint)


def _retry_after(exc: Answered, body: dict[str, Any]) -> float | None:
    """Seconds to wait: the header's, the body's, or those its words name, whichever is the longest."""
    told, words = body.get("retry_after"), _RESETS.search(str(body.get("detail")))
    asked = [retry_after(exc.headers), float(told) if isinstance(told, int | float) else None]
    asked.append(float(words[1]) if words else None)
    return max((one for one in asked if one is not None), default=None)


def _per_minute(detail: str) -> int | None:
    """The lower rate of an account with little credit, which only the words of the answer name."""
    reduced = _REDUCED.search(detail)
    return int(reduced[1]) if reduced else None


def _body(text: str) -> dict[str, Any]:
    try:
        body = json.loads(text)
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}


def _named(exc: Exception) -> str:
    return f"{type(exc).__name__}: {exc}"
