"""/admin allow, block, claim: access to the bot, and its first operator."""

from dataclasses import replace

from bot.core.account.web_accounts import shut_out
from bot.core.chat.errors import UserError
from bot.core.chat.messages import Say, Text, say
from bot.core.chat.options import Options
from bot.core.people import notify_operators
from bot.core.runtime.context import Context
from storage.tables import people, settings
from storage.tables.owners import OwnerKind, Scope

HERE = "here"


async def allow(context: Context, options: Options) -> None:
    """/admin allow: let a person ("platform:id") or this place in. Raises UserError."""
    scope = await scope_of(context, options)
    await decide(context, scope, allowed=True)
    await answer(context, say("admin-allowed", who=options.text("who")))


async def block(context: Context, options: Options) -> None:
    """/admin block: shut a person or this place out. Raises UserError."""
    scope = await scope_of(context, options)
    if scope == Scope.user(context.user.id):
        raise UserError("admin-not-yourself")
    await decide(context, scope, allowed=False)
    await answer(context, say("admin-blocked", who=options.text("who")))


async def decide(context: Context, scope: Scope, *, allowed: bool) -> None:
    """Allow or block a scope."""
    async with context.services.database.write() as tx:
        await settings.put(tx, scope, "allowed", allowed or None)
        await settings.put(tx, scope, "blocked", None if allowed else True)
        if scope.kind == OwnerKind.USER and not allowed:
            await shut_out(tx, scope.id)
    if not allowed:
        await context.services.sessions.ended()


async def claim(context: Context, options: Options) -> None:
    """/admin claim: make the sender an operator, once, by the code in the log. Raises UserError for another code."""
    if context.in_group:
        raise UserError("claim-private")
    if not context.services.claim.spend(options.text("code")):
        raise UserError("claim-wrong")
    async with context.services.database.write() as tx:
        await settings.put(tx, Scope.user(context.user.id), "operator", True)
    await notify_operators.remember(replace(context, own={**context.own, "operator": True}))
    await answer(context, say("claim-done", name=context.user.name))


async def scope_of(context: Context, options: Options) -> Scope:
    """The scope a command names; raises UserError for an unknown person."""
    who = options.text("who").strip()
    if who.casefold() == HERE:
        return Scope.workspace(context.workspace.id)
    platform, _, id_ = who.partition(":")
    if not platform or not id_:
        raise UserError("admin-who", given=who[:60])
    async with context.services.database.write() as tx:
        known = await people.find(tx, platform.casefold(), id_)
        user = known or await people.find_or_add(tx, platform.casefold(), id_, id_, context.now)
    return Scope.user(user.id)


async def answer(context: Context, *lines: Text) -> None:
    await context.say(Say(lines=lines, private=True))
