"""The greeting: one example and its cost."""

from bot.core.chat.messages import Say, say
from bot.core.models import choosing
from bot.core.people import notify_operators
from bot.core.runtime.context import Context
from bot.core.runtime.open_questions import cost


async def greet(context: Context) -> None:
    """Answer /start, joining a place, and a first message."""
    await notify_operators.remember(context)
    model = choosing.choose(context, None)
    own = context.who.platform == "local"
    lines = [say("greet-hello-own") if own else say("greet-hello", name=context.who.name)]
    if model.capabilities.min_references:
        lines.append(say("greet-photo"))
    lines.append(say("greet-example", cost=cost(model.usual_price), model=model.name))
    if all(one.free for one in context.services.drawing.models):
        lines.append(say("greet-local"))
    lines.append(say("greet-help"))
    await context.say(Say(lines=tuple(lines)))
