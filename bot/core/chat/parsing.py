"""Typed commands: `/imagine a red fox --persona mila --aspect 4:5`, with phones' dashes and quotes forgiven."""

import re
from dataclasses import dataclass
from difflib import get_close_matches

from bot.core.chat.catalogue import COMMANDS, CommandSpec, Option, find
from bot.core.chat.errors import UserError
from bot.core.chat.messages import say

_QUOTES = '"“”„«»'
_QUOTED = rf"[{_QUOTES}][^{_QUOTES}]*[{_QUOTES}]"
# Phones turn -- into an en or em dash; writers of some languages set one before a word, too.
_DASHES = r"(?P<dash>--|[–—]-?)"
_MARK = re.compile(rf"(?<![^\s=]){_QUOTED}(?!\S)|(?<!\S){_DASHES}(?P<name>[^\W\d][\w-]*)(?P<equals>\s*=)?")
_VALUE = re.compile(rf"\s*({_QUOTED}|\S+)")
_ON = ("on", "yes", "true", "1", "oui")
_OFF = ("off", "no", "false", "0", "non")


@dataclass(frozen=True, slots=True)
class Typed:
    """A command as it was typed: its full name and its options, still as text."""

    name: str
    options: dict[str, str]


@dataclass(frozen=True, slots=True)
class _Part:
    """An option's name, whether "=" ties a value to it, and what stands up to the next option."""

    name: str
    tied: bool
    text: str


def parse(text: str) -> Typed:
    """Read a typed command; raises UserError for an unknown command or option, or an option without its value."""
    spec, rest = _command(text)
    words, parts = _parts(spec, rest)
    options: dict[str, str] = {}
    for part in parts:
        option = spec.option(part.name)
        if option is None:
            raise _unknown_option(spec, part.name)
        value, left = _value(option, part)
        if value is None and option.kind != "photos" and not option.positional:
            raise UserError("error-option-missing", option=say(option.key), command=f"/{spec.name}", name=option.name)
        if value is not None:
            options[option.name] = value
        words.append(left)
    return Typed(spec.name, _with_positional(spec, options, " ".join(filter(None, map(str.strip, words)))))


def flag(value: str) -> bool | None:
    """Whether a word says on or off, or None."""
    folded = value.casefold()
    return True if folded in _ON else False if folded in _OFF else None


def _command(text: str) -> tuple[CommandSpec, str]:
    head, rest = _cut(text.strip().removeprefix("/"))
    name = head.partition("@")[0].casefold().replace("_", " ").strip()
    second, after = _cut(rest)
    if spec := find(f"{name} {second.casefold()}"):
        return spec, after
    if spec := find(name):
        return spec, rest
    family = [command.name for command in COMMANDS if command.name.startswith(name + " ")]
    if family and rest:
        raise UserError("error-command-incomplete", command=f"/{name}", choices=", ".join(f"/{one}" for one in family))
    if family:
        return CommandSpec(name=name), ""
    raise unknown_command(name)


def _cut(text: str) -> tuple[str, str]:
    """The first word and what follows it."""
    first, *rest = text.split(maxsplit=1) or [""]
    return first, "".join(rest)


def _parts(spec: CommandSpec, text: str) -> tuple[list[str], list[_Part]]:
    """The words before the first option, and the options; what stands in quotes is none."""
    marks = [match for match in _MARK.finditer(text) if match["name"] and _is_option(spec, match)]
    ends = [match.start() for match in marks[1:]] + [len(text)]
    parts = [
        _Part(match["name"].casefold(), bool(match["equals"]), text[match.end() : end])
        for match, end in zip(marks, ends, strict=False)
    ]
    return [text[: marks[0].start()] if marks else text], parts


def _is_option(spec: CommandSpec, match: re.Match[str]) -> bool:
    """Whether a dash begins an option: "--" always, a typographic one before (nearly) an option's name."""
    names = [option.name for option in spec.options]
    return match["dash"] == "--" or bool(get_close_matches(match["name"].casefold(), names, n=1, cutoff=0.8))


def _value(option: Option, part: _Part) -> tuple[str | None, str]:
    """An option's value (None: it has none) and the words after it, which belong to the command."""
    found = _VALUE.match(part.text)
    first = found[1].strip(_QUOTES).strip() if found else None
    left = part.text[found.end() :] if found else ""
    if option.positional:
        return None, part.text
    if option.kind == "photos":
        return None, left if part.tied else part.text
    if option.kind == "flag" and not part.tied and flag(first or "") is None:
        return "on", part.text
    if option.kind == "words" and found and found[1][0] not in _QUOTES:
        return part.text.strip(), ""
    return first, left


def unknown_command(name: str) -> UserError:
    """The answer to a command that does not exist, naming the nearest one that does."""
    near = get_close_matches(name, [command.name for command in COMMANDS], n=1, cutoff=0.65)
    if near:
        return UserError("error-command-unknown-near", command=f"/{name}"[:60], near=f"/{near[0]}")
    return UserError("error-command-unknown", command=f"/{name}"[:60])


def _unknown_option(spec: CommandSpec, name: str) -> UserError:
    names = [option.name for option in spec.options if option.kind != "photos"]
    if not names:
        return UserError("error-option-none", option=f"--{name}"[:60], command=f"/{spec.name}")
    near = get_close_matches(name, names, n=1, cutoff=0.5) or names
    return UserError(
        "error-option-unknown",
        option=f"--{name}"[:60],
        command=f"/{spec.name}",
        choices=", ".join(f"--{one}" for one in near),
    )


def _with_positional(spec: CommandSpec, options: dict[str, str], words: str) -> dict[str, str]:
    if re.fullmatch(_QUOTED, words):
        words = words.strip(_QUOTES).strip()
    if not words or not (
        spec.listed or spec.positional
    ):  # what clients send on their own carries words of theirs, such as a link's
        return options
    if spec.positional is None:
        raise UserError("error-words-unexpected", command=f"/{spec.name}", words=words[:60])
    return {spec.positional.name: words, **options}
