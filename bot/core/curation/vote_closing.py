"""Close votes: freeze the outcome once, show it under the result, announce it once."""

from collections.abc import Awaitable, Callable
from typing import TypeAlias

import structlog

from bot.core.chat.messages import Say, Text, say
from bot.core.results.posting import place_of
from bot.core.results.progress import cut
from bot.core.results.refresh import refresh
from bot.core.runtime.context import Services
from bot.core.runtime.ports import Front
from bot.core.voting.polls import closed_with, decide, polls_of, rules_from
from storage.db.database import Transaction
from storage.tables import generations, images, polls
from storage.tables.enums import Status, Verdict, VoteState
from storage.tables.generations import Generation
from storage.tables.images import Image

Answer: TypeAlias = Callable[[Say], Awaitable[None]]

PATIENCE = 60_000
"""Milliseconds the closing process has to announce the outcome before the sweep does."""
log = structlog.get_logger()


async def settle(tx: Transaction, generation_id: str, now: int) -> bool:
    """Close an open vote: its outcomes are frozen and the pictures moved by them; False when it was not open."""
    generation = await generations.get(tx, generation_id)
    if generation is None or generation.vote != VoteState.OPEN or generation.voting is None:
        return False
    rules = rules_from(generation.user, generation.voting["rules"])
    done = [image for image in await images.of_generation(tx, generation_id) if image.status == Status.DONE]
    frozen = await decide(tx, rules, await polls_of(tx, done))
    return await polls.close(tx, generation_id, closed_with(generation.voting, frozen, now))


async def conclude(services: Services, generation_id: str) -> None:
    """Close a vote and announce it; does nothing for a closed vote."""
    async with services.database.write() as tx:
        closed = await settle(tx, generation_id, services.now())
    if closed:
        await tell(services, generation_id)


async def tell(services: Services, generation_id: str, answer: Answer | None = None) -> None:
    """Show the closed vote under its result and post its closing message, or give it as `answer`.

    Does nothing while its platform is offline or once it was announced; the sweep tries again.
    """
    async with services.database.read() as tx:
        generation = await generations.get(tx, generation_id)
        slots = await images.of_generation(tx, generation_id)
    if generation is None or generation.vote != VoteState.CLOSED or generation.platform not in services.fronts:
        return
    await refresh(services, generation_id)
    closing = _closing(generation, slots)
    await (answer(closing) if answer else _post(services.fronts[generation.platform], generation, closing))
    async with services.database.write() as tx:
        await polls.told(tx, generation_id)
    log.info("vote closed", generation=generation_id)


async def close_overdue(services: Services) -> int:
    """Close votes whose deadline has passed and tell those that a crash kept from being told; returns how many."""
    async with services.database.read() as tx:
        found = [generation for id_ in await polls.untold(tx) if (generation := await generations.get(tx, id_))]
    ended = 0
    for generation in found:
        if not _due(generation, services.now()):
            continue
        try:
            await (conclude if generation.vote == VoteState.OPEN else tell)(services, generation.id)
            ended += 1
        except Exception:  # the next round tries again; the other votes do not wait for it
            log.exception("vote not closed", generation=generation.id)
    return ended


def _due(generation: Generation, now: int) -> bool:
    """Whether an open vote is past its deadline, or a closed one should have been told by now."""
    voting = generation.voting or {}
    if generation.vote == VoteState.OPEN:
        deadline = voting["rules"].get("deadline")
        return deadline is not None and now >= deadline
    return bool(now >= voting["at"] + PATIENCE)


async def _post(front: Front, generation: Generation, closing: Say) -> None:
    await front.send(place_of(generation), closing, f"vote:{generation.id}")


def _closing(generation: Generation, slots: tuple[Image, ...]) -> Say:
    """The closing message: which pictures won, which is the best, and which too few judged."""
    shown = [image for image in slots if image.visible]
    kept = [image.number for image in shown if image.verdict == Verdict.KEPT]
    best = [image.number for image in shown if image.best]
    undecided = [image.number for image in shown if image.verdict == Verdict.UNDECIDED]
    lines: list[Text] = [say("vote-over", prompt=cut(generation.prompt))]
    lines.append(say("vote-kept", count=len(kept), numbers=_list(kept)) if kept else say("vote-none-kept"))
    if best:
        lines.append(say("vote-best", count=len(best), numbers=_list(best)))
    if undecided:
        lines.append(say("vote-undecided", count=len(undecided), numbers=_list(undecided)))
    return Say(lines=tuple(lines), tone="good")


def _list(numbers: list[int]) -> str:
    return ", ".join(map(str, numbers))
