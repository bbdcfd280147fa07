"""Keeping, rejecting and starring images, by button and by reaction."""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

from bot.core.context import Context, Parts
from bot.core.curation import Ballot, Closed, NotEligible, cast, outcome
from bot.core.errors import Sorry
from bot.core.finished import load
from bot.core.messages import MessageRef
from bot.core.posting import post
from bot.core.results import page_of, result_of
from bot.core.voting import poll_of, rules_of
from storage import events, images, messages, votes
from storage.db import Transaction
from storage.images import Image
from storage.votes import Vote

Change: TypeAlias = Callable[[Ballot | None], Ballot | None]

KEEP = Ballot("keep")
REJECT = Ballot("reject")
BEST = Ballot("keep", best=True)


def _kept(ballot: Ballot | None) -> bool:
    return ballot is not None and ballot.choice == "keep"


VERBS: Mapping[str, Change] = {
    "keep": lambda ballot: ballot if _kept(ballot) else KEEP,
    "reject": lambda _: REJECT,
    "best": lambda _: BEST,
    "undo": lambda _: None,
    "toggle": lambda ballot: None if _kept(ballot) else KEEP,
}
"""What a button of one picture does to a person's ballot on it."""

ALL: Mapping[str, Change] = {
    "keepall": lambda ballot: ballot if _kept(ballot) else KEEP,
    "rejectrest": lambda ballot: ballot if _kept(ballot) else REJECT,
    "undoall": lambda _: None,
}
"""What a button of a whole generation does to a person's ballots."""

REMOVED: Mapping[str, Change] = {
    "keep": lambda ballot: None if _kept(ballot) else ballot,
    "reject": lambda ballot: ballot if _kept(ballot) else None,
    "best": lambda ballot: KEEP if ballot and ballot.best else ballot,
}
"""What taking a reaction away does: a vote goes with it, a star falls back to a plain keep."""


async def judge(context: Context, targets: Sequence[str], change: Change) -> None:
    """Change a person's ballots on images of one generation and show what became of them.

    A redelivered event changes nothing. Raises Sorry when an image is gone, they may not vote, or the vote is over.
    """
    async with context.parts.database.write() as tx:
        found = [image for id_ in targets if (image := await images.get(tx, id_)) and image.trashed_at is None]
        if not found:
            raise Sorry("image-gone")
        if not await events.claim(tx, context.event_id, context.now):
            return
        rules = await rules_of(tx, found[0])
        for image in found:
            poll = poll_of(await votes.of_images(tx, [image.id]))
            ballot = change(poll.ballots.get(context.user.id))
            try:
                poll = cast(poll, rules, context.user.id, ballot, context.now)
            except NotEligible as exc:
                raise Sorry("vote-not-eligible") from exc
            except Closed as exc:
                raise Sorry("vote-closed") from exc
            await _store(context, tx, image, ballot)
            result = outcome(poll, rules)
            await images.judge(tx, image.id, result.verdict, result.best)
    await refresh(context.parts, found[0].generation, found[0].id)


async def refresh(parts: Parts, generation: str, image: str | None = None, *, page: int | None = None) -> None:
    """Show the present state in every message that shows a generation's result, at a page or that of `image`."""
    finished = await load(parts, generation)
    if finished is None:
        return
    async with parts.database.read() as tx:
        posted = await messages.of_generation(tx, generation)
    if page is None:
        page = page_of(finished, image) if image else 0
    for message in posted:
        if message.purpose == "result":
            ref = MessageRef(message.platform, message.chat, message.message)
            await post(parts, finished.generation, result_of(finished, page), ref)


async def _store(context: Context, tx: Transaction, image: Image, ballot: Ballot | None) -> None:
    if ballot:
        await votes.put(tx, Vote(image.id, context.user.id, ballot.choice, ballot.best), context.now)
    else:
        await votes.remove(tx, image.id, context.user.id)
