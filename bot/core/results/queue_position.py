"""The position of an image in its provider's queue, by the rule that the queues follow, and the expected wait.

People take turns: before somebody's third picture stand their own first two, and of everybody else up to three. Those
whom the operator lets go first are a queue of their own.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.core.results.progress import Outlook
from bot.core.runtime.context import Services
from providers.contract.model import Account
from storage.db.database import Transaction
from storage.queries import priorities
from storage.tables import images
from storage.tables.enums import Status
from storage.tables.images import Image

PER_USER = 2
"""Images of one person drawn at once by one provider."""


@dataclass(frozen=True, slots=True)
class QueuePosition:
    """Pictures of the same person that come before one, and how many each other person has waiting or running."""

    own: int
    others: tuple[int, ...] = ()

    @property
    def ahead(self) -> int:
        """Images ahead of it."""
        return self.own + sum(min(count, self.own + 1) for count in self.others)

    def seconds(self, usual: float, account: Account) -> float:
        """Estimated seconds until it is done, given the usual seconds of one picture."""
        mine = math.ceil((self.own + 1) / min(PER_USER, account.concurrency))
        everybody = math.ceil((self.ahead + 1) / account.concurrency)
        paced = 60.0 * self.ahead / account.per_minute if account.per_minute else 0.0
        return max(usual * max(mine, everybody), paced)


async def standing(services: Services, tx: Transaction, image: Image) -> QueuePosition:
    """Compute the queue position of an unfinished image."""
    provider = provider_of(services, image)
    models = [model.id for model in services.drawing.models if model.provider == provider]
    waiting = await images.waiting(tx, models)
    first = await priorities.chosen(tx)
    beside = [
        count for user, count in waiting.items() if user != image.user and (user in first) == (image.user in first)
    ]
    return QueuePosition(await images.own_before(tx, image, models), tuple(beside))


async def outlook_of(services: Services, tx: Transaction, slots: Sequence[Image]) -> Outlook:
    """Estimate the wait of a request's images from the durations of their model's last pictures."""
    open_ = [slot for slot in slots if not slot.finished]
    usual = await images.typical_seconds(tx, (open_ or slots)[0].model)
    if not open_ or any(slot.status != Status.QUEUED for slot in slots):
        return Outlook(usual=usual)  # it runs: its position matters no longer
    first = await standing(services, tx, open_[0])
    last = replace(first, own=first.own + len(open_) - 1)
    account = services.drawing.accounts.get(provider_of(services, open_[0]), Account())
    return Outlook(first.ahead, usual, None if usual is None else last.seconds(usual, account))


def provider_of(services: Services, image: Image) -> str:
    """The provider of an image's model; "" when the model is no longer listed."""
    model = services.drawing.model(image.model)
    return model.provider if model else ""
