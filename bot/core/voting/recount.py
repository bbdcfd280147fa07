"""Recalculate verdicts after ballots were deleted or moved to another user."""

from collections.abc import Iterable

from bot.core.voting.polls import decide, polls_of, rules_of
from storage.db.database import Transaction
from storage.tables import images
from storage.tables.enums import Status, VoteMode


async def recount(tx: Transaction, judged: Iterable[str]) -> tuple[str, ...]:
    """Recalculate the verdicts of images; returns the generations whose results may have changed."""
    changed: dict[str, None] = {}
    for id_ in judged:
        image = await images.get(tx, id_)
        if image is None or image.status != Status.DONE:
            continue
        rules = await rules_of(tx, image)
        result = (await decide(tx, rules, await polls_of(tx, [image])))[id_]
        if rules.mode == VoteMode.TEAM or (result.verdict, result.best) != (image.verdict, image.best):
            changed[image.generation] = None
    return tuple(changed)
