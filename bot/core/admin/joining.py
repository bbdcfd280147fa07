"""Joining a server or group: greet once, and ask the operators where access is an allow-list."""

from bot.core.admin import access_commands, greeting
from bot.core.chat.action_ids import Action
from bot.core.chat.errors import UserError
from bot.core.chat.messages import Ask, MessageRef, Say, say
from bot.core.people import notify_operators
from bot.core.runtime.context import Context
from bot.core.runtime.open_questions import button
from storage.tables import events
from storage.tables.owners import Scope


async def joined(context: Context, title: str) -> None:
    """Greet the place once; ask the operators to allow it unless access is open."""
    async with context.services.database.write() as tx:
        if not await events.claim(tx, context.event_id, context.now):
            return
    if context.admitted:
        await greeting.greet(context)
        return
    name = title[:100]
    id_ = context.workspace.id
    buttons = ((button("button-allow", "let", id_, "allow"), button("button-block", "let", id_, "block")),)
    question = Ask(lines=(say("joined-question", title=name, name=context.user.name),), buttons=buttons, private=True)
    asked = await notify_operators.tell_from(context.services, context.place, question, f"joined:{id_}")
    await context.say(Say(lines=(say("joined-asked") if asked else say("joined-nobody"),)))


async def let(context: Context, action: Action, message: MessageRef) -> None:
    """Allow or block a place, as an operator; raises UserError for anybody else."""
    if not context.operates:
        raise UserError("operator-only")
    if action.arg not in ("allow", "block"):
        raise UserError("button-unknown")
    await access_commands.decide(context, Scope.workspace(action.row), allowed=action.arg == "allow")
    answer = say("joined-allowed") if action.arg == "allow" else say("joined-blocked")
    await context.speak(Say(lines=(answer,), private=True), instead_of=message)
