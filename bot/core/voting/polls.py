"""Voting rules from settings or from an opened vote, and polls from stored ballots.

A vote that was opened keeps its rules on its generation (mode, quorum, author_votes, voters, tie, deadline), and once
it is closed its outcomes by image id and the moment: {"rules": {…}, "outcomes": {id: {verdict, best, …}}, "at": …}.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from bot.core.voting.rules import Ballot, Outcome, Poll, Rules, outcome
from storage.db.database import Transaction
from storage.tables import generations, images, settings, votes
from storage.tables.enums import Choice, Verdict, VoteMode
from storage.tables.generations import Generation
from storage.tables.images import Image
from storage.tables.owners import Scope
from storage.tables.votes import Vote


def rules_from(author: str, voting: Mapping[str, Any]) -> Rules:
    """Parse rules from JSON; missing fields take the defaults of Rules, and `hours` is ignored."""
    known = {key: value for key, value in voting.items() if key != "hours"}
    if voters := known.get("voters"):
        known["voters"] = frozenset(voters)
    if mode := known.get("mode"):
        known["mode"] = VoteMode(mode)
    return Rules(author=author, **known)


async def set_in(tx: Transaction, workspace: str) -> dict[str, Any]:
    """A workspace's voting settings as JSON."""
    scope = Scope.workspace(workspace)
    voting: dict[str, Any] = (await settings.of(tx, scope))[scope].get("voting", {})
    return voting


async def rules_of(tx: Transaction, image: Image) -> Rules:
    """The rules for an image: of its opened vote, else of its workspace, else solo."""
    generation = await generations.get(tx, image.generation)
    if generation and generation.voting:
        return rules_from(image.user, generation.voting["rules"])
    return rules_from(image.user, await set_in(tx, image.workspace))


def poll_of(found: Sequence[Vote], frozen: Outcome | None = None) -> Poll:
    """Build the poll of one image from its stored ballots."""
    ballots = {vote.user: Ballot(vote.choice, vote.best) for vote in found}
    return Poll(ballots, frozen)


def frozen_of(generation: Generation | None, image: str) -> Outcome | None:
    """The frozen outcome of an image in a closed vote, or None."""
    outcomes = generation.voting.get("outcomes", {}) if generation and generation.voting else {}
    if image not in outcomes:
        return None
    return Outcome(**{**outcomes[image], "verdict": Verdict(outcomes[image]["verdict"])})


async def polls_of(tx: Transaction, shown: Sequence[Image]) -> dict[str, Poll]:
    """The polls on images of one generation by image id, frozen where their vote is closed."""
    generation = await generations.get(tx, shown[0].generation) if shown else None
    found = await votes.of_images(tx, [image.id for image in shown])
    return {
        image.id: poll_of([vote for vote in found if vote.image == image.id], frozen_of(generation, image.id))
        for image in shown
    }


async def decide(tx: Transaction, rules: Rules, polls: Mapping[str, Poll]) -> dict[str, Outcome]:
    """Set the verdicts of images by their ballots; returns the outcomes by image id."""
    results = {id_: outcome(poll, rules) for id_, poll in polls.items()}
    for id_, result in results.items():
        await images.judge(tx, id_, result.verdict, result.best)
    return results


@dataclass(frozen=True, slots=True)
class Opinion:
    """The votes of other people on an image whose requester decides alone."""

    keeps: int = 0
    rejects: int = 0


@dataclass(frozen=True, slots=True)
class Voices:
    """Opinions by image id: the tallies of a team, or in solo mode the votes of others for and against, for images that
    have any."""

    tallies: Mapping[str, Outcome] = field(default_factory=dict)
    opinions: Mapping[str, Opinion] = field(default_factory=dict)


async def voices(tx: Transaction, shown: Sequence[Image]) -> Voices:
    """The opinions on the finished images of one generation."""
    if not shown:
        return Voices()
    rules = await rules_of(tx, shown[0])
    if rules.mode == VoteMode.SOLO:
        return Voices(opinions=await _opinions(tx, shown))
    return Voices({id_: outcome(poll, rules) for id_, poll in (await polls_of(tx, shown)).items()})


async def _opinions(tx: Transaction, shown: Sequence[Image]) -> dict[str, Opinion]:
    found: dict[str, list[Choice]] = {}
    for vote in await votes.of_images(tx, [image.id for image in shown]):
        if vote.user != shown[0].user:
            found.setdefault(vote.image, []).append(vote.choice)
    return {image: Opinion(cast.count(Choice.KEEP), cast.count(Choice.REJECT)) for image, cast in found.items()}


def closed_with(voting: Mapping[str, Any], outcomes: Mapping[str, Outcome], now: int) -> dict[str, Any]:
    """The vote's JSON with its outcomes and without its deadline: a picture drawn later is judged on its own."""
    rules = {key: value for key, value in voting["rules"].items() if key != "deadline"}
    return {"rules": rules, "outcomes": {image: asdict(one) for image, one in outcomes.items()}, "at": now}
