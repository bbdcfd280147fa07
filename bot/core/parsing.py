"""Typed commands: `/imagine a red fox --persona mila --aspect 4:5`, with phones' dashes and quotes forgiven."""

import re
from dataclasses import dataclass
from difflib import get_close_matches

from bot.core.catalogue import COMMANDS, CommandSpec, find
from bot.core.errors import Sorry

# Phones turn -- into an en or em dash, and straight quotes into curly ones.
_DASHES = re.compile(r"(?:(?<=\s)|^)(?:--|[–—]-?)(?=[^\W\d])")
_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"'})
_OPTION = re.compile(r'(?:(?<=\s)|^)--([\w-]+)(?:(?:\s*=\s*|\s+)("[^"]*"|(?!--)\S+))?')
_ON = ("on", "yes", "true", "1", "oui")
_OFF = ("off", "no", "false", "0", "non")


@dataclass(frozen=True, slots=True)
class Typed:
    """A command as it was typed: its full name and its options, still as text."""

    name: str
    options: dict[str, str]


def parse(text: str) -> Typed:
    """Read a typed command; raises Sorry for an unknown command or option."""
    spec, rest = _command(text)
    rest = _DASHES.sub("--", rest)
    options: dict[str, str] = {}
    words: list[str] = []
    position = 0
    for match in _OPTION.finditer(rest.translate(_QUOTES)):
        words.append(rest[position : match.start()])
        name, value = match.group(1).casefold(), match.group(2)
        position = match.end()
        option = spec.option(name)
        if option is None:
            raise _unknown_option(spec, name)
        if option.kind == "flag" and (value is None or value.casefold() not in _ON + _OFF):
            position = match.end(1)  # the next word belongs to the prompt
            value = "on"
        options[name] = (value or "").strip('"')
    words.append(rest[position:])
    return Typed(spec.name, _with_positional(spec, options, " ".join(part.strip() for part in words).strip()))


def flag(value: str) -> bool | None:
    """Whether a word says on or off, or None."""
    folded = value.casefold()
    return True if folded in _ON else False if folded in _OFF else None


def _command(text: str) -> tuple[CommandSpec, str]:
    head, _, rest = text.strip().removeprefix("/").partition(" ")
    first_line, newline, below = head.partition("\n")
    if newline:
        head, rest = first_line, f"{below} {rest}"
    name = head.partition("@")[0].casefold().replace("_", " ")
    second, _, after = rest.strip().partition(" ")
    if spec := find(f"{name} {second.casefold()}"):
        return spec, after
    if spec := find(name):
        return spec, rest
    if family := [command.name for command in COMMANDS if command.name.startswith(name + " ")]:
        raise Sorry("error-command-incomplete", command=f"/{name}", choices=", ".join(f"/{one}" for one in family))
    raise unknown_command(name)


def unknown_command(name: str) -> Sorry:
    """The answer to a command that does not exist, naming the nearest one that does."""
    near = get_close_matches(name, [command.name for command in COMMANDS], n=1, cutoff=0.5)
    if near:
        return Sorry("error-command-unknown-near", command=f"/{name}"[:60], near=f"/{near[0]}")
    return Sorry("error-command-unknown", command=f"/{name}"[:60])


def _unknown_option(spec: CommandSpec, name: str) -> Sorry:
    names = [option.name for option in spec.options if option.kind != "photos"]
    if not names:
        return Sorry("error-option-none", option=f"--{name}"[:60], command=f"/{spec.name}")
    near = get_close_matches(name, names, n=1, cutoff=0.5) or names
    return Sorry(
        "error-option-unknown",
        option=f"--{name}"[:60],
        command=f"/{spec.name}",
        choices=", ".join(f"--{one}" for one in near),
    )


def _with_positional(spec: CommandSpec, options: dict[str, str], words: str) -> dict[str, str]:
    words = words.translate(_QUOTES).strip('"') if words[:1] in tuple('"“„«') else words
    if not words:
        return options
    if spec.positional is None:
        raise Sorry("error-words-unexpected", command=f"/{spec.name}", words=words[:60])
    return {spec.positional.name: words, **options}
