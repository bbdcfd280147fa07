"""/help: the commands, or one of them in full."""

from bot.core.chat.catalogue import COMMANDS, CommandSpec, Option, listed
from bot.core.chat.messages import Say, Text, say
from bot.core.chat.options import Options
from bot.core.chat.parsing import unknown_command
from bot.core.people.access import may_run
from bot.core.runtime.context import Context


async def help_(context: Context, options: Options) -> None:
    """List the commands and what reactions mean; with a name, that command's options. Raises UserError."""
    named = options.text("command").removeprefix("/").casefold().replace("_", " ")
    if not named:
        specs = [spec for spec in listed() if may_run(context, spec)]
        lines = [say("help-head"), *map(_line, specs), say("help-reactions"), say("help-more")]
        await context.say(Say(lines=tuple(lines), private=True))
        return
    specs = [spec for spec in COMMANDS if spec.name == named or spec.name.startswith(named + " ")]
    if not specs:
        raise unknown_command(named)
    lines = [line for spec in specs for line in (_line(spec), *(_option(option) for option in spec.options))]
    await context.say(Say(lines=tuple(lines), private=True))


def _line(spec: CommandSpec) -> Text:
    return say("help-line", command=f"/{spec.name}", about=say(spec.key))


def _option(option: Option) -> Text:
    choices = f"{option.least}–{option.most}" if option.kind == "whole" else ", ".join(option.choices)
    if choices:
        return say("help-option-choices", option=option.name, about=say(option.key), choices=choices)
    return say("help-option", option=option.name, about=say(option.key))
