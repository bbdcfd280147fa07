"""Reading a prediction, Replicate's record of one call, once it has ended."""

from collections.abc import Iterator
from typing import Any

from providers.contract.errors import ModelAsks, NoImage, ProviderError, Unavailable, UnknownOutcome, Unusable
from providers.replicate.transport import Json
from providers.shared.blame import error_of
from providers.shared.complaint import Complaint
from providers.shared.picture_reader import Address, NotAPicture, picture_in

_ENDED = ("succeeded", "failed", "canceled", "aborted")
"""Statuses after which nothing changes any more; every other one, known or not, is work still going on."""
_WORDS = 500


def id_of(prediction: Json) -> str:
    """Raises ValueError for an answer that is no prediction."""
    id_ = prediction.get("id")
    if not isinstance(id_, str) or not id_:
        raise ValueError("the answer names no prediction")
    return id_


def has_ended(prediction: Json) -> bool:
    return prediction.get("status") in _ENDED


def picture_of(prediction: Json, *, by_the_second: bool = False) -> bytes | Address:
    """The first picture of an ended prediction or its address; raises a ProviderError where there is none.

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


def _output(prediction: Json) -> bytes | Address:
    output = prediction.get("output")
    try:
        if (found := picture_in(output)) is not None:
            return found
    except NotAPicture as exc:
        raise Unusable(str(exc)) from exc
    if prediction.get("data_removed"):
        raise UnknownOutcome("the picture was drawn and paid, and removed from Replicate before it was fetched")
    if words := " ".join(text for text in _strings(output) if " " in text.strip()):
        raise ModelAsks(words[:_WORDS], cost=None)
    raise NoImage(f"it succeeded without a picture: {str(output)[:200]}", cost=None)


def _failed(prediction: Json, *, paid: bool) -> ProviderError:
    """What the model's own error means; Replicate says itself that nothing more is going on, so it may be repeated."""
    complaint = Complaint(
        words=str(prediction.get("error") or "it failed without a reason"),
        photos=sum(text.startswith(("http", "data:")) for text in _strings(prediction.get("input"))),
        cost=None if paid else 0,
        was_sent=False,
    )
    return error_of(complaint)


def _strings(found: Any) -> Iterator[str]:
    """All text in the output or the input of a prediction."""
    match found:
        case str():
            yield found
        case list():
            for one in found:
                yield from _strings(one)
        case dict():
            yield from _strings(list(found.values()))
        case _:
            pass


def _broken_off(detail: str, *, paid: bool) -> Unavailable:
    """Work that ended without a picture."""
    return Unavailable(detail, cost=None if paid else 0)


def _ran(prediction: Json) -> bool:
    return bool(prediction.get("started_at"))
