"""Keeping, rejecting and starring images, by button and by reaction."""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

from bot.core.chat.errors import UserError
from bot.core.curation.vote_closing import conclude
from bot.core.results.refresh import refresh
from bot.core.runtime.context import Context
from bot.core.voting.polls import decide, polls_of, rules_of
from bot.core.voting.rules import Ballot, Closed, NotEligible, cast
from storage.db.database import Transaction
from storage.tables import events, images, votes
from storage.tables.enums import Choice
from storage.tables.images import Image
from storage.tables.votes import Vote

Change: TypeAlias = Callable[[Ballot | None], Ballot | None]

KEEP = Ballot(Choice.KEEP)
REJECT = Ballot(Choice.REJECT)
BEST = Ballot(Choice.KEEP, best=True)


def _kept(ballot: Ballot | None) -> bool:
    return ballot is not None and ballot.choice == Choice.KEEP


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

    A redelivered event changes nothing. A vote whose deadline has passed is closed. Raises UserError when an image is
    gone, the person may not vote, or the vote is over.
    """
    async with context.services.database.read() as tx:
        found = [image for id_ in targets if (image := await images.get(tx, id_)) and image.trashed_at is None]
    if not found:
        raise UserError("image-gone")
    try:
        async with context.services.database.write() as tx:
            if not await events.claim(tx, context.event_id, context.now):
                return
            await _cast(context, tx, found, change)
    except NotEligible as exc:
        raise UserError("vote-not-eligible") from exc
    except Closed as exc:
        await conclude(context.services, found[0].generation)
        raise UserError("vote-closed") from exc
    await refresh(context.services, found[0].generation, found[0].id)


async def _cast(context: Context, tx: Transaction, found: Sequence[Image], change: Change) -> None:
    rules = await rules_of(tx, found[0])
    polls = await polls_of(tx, found)
    for id_, poll in polls.items():
        ballot = change(poll.ballots.get(context.user.id))
        polls[id_] = cast(poll, rules, context.user.id, ballot, context.now)
        await _store(context, tx, id_, ballot)
    await decide(tx, rules, polls)


async def _store(context: Context, tx: Transaction, image: str, ballot: Ballot | None) -> None:
    if ballot:
        await votes.put(tx, Vote(image, context.user.id, ballot.choice, ballot.best), context.now)
    else:
        await votes.remove(tx, image, context.user.id)
