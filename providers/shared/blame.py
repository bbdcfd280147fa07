"""Whose fault an error is, and what it cost: the ProviderError that a complaint means."""

from collections.abc import Mapping

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
from providers.shared.complaint import Complaint
from providers.shared.error_words import (
    Kind,
    is_about_field,
    is_about_photo,
    is_about_result,
    is_about_setting,
    kind_of,
    names,
)
from providers.shared.http import GATEWAY

PASSING = (408, 409, 425)
"""Statuses of a client's error that a later try does not meet (RFC 9110)."""
_PLAIN: Mapping[int, type[ProviderError]] = {
    401: Misconfigured,
    402: OutOfCredit,
    403: Misconfigured,
    404: Gone,
    405: Misconfigured,
    407: Misconfigured,
    410: Gone,
}


def error_of(complaint: Complaint) -> ProviderError:
    """The ProviderError that a complaint means: by its words and codes, then by its status."""
    by_words = _by_words(kind_of(complaint.told), complaint)
    return by_words or _by_status(complaint)


def _by_words(kind: Kind | None, it: Complaint) -> ProviderError | None:  # noqa: C901  # a flat table
    match kind:
        case "refused":
            return refusal_of(it)
        case "repeat" if not _is_servers(it):
            return BadInput(it.detail, problem=_fault(it), again=True, cost=it.cost)
        case "key" if it.status in (None, 400, 401, 403):
            return Misconfigured(it.detail, cost=it.cost)
        case "credit":
            return OutOfCredit(it.detail, cost=it.cost)
        case "rate":
            return RateLimited(it.detail, retry_after=it.retry_after)
        case "gone" if it.status in (None, 400, 404, 410):
            return Gone(it.detail, cost=it.cost)
        case "no_image" if not _is_servers(it):
            return NoImage(it.detail, cost=it.cost)
        case "photo" | "prompt" | "input" if not _is_servers(it):
            return BadInput(it.detail, problem=_fault(it), cost=it.cost)
        case "lost" if it.was_sent and not 400 <= (it.status or 0) < 500:
            return UnknownOutcome(it.detail)
        case "lost" | "busy" if it.status is None or it.status < 400:
            return Unavailable(it.detail, retry_after=it.retry_after, cost=it.cost)
        case _:
            return None


def _by_status(it: Complaint) -> ProviderError:
    status = it.status or 0
    if plain := _PLAIN.get(status):
        return plain(it.detail, cost=it.cost)
    if status == 429:
        return RateLimited(it.detail, retry_after=it.retry_after)
    if status in GATEWAY and it.was_sent:
        return UnknownOutcome(it.detail)
    if status == 413:
        return BadInput(it.detail, problem="photo" if it.photos else "input", cost=it.cost)
    if 400 <= status < 500 and status not in PASSING:
        return BadInput(it.detail, problem=_fault(it), cost=it.cost)
    if 300 <= status < 400:
        return Misconfigured(it.detail, cost=it.cost)
    return Unavailable(it.detail, retry_after=it.retry_after, cost=it.cost)


def refusal_of(it: Complaint) -> Refused:
    """A refusal of the words, of a photo (only where one was sent), or of the drawn picture, which then was paid."""
    if it.photos != 0 and is_about_photo(it.told):
        return Refused(it.detail, what="photo", why=it.words, cost=it.cost)
    return Refused(it.detail, what="result" if is_about_result(it.told) else "prompt", why=it.words, cost=it.cost)


def _fault(it: Complaint) -> str:
    """Which part of the request is meant; a photo never when none was sent."""
    if names("photo", it.told) and not is_about_setting(it.told):
        return "photo" if it.photos != 0 else "input"
    if names("prompt", it.told):
        return "prompt"
    return "parameter" if is_about_field(it.told) else "input"


def _is_servers(it: Complaint) -> bool:
    """Whether the status says that the server is at fault, whatever its words mention."""
    return it.status is not None and it.status >= 500
