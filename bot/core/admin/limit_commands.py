"""/admin limits and quota: the limits of a person or a place.

The operator sets limits. A moderator divides what their place was given: below the operator's limit for all of it, and
for its members one by one.
"""

from collections.abc import Mapping
from typing import Any

from bot.core.account.token_warning import WARNED
from bot.core.admin import access_commands
from bot.core.chat.errors import UserError
from bot.core.chat.messages import Dollars, Text, say
from bot.core.chat.options import Options
from bot.core.money.amounts import micro_of
from bot.core.money.limits import MEMBERS, OWN, limits_of, member_limits
from bot.core.money.token_quota import QUOTA, RESET, tokens_of
from bot.core.runtime.context import Context
from storage.queries.priorities import PRIORITY
from storage.tables import settings
from storage.tables.owners import OwnerKind, Scope


async def limits(context: Context, options: Options) -> None:
    """/admin limits: change, or without numbers show, the limits of a person or this place. Raises UserError."""
    scope = await access_commands.scope_of(context, options)
    changes = _changes(options, scope)
    await _prioritise(context, options, scope)
    if context.operates:
        await _set(context, scope, changes)
    elif scope == Scope.workspace(context.workspace.id):
        await _set(context, scope, {OWN + key: value for key, value in changes.items()})
    else:
        await _set_member(context, scope.id, changes)
    await access_commands.answer(context, await _shown(context, scope, options.text("who")))


async def quota(context: Context, options: Options) -> None:
    """/admin quota: a person's lifetime tokens; `reset` sets the used tokens to zero. Raises UserError."""
    scope = await access_commands.scope_of(context, options)
    if scope.kind != OwnerKind.USER:
        raise UserError("quota-person")
    async with context.services.database.write() as tx:
        if "tokens" in options.wholes:
            await settings.put(tx, scope, QUOTA, options.wholes["tokens"] or None)
        if options.flags.get("reset"):
            await settings.put(tx, scope, RESET, context.now)
            await settings.put(tx, scope, WARNED, None)
        found = await tokens_of(tx, scope.id)
    who = options.text("who")
    line = say("admin-quota", who=who, used=found.used, limit=found.limit or 0, set="yes" if found.limit else "no")
    await access_commands.answer(context, line)


async def _prioritise(context: Context, options: Options, scope: Scope) -> None:
    """Put a person into the faster queue, or back; raises UserError for moderators and for places."""
    if "priority" not in options.flags:
        return
    if not context.operates:
        raise UserError("operator-only")
    if scope.kind != OwnerKind.USER:
        raise UserError("priority-person")
    async with context.services.database.write() as tx:
        await settings.put(tx, scope, PRIORITY, True if options.flags["priority"] else None)


def _changes(options: Options, scope: Scope) -> dict[str, int]:
    if "requests" in options.wholes and scope.kind == OwnerKind.WORKSPACE:
        raise UserError("admin-requests")
    changes: dict[str, int] = {}
    if "images" in options.wholes:
        changes["limit-images-day"] = options.wholes["images"]
    if "requests" in options.wholes:
        changes["limit-requests-minute"] = options.wholes["requests"]
    if "dollars" in options.texts:
        changes["limit-micro-month"] = micro_of(options.text("dollars"))
    return changes


async def _set(context: Context, scope: Scope, changes: Mapping[str, int]) -> None:
    async with context.services.database.write() as tx:
        for key, value in changes.items():
            await settings.put(tx, scope, key, value)


async def _set_member(context: Context, user: str, changes: Mapping[str, int]) -> None:
    """Set a member's limits in this place; a moderator has no say over limits elsewhere."""
    if "limit-requests-minute" in changes:
        raise UserError("admin-requests-operator")
    scope = Scope.workspace(context.workspace.id)
    async with context.services.database.write() as tx:
        members: dict[str, Any] = dict((await settings.of(tx, scope))[scope].get(MEMBERS, {}))
        members[user] = {**members.get(user, {}), **changes}
        await settings.put(tx, scope, MEMBERS, members)


async def _shown(context: Context, scope: Scope, who: str) -> Text:
    here = Scope.workspace(context.workspace.id)
    async with context.services.database.read() as tx:
        found = await settings.of(tx, scope, here)
    if context.operates or scope == here:
        all_ = limits_of(scope, found[scope])
        day, month, minute = all_.images_day, Dollars(all_.micro_month), all_.requests_minute
        return say("admin-limits", who=who, images=day, dollars=month, requests=minute)
    own = member_limits(found[here], scope.id)
    return say("admin-limits-member", who=who, images=own.images_day, dollars=Dollars(own.micro_month))
