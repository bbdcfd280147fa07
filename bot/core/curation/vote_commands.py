"""/vote start and /vote close: a team's decision on one result, with rules that hold until its end."""

from typing import Any

from bot.core.chat.errors import UserError
from bot.core.chat.messages import Say, say
from bot.core.curation.vote_closing import Answer, settle, tell
from bot.core.curation.vote_settings import short_of_voters
from bot.core.people import access
from bot.core.results.progress import cut
from bot.core.results.refresh import refresh
from bot.core.runtime.context import Context
from bot.core.voting.lines import open_lines
from bot.core.voting.polls import decide, polls_of, rules_from, set_in
from storage.tables import events, polls
from storage.tables.enums import Status, VoteMode, VoteState

HOUR = 3_600_000
"""Milliseconds."""


async def start(context: Context) -> None:
    """/vote start: open a vote on the newest result of this place. Raises UserError."""
    async with context.services.database.read() as tx:
        newest = await polls.newest_result(tx, context.workspace.id, context.place.thread)
    if newest is None:
        raise UserError("vote-nothing" if context.in_group else "vote-alone")
    await start_on(context, newest)


async def start_on(context: Context, generation_id: str) -> None:
    """Open a vote on a generation; in a team anybody may, elsewhere only who decides alone now. Raises UserError."""
    generation, slots = await access.generation(context, generation_id)
    done = [slot for slot in slots if slot.status == Status.DONE]
    if generation.private or not done:
        raise UserError("vote-alone" if generation.private else "vote-nothing")
    manages = await access.may_manage(context, slots[0])
    async with context.services.database.write() as tx:
        if not await events.claim(tx, context.event_id, context.now):
            return
        voting = await set_in(tx, generation.workspace)
        if not manages and voting.get("mode") != VoteMode.TEAM:
            raise UserError("vote-not-yours")
        rules = _frozen(voting, context.now)
        if not await polls.start(tx, generation_id, {"rules": rules}):
            raise UserError(
                "vote-closed" if generation.vote in (VoteState.CLOSED, VoteState.TOLD) else "vote-open-already"
            )
        await decide(tx, rules_from(generation.user, rules), await polls_of(tx, done))
        short = await short_of_voters(tx, generation.workspace, voting)
    await refresh(context.services, generation_id)
    opened = say("vote-opened", prompt=cut(generation.prompt))
    await context.say(Say(lines=(opened, *open_lines(rules), *short), tone="good"))


async def close(context: Context) -> None:
    """/vote close: end the newest open vote of this place that is this person's to end. Raises UserError."""
    async with context.services.database.read() as tx:
        found = await polls.open_in(tx, context.workspace.id, context.place.thread)
    for id_ in found:
        if await _may_close(context, id_):
            await _close(context, id_, context.say)
            return
    raise UserError("vote-not-yours" if found else "vote-none-open")


async def close_on(context: Context, generation_id: str) -> None:
    """End the vote on a generation, told in its chat. Raises UserError."""
    if not await _may_close(context, generation_id):
        raise UserError("vote-not-yours")
    await _close(context, generation_id, None)


async def _close(context: Context, generation_id: str, answer: Answer | None) -> None:
    """The closing message is the answer to a command; a button has none, so it is posted on its own."""
    async with context.services.database.write() as tx:
        if not await events.claim(tx, context.event_id, context.now):
            return
        if not await settle(tx, generation_id, context.now):
            raise UserError("vote-closed")
    await tell(context.services, generation_id, answer)


async def _may_close(context: Context, generation_id: str) -> bool:
    _, slots = await access.generation(context, generation_id)
    return await access.may_manage(context, slots[0])


def _frozen(voting: dict[str, Any], now: int) -> dict[str, Any]:
    """The rules a vote is opened with; one that is opened is always a team's."""
    rules = {key: value for key, value in voting.items() if key != "hours"} | {"mode": VoteMode.TEAM}
    if hours := voting.get("hours"):
        rules["deadline"] = now + hours * HOUR
    return rules
