"""Reading a prediction, Replicate's record of one call, once it has ended."""

import re

from providers.contract.errors import NoImage, ProviderError, Refused, Unavailable, UnknownOutcome
from providers.replicate.transport import Json

_ENDED = ("succeeded", "failed", "canceled", "aborted")
"""Statuses after which nothing changes any more; every other one, known or not, is work still going on."""
_REFUSAL = re.compile(r"\bE005\b|flagged|sensitive|nsfw|moderat|prohibited|content policy", re.IGNORECASE)


def id_of(prediction: Json) -> str:
    """Raises ValueError for an answer that is no prediction."""
    id_ = prediction.get("id")
    if not isinstance(id_, str) or not id_:
        raise ValueError("the answer names no prediction")
    return id_


def has_ended(prediction: Json) -> bool:
    return prediction.get("status") in _ENDED


def picture_of(prediction: Json, *, by_the_second: bool = False) -> str:
    """The address of the first picture of an ended prediction; raises a ProviderError where there is none.

    Official models are paid by the picture and cost nothing when they fail; a model `by_the_second` costs what it ran.
    """
    match prediction.get("status"):
        case "succeeded":
            return _output(prediction)
        case "failed":
            raise _failed(prediction, paid=by_the_second and _ran(prediction))
        case status:
            # Cancelled while it ran is charged, aborted before it started is not (changelog of 2025-10-16).
            raise _broken_off(f"the prediction was {status}", paid=status == "canceled" and _ran(prediction))


def seed_of(prediction: Json) -> int | None:
    """The seed it was asked to draw with."""
    seed = (prediction.get("input") or {}).get("seed")
    return seed if isinstance(seed, int) else None


def _output(prediction: Json) -> str:
    output = prediction.get("output")
    first = output[0] if isinstance(output, list) and output else output
    if isinstance(first, str) and first:
        return first
    if prediction.get("data_removed"):
        raise UnknownOutcome("the picture was drawn and paid, and removed from Replicate before it was fetched")
    raise NoImage(f"it succeeded without a picture: {str(output)[:200]}", cost=None)


def _failed(prediction: Json, *, paid: bool) -> ProviderError:
    error = str(prediction.get("error") or "it failed without a reason")
    if not _REFUSAL.search(error):
        return _broken_off(error, paid=paid)
    cost = None if paid else 0
    if re.search(r"\binput image", error, re.IGNORECASE):
        return Refused(error, what="photo", why=error, cost=cost)
    only_output = "output" in error.lower() and "input" not in error.lower()
    return Refused(error, what="result" if only_output else "prompt", why=error, cost=cost)


def _broken_off(detail: str, *, paid: bool) -> Unavailable:
    """Work that ended without a picture."""
    return Unavailable(detail, cost=None if paid else 0)


def _ran(prediction: Json) -> bool:
    return bool(prediction.get("started_at"))
