"""Being taken into a server or a group: one greeting, and the operators are asked where only some are let in."""

from bot.core.admin import access_commands, greeting
from bot.core.chat.errors import Sorry
from bot.core.chat.messages import Ask, MessageRef, Say, say
from bot.core.people import notify_operators
from bot.core.runtime.context import Context
from bot.core.runtime.open_questions import button
from storage.tables import events


async def joined(context: Context, title: str) -> None:
    """Greet the place, once; ask the operators to let it in unless everybody may use the bot."""
    async with context.parts.database.write() as tx:
        if not await events.claim(tx, context.event_id, context.now):
            return
    if context.admitted:
        await greeting.greet(context)
        return
    name = title[:100]
    id_ = context.workspace.id
    buttons = ((button("button-allow", "let", id_, "allow"), button("button-block", "let", id_, "block")),)
    question = Ask(lines=(say("joined-question", title=name, name=context.user.name),), buttons=buttons, private=True)
    asked = await notify_operators.tell_from(context.parts, context.place, question, f"joined:{id_}")
    await context.say(Say(lines=(say("joined-asked") if asked else say("joined-nobody"),)))


async def let(context: Context, id_: str, arg: str, message: MessageRef) -> None:
    """An operator lets a place in or shuts it out; raises Sorry for anybody else."""
    if not context.operates:
        raise Sorry("operator-only")
    if arg not in ("allow", "block"):
        raise Sorry("button-unknown")
    await access_commands.decide(context, f"workspace:{id_}", allowed=arg == "allow")
    answer = say("joined-allowed") if arg == "allow" else say("joined-blocked")
    await context.speak(Say(lines=(answer,), private=True), instead_of=message)
