"""/link: the identities of one person on several platforms share everything, once both sides have said yes.

The first side gets a code. Whoever brings it is asked first, then the first side, each in its own chat: neither a
stolen code nor a code somebody was talked into typing joins anybody alone. The draft behind it has the code's hash as
id, {"first": side, "second": side or None, "agreed": whether the second said yes}; a side is a name, an identity and
a place.
"""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import structlog

from bot.core.account.link_codes import key_of, new_code
from bot.core.chat.errors import UserError
from bot.core.chat.messages import Ask, MessageRef, Outgoing, Place, Say, Text, say
from bot.core.chat.options import Options
from bot.core.results.refresh import refresh
from bot.core.runtime.context import Context
from bot.core.runtime.open_questions import button
from bot.core.voting.recount import recount
from storage.db.database import Transaction
from storage.privacy import linking
from storage.tables import drafts, people
from storage.tables.drafts import Draft

LIFE = 600_000
"""Milliseconds from making a code to the last yes."""
WRONG = "link-wrong"
MOST = 5
"""Wrong codes within `LIFE` after which a person pauses."""

log = structlog.get_logger()


async def link(context: Context, options: Options) -> None:
    """/link: make a code, or bring one from elsewhere. Raises UserError."""
    if code := options.texts.get("code"):
        await _bring(context, code)
    elif context.place.audience == "private":
        await _make(context)
    else:
        raise UserError("link-private")


async def agree(context: Context, id_: str, message: MessageRef) -> None:
    """A yes of either side; the first side's joins both. Raises UserError."""
    async with context.services.database.read() as tx:
        draft = await _waiting(context, tx, id_)
    first, second = draft.data["first"], draft.data["second"]
    if second and second["who"] == _who(context) and not draft.data["agreed"]:
        await _second(context, draft, message)
    elif draft.user == context.user.id:
        await _join(context, draft.id)
        await context.speak(_done(second), instead_of=message)
        await _tell(context, second, _done(first), f"link:{draft.id}:done")
    else:
        raise UserError("button-over")


async def decline(context: Context, id_: str, message: MessageRef) -> None:
    """A no of either side ends it; the other side is told. Raises UserError."""
    async with context.services.database.write() as tx:
        draft = await _waiting(context, tx, id_)
        await drafts.settle(tx, draft.id, context.now)
    other = draft.data["second" if draft.user == context.user.id else "first"]
    await context.speak(Say(lines=(say("link-declined"),), private=True), instead_of=message)
    declined = say("link-declined-there", name=context.who.name, platform=_platform(_side(context)))
    await _tell(context, other, Say(lines=(declined,), private=True), f"link:{draft.id}:no")


async def _make(context: Context) -> None:
    code = new_code()
    data = {"first": _side(context), "second": None, "agreed": False}
    async with context.services.database.write() as tx:
        await linking.begin(tx, context.owner, key_of(code), data, (context.now, context.now + LIFE))
    lines = (say("link-head"), say("link-command", code=code), say("link-life", minutes=LIFE // 60_000))
    await context.say(Say(lines=lines, private=True))


async def _bring(context: Context, code: str) -> None:
    """Take a code for this person and ask them; raises UserError for one that cannot be used, and during a pause."""
    async with context.services.database.write() as tx:
        draft = await drafts.get(tx, key_of(code))
        problem = await _problem(context, tx, draft)
        if draft and problem is None:
            await drafts.change(tx, draft.id, {**draft.data, "second": _side(context)})
    if draft is None or problem:
        raise problem or UserError("link-unknown")
    await context.say(_question(draft.id, draft.data["first"]))


async def _problem(context: Context, tx: Transaction, draft: Draft | None) -> UserError | None:
    """Why a code cannot be used, if so; one that nobody was given counts as wrong."""
    if await drafts.count_since(tx, context.user.id, WRONG, context.now - LIFE) >= MOST:
        return UserError("link-pause", minutes=LIFE // 60_000)
    if draft is None or draft.kind != linking.KIND:
        await drafts.add(tx, context.owner, WRONG, {}, (context.now, context.now + LIFE))
        return UserError("link-unknown")
    first, second = draft.data["first"], draft.data["second"]
    if draft.user == context.user.id:
        return UserError("link-own" if first["who"] == _who(context) else "link-already")
    if draft.settled_at is not None or (second and second["who"] != _who(context)):
        return UserError("link-used")
    return UserError("link-expired") if draft.expires_at <= context.now else None


async def _second(context: Context, draft: Draft, message: MessageRef) -> None:
    """Note the second side's yes and ask the first side where it made the code."""
    first = draft.data["first"]
    async with context.services.database.write() as tx:
        await drafts.change(tx, draft.id, {**draft.data, "agreed": True})
    if not await _tell(context, first, _question(draft.id, _side(context)), f"link:{draft.id}"):
        async with context.services.database.write() as tx:
            await drafts.change(tx, draft.id, draft.data)
        raise UserError("link-unreachable", platform=_platform(first))
    waits = say("link-wait", platform=_platform(first))
    await context.speak(Say(lines=(waits,), private=True), instead_of=message)


async def _join(context: Context, id_: str) -> None:
    """Join both sides in one transaction; raises UserError when it was answered or the other side is gone meanwhile."""
    async with context.services.database.write() as tx:
        draft = await _waiting(context, tx, id_)
        if not draft.data["agreed"]:
            raise UserError("button-over")
        second = await people.find(tx, *draft.data["second"]["who"])
        if second is None or second.id == draft.user:
            raise UserError("button-over")
        await drafts.settle(tx, id_, context.now)
        joined = await linking.join(tx, draft.user, second.id, context.now)
        changed = await recount(tx, joined.judged)
    log.info("identities linked", user=joined.user)
    for generation in changed:
        await refresh(context.services, generation)


async def _waiting(context: Context, tx: Transaction, id_: str) -> Draft:
    """The draft of a question of ours, when this person is one of its sides; raises UserError."""
    draft = await drafts.get(tx, id_)
    if draft is None or draft.kind != linking.KIND:
        raise UserError("button-unknown")
    second = draft.data["second"]
    if draft.user != context.user.id and not (second and second["who"] == _who(context)):
        raise UserError("button-unknown")
    if draft.settled_at is not None:
        raise UserError("button-over")
    if draft.expires_at <= context.now:
        raise UserError("link-expired")
    return draft


async def _tell(context: Context, side: Mapping[str, Any] | None, outgoing: Outgoing, key: str) -> bool:
    """Say something in the private chat of a side; False where there is none, or it cannot be reached."""
    front = context.services.fronts.get(side["place"]["platform"]) if side else None
    if side is None or front is None or side["place"]["audience"] != "private":
        return False
    try:
        await front.send(Place(**side["place"]), outgoing, key)
    except Exception:  # whatever a platform raises, such as for somebody who blocked the bot
        log.warning("the other side of a link was not reached", exc_info=True)
        return False
    return True


def _question(draft: str, other: Mapping[str, Any]) -> Ask:
    line = say("link-question", name=other["name"], platform=_platform(other))
    buttons = ((button("button-link", "link", draft, "yes"), button("button-no", "link", draft, "no")),)
    return Ask(lines=(line, say("link-warning")), buttons=buttons, private=True)


def _done(other: Mapping[str, Any]) -> Say:
    line: Text = say("link-done", name=other["name"], platform=_platform(other))
    return Say(lines=(line,), tone="good", private=True)


def _side(context: Context) -> dict[str, Any]:
    return {"name": context.who.name, "who": _who(context), "place": asdict(context.place)}


def _who(context: Context) -> list[str]:
    return [context.who.platform, context.who.id]


def _platform(side: Mapping[str, Any]) -> str:
    return str(side["place"]["platform"]).capitalize()
