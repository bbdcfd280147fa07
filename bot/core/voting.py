"""The rules of a vote as a workspace set them, and the polls that stored votes make."""

from collections.abc import Sequence
from typing import Any

from bot.core.curation import Ballot, Outcome, Poll, Rules, outcome
from storage import settings, votes
from storage.db import Transaction
from storage.images import Image
from storage.votes import Vote


async def rules_of(tx: Transaction, image: Image) -> Rules:
    """How votes on an image decide: as its workspace set it, else the requester alone."""
    scope = f"workspace:{image.workspace}"
    voting: dict[str, Any] = (await settings.of(tx, [scope]))[scope].get("voting", {})
    if voters := voting.get("voters"):
        voting = {**voting, "voters": frozenset(voters)}
    return Rules(author=image.user, **voting)


def poll_of(found: Sequence[Vote]) -> Poll:
    """The poll that stored votes on one image make."""
    return Poll({vote.user: Ballot("keep" if vote.choice == "keep" else "reject", vote.best) for vote in found})


async def tallies(tx: Transaction, shown: Sequence[Image]) -> dict[str, Outcome]:
    """The live tallies of a team vote by image id; empty when one person decides alone."""
    if not shown:
        return {}
    rules = await rules_of(tx, shown[0])
    if rules.mode == "solo":
        return {}
    found = await votes.of_images(tx, [image.id for image in shown])
    return {image.id: outcome(poll_of([vote for vote in found if vote.image == image.id]), rules) for image in shown}
