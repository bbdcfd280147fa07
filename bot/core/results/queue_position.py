"""Where an image stands on its provider's queue, and how long that will take: the rule that the queues follow.

People take turns: before somebody's third picture stand their own first two, and of everybody else up to three. Those
whom the operator lets go first are a queue of their own.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.core.results.progress import Outlook
from bot.core.runtime.context import Parts
from providers.contract.model import Account
from storage.db.database import Transaction
from storage.queries import priorities
from storage.tables import images
from storage.tables.images import Image

PER_USER = 2
"""Images of one person drawn at once by one provider."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Pictures of the same person that come before one, and how many each other person has waiting or running."""

    own: int
    others: tuple[int, ...] = ()

    @property
    def ahead(self) -> int:
        """How many pictures stand before it."""
        return self.own + sum(min(count, self.own + 1) for count in self.others)

    def seconds(self, usual: float, account: Account) -> float:
        """An estimate of when it will be done, if one picture usually takes so many seconds."""
        mine = math.ceil((self.own + 1) / min(PER_USER, account.concurrency))
        everybody = math.ceil((self.ahead + 1) / account.concurrency)
        paced = 60.0 * self.ahead / account.per_minute if account.per_minute else 0.0
        return max(usual * max(mine, everybody), paced)


async def standing(parts: Parts, tx: Transaction, image: Image) -> Standing:
    """Where an unfinished image stands."""
    provider = provider_of(parts, image)
    models = [model.id for model in parts.drawing.models if model.provider == provider]
    waiting = await images.waiting(tx, models)
    first = await priorities.chosen(tx)
    beside = [
        count for user, count in waiting.items() if user != image.user and (user in first) == (image.user in first)
    ]
    return Standing(await images.own_before(tx, image, models), tuple(beside))


async def outlook_of(parts: Parts, tx: Transaction, slots: Sequence[Image]) -> Outlook:
    """What a request's images may expect, from what their model's last pictures took."""
    open_ = [slot for slot in slots if not slot.finished]
    usual = await images.typical_seconds(tx, (open_ or slots)[0].model)
    if not open_ or any(slot.status != "queued" for slot in slots):
        return Outlook(usual=usual)  # it has begun: nobody looks at its place any more
    first = await standing(parts, tx, open_[0])
    last = replace(first, own=first.own + len(open_) - 1)
    account = parts.drawing.accounts.get(provider_of(parts, open_[0]), Account())
    return Outlook(first.ahead, usual, None if usual is None else last.seconds(usual, account))


def provider_of(parts: Parts, image: Image) -> str:
    """Who draws an image; "" when its model is no longer listed."""
    model = parts.drawing.model(image.model)
    return model.provider if model else ""
