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


def translated(exc: Exception, *, buying: bool) -> ProviderError:
    """One of our errors for one of FOREIGN; `buying`: it was a paid call, whose outcome an unclear answer leaves open.

    An error of Replicate carries title, detail and status as in RFC 7807; rates are in its page "Rate limits".
    """
    match exc:
        case Answered(status=status) if buying and status in GATEWAY:
            return UnknownOutcome(str(exc))
        case Answered():
            return _answered(exc)
        case _ if isinstance(exc, _ADDRESS):
            return Misconfigured(f"REPLICATE_BASE_URL is no address to call: {exc}")
        case _ if isinstance(exc, _NEVER_LEFT):
            return Unavailable(_named(exc))
        case _:
            return UnknownOutcome(_named(exc)) if buying else Unavailable(_named(exc))


def _answered(exc: Answered) -> ProviderError:
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
            return BadInput(detail, problem=_problem(status, detail))


def _problem(status: int, detail: str) -> str:
    named = _FIELD.search(detail)
    field = named[1] if named else ""
    if status == 413 or _PHOTO.fullmatch(field):
        return "photo"
    return "prompt" if field == "prompt" else "parameter"


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
