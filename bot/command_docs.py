"""The reference of commands in docs/COMMANDS.md: `python -m bot.command_docs` prints it from the catalogue."""

import sys
from collections.abc import Iterator, Mapping

from bot.core.chat.catalogue import COMMANDS, Ack, CommandSpec, Kind, Option
from bot.locales.words import render

_LOCALE = "en"
_ANSWERS: Mapping[Ack, str] = {
    "public": "Everybody in the chat sees the answer.",
    "private": "Only you see the answer.",
    "form": "It opens a form where something is left to fill in. Only you see the answer.",
}
_NAMED: Mapping[Kind, str] = {
    "flag": "`on` or `off`",
    "persona": "the name of one of your personas",
    "template": "a template, or a prompt you saved",
    "model": "the id or the name of a model",
    "command": "the name of a command",
}
_HEAD = """\
# Commands

This page is made from the table of commands that the bot itself works from, so change that table
(`bot/core/chat/catalogue.py`) and the words (`bot/locales/en/commands.ftl`), then run
`.venv/bin/python -m bot.command_docs > docs/COMMANDS.md`.

## How to write a command

- Words first, options anywhere after the command: `/imagine a red fox --aspect 4:5 --count 4`.
- `--aspect 4:5` and `--aspect=4:5` are the same. A value of several words stands in quotes: `--persona "Mila Rose"`.
- An option that is on or off needs no value to be on: `--private`. To switch it off: `--references off`.
- The long dashes and curly quotes that phones make are understood.
- Photos are attached to the message, not written.
- `/persona create` and `/persona_create` are the same command.
"""


def reference() -> str:
    """The whole page as Markdown, in English."""
    return "\n".join([_HEAD, *(_command(spec) for spec in COMMANDS)])


def _command(spec: CommandSpec) -> str:
    lines = [f"## /{spec.name}", "", f"{_words(spec.key)}. {_ANSWERS[spec.ack]}"]
    if not spec.listed:
        lines[-1] += " Menus leave it out, since chat programs send it on their own."
    lines += ["", "```", _usage(spec), "```", ""]
    if spec.options:
        lines += ["| Option | What it says | What it takes |", "|---|---|---|", *map(_row, spec.options), ""]
    return "\n".join(lines)


def _usage(spec: CommandSpec) -> str:
    """The command with its words and whatever it cannot do without."""
    parts = [part for option in spec.options for part in _parts(option)]
    attached = ["(attach photos)"] if spec.photos and spec.photos.required else []
    return " ".join([f"/{spec.name}", *parts, *attached])


def _parts(option: Option) -> Iterator[str]:
    if option.positional:
        yield f"<{option.name}>" if option.required else f"[{option.name}]"
    elif option.required and option.kind != "photos":
        yield f"--{option.name} <{option.name}>"


def _row(option: Option) -> str:
    name = option.name if option.kind == "photos" else f"--{option.name}"
    needed = ", required" if option.required else ""
    return f"| `{name}`{needed} | {_words(option.key)} | {_takes(option)} |"


def _takes(option: Option) -> str:
    match option.kind:
        case "words" | "line":
            return f"text, up to {option.most:,} characters"
        case "choice":
            return ", ".join(map(_choice, option.choices))
        case "whole":
            return f"a whole number from {option.least:,} to {option.most:,}"
        case "photos":
            return _attached(option)
        case kind:
            return _NAMED[kind]


def _attached(option: Option) -> str:
    if option.most == 1:
        return "one attached photo"
    return f"{option.least} to {option.most} attached photos"


def _choice(value: str) -> str:
    """A choice and what its words add to it: "`1:1` square", "`en` English"."""
    label = _words(f"choice-{value.replace(':', 'x').lower()}")
    return f"`{value}` {label.removeprefix(value)}".replace("  ", " ").rstrip()


def _words(key: str) -> str:
    return render(key, {}, _LOCALE)


if __name__ == "__main__":
    sys.stdout.write(reference())
