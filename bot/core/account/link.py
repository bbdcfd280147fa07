"""/link: the identities of one person on several platforms share everything, once both sides have said yes.

The first side gets a code. Whoever brings it is asked first, then the first side, each in its own chat: neither a
stolen code nor a code somebody was talked into typing joins anybody alone. The draft behind it has the code's hash as
id.
"""

from dataclasses import replace

import structlog

from bot.core.account.link_codes import key_of, new_code
from bot.core.chat.action_ids import Action
from bot.core.chat.errors import UserError
from bot.core.chat.messages import Ask, Audience, MessageRef, Outgoing, Say, Text, say
from bot.core.chat.options import Options
from bot.core.results.refresh import refresh
from bot.core.runtime import drafts
from bot.core.runtime.context import Context
from bot.core.runtime.drafts import LinkCode, Side
from bot.core.runtime.open_questions import button
from bot.core.voting.recount import recount
from storage.db.database import Transaction
from storage.privacy import linking
from storage.tables import drafts as rows
from storage.tables import people, strikes
from storage.tables.drafts import Draft
from storage.tables.enums import StrikeKind

LIFE = 600_000
"""Milliseconds from making a code to the last yes."""
MOST = 5
"""Wrong codes within `LIFE` after which a person pauses."""

log = structlog.get_logger()


async def link(context: Context, options: Options) -> None:
    """/link: make a code, or bring one from elsewhere. Raises UserError."""
    if code := options.texts.get("code"):
        await _bring(context, code)
    elif not context.in_group:
        await _make(context)
    else:
        raise UserError("link-private")


async def answer(context: Context, action: Action, message: MessageRef) -> None:
    """The answer of either side; raises UserError for anybody else."""
    await (_agree if action.arg == "yes" else _decline)(context, action.row, message)


async def _agree(context: Context, id_: str, message: MessageRef) -> None:
    """A yes of either side; the first side's joins both. Raises UserError."""
    async with context.services.database.read() as tx:
        draft = await _waiting(context, tx, id_)
    first, second = draft.data.first, draft.data.second
    if second and _is(context, second) and not draft.data.agreed:
        await _second(context, draft, message)
    elif second and draft.user == context.user.id:
        await _join(context, draft.id)
        await context.speak(_done(second), instead_of=message)
        await _tell(context, second, _done(first), f"link:{draft.id}:done")
    else:
        raise UserError("button-over")


async def _decline(context: Context, id_: str, message: MessageRef) -> None:
    """A no of either side ends it; the other side is told. Raises UserError."""
    async with context.services.database.write() as tx:
        draft = await _waiting(context, tx, id_)
        await rows.settle(tx, draft.id, context.now)
    other = draft.data.second if draft.user == context.user.id else draft.data.first
    await context.speak(Say(lines=(say("link-declined"),), private=True), instead_of=message)
    declined = say("link-declined-there", name=context.who.name, platform=_platform(_side(context)))
    await _tell(context, other, Say(lines=(declined,), private=True), f"link:{draft.id}:no")


async def _make(context: Context) -> None:
    code = new_code()
    data = LinkCode(first=_side(context))
    async with context.services.database.write() as tx:
        await rows.settle_all(tx, context.user.id, data.kind, context.now)
        await drafts.add(tx, replace(context.new_draft(LIFE), id=key_of(code)), data)
    lines = (say("link-head"), say("link-command", code=code), say("link-life", minutes=LIFE // 60_000))
    await context.say(Say(lines=lines, private=True))


async def _bring(context: Context, code: str) -> None:
    """Take a code for this person and ask them; raises UserError for one that cannot be used, and during a pause."""
    async with context.services.database.write() as tx:
        draft = await _given(tx, code)
        problem = await _problem(context, tx, draft)
        if draft and problem is None:
            await drafts.change(tx, draft.id, replace(draft.data, second=_side(context)))
    if draft is None or problem:
        raise problem or UserError("link-unknown")
    await context.say(_question(draft.id, draft.data.first))


async def _given(tx: Transaction, code: str) -> Draft[LinkCode] | None:
    """The draft of a code that somebody was given, or None."""
    try:
        return await drafts.get(tx, key_of(code), LinkCode)
    except UserError:
        return None


async def _problem(context: Context, tx: Transaction, draft: Draft[LinkCode] | None) -> UserError | None:
    """Why a code cannot be used, if so; one that nobody was given counts as wrong."""
    if await strikes.count_since(tx, context.user.id, StrikeKind.WRONG_CODE, context.now - LIFE) >= MOST:
        return UserError("link-pause", minutes=LIFE // 60_000)
    if draft is None:
        await strikes.add(tx, context.user.id, StrikeKind.WRONG_CODE, context.now)
        return UserError("link-unknown")
    first, second = draft.data.first, draft.data.second
    if draft.user == context.user.id:
        return UserError("link-own" if _is(context, first) else "link-already")
    if draft.settled_at is not None or (second and not _is(context, second)):
        return UserError("link-used")
    return UserError("link-expired") if draft.expires_at <= context.now else None


async def _second(context: Context, draft: Draft[LinkCode], message: MessageRef) -> None:
    """Note the second side's yes and ask the first side where it made the code."""
    first = draft.data.first
    async with context.services.database.write() as tx:
        await drafts.change(tx, draft.id, replace(draft.data, agreed=True))
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
        side = draft.data.second
        if side is None or not draft.data.agreed:
            raise UserError("button-over")
        second = await people.find(tx, side.who.platform, side.who.id)
        if second is None or second.id == draft.user:
            raise UserError("button-over")
        await rows.settle(tx, id_, context.now)
        joined = await linking.join(tx, draft.user, second.id, context.now)
        changed = await recount(tx, joined.judged)
    log.info("identities linked", user=joined.user)
    for generation in changed:
        await refresh(context.services, generation)


async def _waiting(context: Context, tx: Transaction, id_: str) -> Draft[LinkCode]:
    """The draft of a question of ours, when this person is one of its sides; raises UserError."""
    draft = await drafts.get(tx, id_, LinkCode)
    second = draft.data.second
    if draft.user != context.user.id and not (second and _is(context, second)):
        raise UserError("button-unknown")
    if draft.settled_at is not None:
        raise UserError("button-over")
    if draft.expires_at <= context.now:
        raise UserError("link-expired")
    return draft


async def _tell(context: Context, side: Side | None, outgoing: Outgoing, key: str) -> bool:
    """Say something in the private chat of a side; False where there is none, or it cannot be reached."""
    front = context.services.fronts.get(side.place.platform) if side else None
    if side is None or front is None or side.place.audience != Audience.PRIVATE:
        return False
    try:
        sent = await front.send(side.place, outgoing, key)
    except Exception:  # whatever a platform raises, such as for somebody who blocked the bot
        log.warning("the other side of a link was not reached", exc_info=True)
        return False
    return sent is not None


def _question(draft: str, other: Side) -> Ask:
    line = say("link-question", name=other.who.name, platform=_platform(other))
    buttons = ((button("button-link", "link", draft, "yes"), button("button-no", "link", draft, "no")),)
    return Ask(lines=(line, say("link-warning")), buttons=buttons, private=True)


def _done(other: Side) -> Say:
    line: Text = say("link-done", name=other.who.name, platform=_platform(other))
    return Say(lines=(line,), tone="good", private=True)


def _side(context: Context) -> Side:
    return Side(who=context.who, place=context.place)


def _is(context: Context, side: Side) -> bool:
    """Whether this person is that side, by the identity they use now."""
    return (side.who.platform, side.who.id) == (context.who.platform, context.who.id)


def _platform(side: Side) -> str:
    return side.place.platform.capitalize()
