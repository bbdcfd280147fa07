"""The commands as data: menus, parsers, autocomplete, help and docs all come from this table.

A command whose use case does not exist is not in it. Words a person reads are Fluent keys derived from the
names: `command-persona-create`, `option-aspect`, `choice-fictional`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from bot.locales.words import LANGUAGES as LANGUAGES  # named again because fronts may not import the words
from prompts.enhance import Quality
from providers.contract.model import Role
from storage.tables.enums import Fallback, PersonaKind, Verdict, VoteMode, WebRole

Kind: TypeAlias = Literal[
    "words", "line", "choice", "whole", "flag", "photos", "persona", "model", "template", "command"
]
Ack: TypeAlias = Literal["form", "public", "private"]

ASPECTS = ("auto", "1:1", "2:3", "3:2", "3:4", "4:3", "4:5", "5:4", "9:16", "16:9", "21:9")
SIZES = ("1K", "2K", "4K")
BEST = "best"
"""Chooses the kept pictures with a star in a gallery."""
WHOSE = ("me", "here")
PROMPT_LONGEST = 4000
COUNT_MOST = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One option of a command; `persona`, `model`, `template` and `command` kinds autocomplete from what exists."""

    name: str
    kind: Kind
    required: bool = False
    choices: tuple[str, ...] = ()
    least: int = 1
    """Bounds of a whole number, or the shortest text in characters."""
    most: int = 2**53
    """Bounds of a whole number, the longest text in characters, or the most photos."""
    positional: bool = False
    """Takes the words of a typed command that belong to no option."""

    @property
    def key(self) -> str:
        return f"option-{self.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandSpec:
    """One command of the bot."""

    name: str
    options: tuple[Option, ...] = ()
    ack: Ack = "private"
    """How a front acknowledges it before any work is done, and who reads the answer: "public" all, else the person.

    The first answer to a "form" command may be a form: where a platform opens forms only as the very first response
    (Discord), nothing may be acknowledged before.
    """
    who: Literal["everyone", "moderator", "operator"] = "everyone"
    listed: bool = True
    """Shown in menus and help; /start is sent by clients on their own."""
    private_chat: bool = False
    """Makes sense in a private chat alone, so that menus of groups leave it out."""
    linkable: bool = False
    """Only shows something, so that a link that anybody can write for somebody else may repeat it."""
    never_late: bool = False
    """Done however old the message is; any other old command is made only after the question whether it is wanted."""

    @property
    def key(self) -> str:
        return "command-" + self.name.replace(" ", "-")

    def option(self, name: str) -> Option | None:
        return next((option for option in self.options if option.name == name), None)

    @property
    def positional(self) -> Option | None:
        return next((option for option in self.options if option.positional), None)

    @property
    def photos(self) -> Option | None:
        return next((option for option in self.options if option.kind == "photos"), None)


_NAME = Option(name="name", kind="line", required=True, most=60, positional=True)
_PERSONA = Option(name="persona", kind="persona", required=True, most=60, positional=True)
_KIND = Option(name="kind", kind="choice", choices=tuple(PersonaKind))
_WHO = Option(name="who", kind="line", required=True, most=120, positional=True)
_DESCRIPTION = Option(name="description", kind="words", most=1000)
_ROLE = Option(name="role", kind="choice", choices=tuple(Role))

_TEXT = Option(name="text", kind="words", required=True, most=PROMPT_LONGEST, positional=True)
_QUALITY = Option(name="quality", kind="choice", choices=tuple(Quality))
_CODE = Option(name="code", kind="line", required=True, most=60, positional=True)

COMMANDS: tuple[CommandSpec, ...] = (
    CommandSpec(name="start", never_late=True, ack="public", listed=False),
    CommandSpec(
        name="imagine",
        ack="public",
        options=(
            Option(name="prompt", kind="words", required=True, most=PROMPT_LONGEST, positional=True),
            Option(name="persona", kind="persona", most=60),
            Option(name="images", kind="photos", most=4),
            Option(name="template", kind="template", most=60),
            Option(name="quality", kind="choice", choices=tuple(Quality)),
            Option(name="aspect", kind="choice", choices=ASPECTS),
            Option(name="count", kind="whole", least=1, most=COUNT_MOST),
            Option(name="model", kind="model", most=100),
            Option(name="size", kind="choice", choices=SIZES),
            Option(name="seed", kind="whole", least=0, most=2**31 - 1),
            Option(name="references", kind="flag"),
            Option(name="private", kind="flag"),
            Option(name="params", kind="line", most=300),
        ),
    ),
    CommandSpec(
        name="edit",
        ack="public",
        options=(
            Option(name="prompt", kind="words", required=True, most=PROMPT_LONGEST, positional=True),
            Option(name="images", kind="photos", required=True, most=1),
            Option(name="model", kind="model", most=100),
            Option(name="private", kind="flag"),
        ),
    ),
    CommandSpec(
        name="blend",
        ack="public",
        options=(
            Option(name="images", kind="photos", required=True, least=2, most=8),
            Option(name="prompt", kind="words", most=PROMPT_LONGEST, positional=True),
            Option(name="model", kind="model", most=100),
        ),
    ),
    CommandSpec(
        name="persona create",
        options=(_NAME, _KIND, _DESCRIPTION, Option(name="images", kind="photos", most=10)),
    ),
    CommandSpec(name="persona show", options=(_PERSONA,)),
    CommandSpec(name="persona list", linkable=True),
    CommandSpec(
        name="persona edit",
        ack="form",
        options=(
            _PERSONA,
            Option(name="name", kind="line", most=60),
            _DESCRIPTION,
            Option(name="marks", kind="words", most=500),
            Option(name="depicts", kind="line", most=120),
        ),
    ),
    CommandSpec(name="persona traits", options=(_PERSONA,)),
    CommandSpec(name="persona share", options=(_PERSONA, Option(name="off", kind="flag"))),
    CommandSpec(name="persona delete", options=(_PERSONA,)),
    CommandSpec(
        name="reference add",
        private_chat=True,
        options=(_PERSONA, Option(name="images", kind="photos", most=10), _ROLE),
    ),
    CommandSpec(name="reference list", private_chat=True, options=(_PERSONA,)),
    CommandSpec(
        name="reference remove",
        private_chat=True,
        options=(_PERSONA, Option(name="number", kind="whole", required=True, least=1, most=999)),
    ),
    CommandSpec(
        name="gallery browse",
        linkable=True,
        options=(
            Option(name="persona", kind="persona", most=60),
            Option(name="verdict", kind="choice", choices=(*Verdict, BEST)),
            Option(name="model", kind="model", most=100),
            Option(name="text", kind="line", most=200, positional=True),
            Option(name="since", kind="line", most=10),
            Option(name="by", kind="line", most=60),
        ),
    ),
    CommandSpec(name="gallery stats"),
    CommandSpec(name="gallery web"),
    CommandSpec(
        name="curate",
        linkable=True,
        options=(
            Option(name="persona", kind="persona", most=60, positional=True),
            Option(name="generation", kind="line", most=40),
        ),
    ),
    CommandSpec(
        name="vote settings",
        options=(
            Option(name="mode", kind="choice", choices=tuple(VoteMode)),
            Option(name="quorum", kind="whole", least=1, most=50),
            Option(name="author", kind="flag"),
            Option(name="hours", kind="whole", least=0, most=168),
            Option(name="who", kind="line", most=300),
        ),
    ),
    CommandSpec(name="vote start", ack="public"),
    CommandSpec(name="vote close", ack="public"),
    CommandSpec(
        name="prompt enhance",
        options=(_TEXT, Option(name="template", kind="template", most=60), _QUALITY),
    ),
    CommandSpec(name="prompt classify", options=(_TEXT,)),
    CommandSpec(name="prompt templates"),
    CommandSpec(name="prompt save", options=(_TEXT, Option(name="name", kind="line", required=True, most=60))),
    CommandSpec(name="prompt forget", options=(_NAME,)),
    CommandSpec(name="quota", linkable=True),
    CommandSpec(name="queue", linkable=True),
    CommandSpec(name="cancel", never_late=True),
    CommandSpec(
        name="settings",
        linkable=True,
        options=(
            Option(name="language", kind="choice", choices=LANGUAGES),
            Option(name="model", kind="model", most=100),
            Option(name="persona", kind="persona", most=60),
            Option(name="quality", kind="choice", choices=tuple(Quality)),
            Option(name="fallback", kind="choice", choices=tuple(Fallback)),
            Option(name="confirm", kind="line", most=12),
            Option(name="for", kind="choice", choices=WHOSE),
        ),
    ),
    CommandSpec(
        name="admin invite",
        who="operator",
        options=(Option(name="as", kind="choice", choices=tuple(WebRole)),),
    ),
    CommandSpec(name="admin allow", who="operator", options=(_WHO,)),
    CommandSpec(name="admin block", who="operator", options=(_WHO,)),
    CommandSpec(
        name="admin limits",
        who="moderator",
        options=(
            _WHO,
            Option(name="images", kind="whole", least=0, most=100_000),
            Option(name="dollars", kind="line", most=12),
            Option(name="requests", kind="whole", least=1, most=1000),
            Option(name="priority", kind="flag"),
        ),
    ),
    CommandSpec(
        name="admin quota",
        who="operator",
        options=(
            _WHO,
            Option(name="tokens", kind="whole", least=0, most=10**12),
            Option(name="reset", kind="flag"),
        ),
    ),
    CommandSpec(name="admin claim", options=(_CODE,), listed=False),
    CommandSpec(name="admin models", who="operator"),
    CommandSpec(name="admin stats", who="operator"),
    CommandSpec(name="admin health", who="operator"),
    CommandSpec(name="link", private_chat=True, options=(Option(name="code", kind="line", most=60, positional=True),)),
    CommandSpec(name="privacy export", private_chat=True),
    CommandSpec(name="privacy delete", private_chat=True),
    CommandSpec(name="privacy likeness", private_chat=True),
    CommandSpec(
        name="help",
        never_late=True,
        linkable=True,
        options=(Option(name="command", kind="command", most=40, positional=True),),
    ),
)


def find(name: str) -> CommandSpec | None:
    """The command of that full name, or None."""
    return next((command for command in COMMANDS if command.name == name), None)


def listed() -> Iterator[CommandSpec]:
    """The commands a menu shows."""
    return (command for command in COMMANDS if command.listed)


def families() -> dict[str, tuple[CommandSpec, ...]]:
    """The listed commands by the first word of their names: one entry each where a platform's names have no spaces."""
    found: dict[str, tuple[CommandSpec, ...]] = {}
    for spec in listed():
        head = spec.name.split()[0]
        found[head] = (*found.get(head, ()), spec)
    return found


def for_managers(specs: Iterable[CommandSpec]) -> bool:
    """Whether all of these are for moderators and operators."""
    return all(spec.who != "everyone" for spec in specs)


def choice_key(value: str) -> str:
    """The Fluent key of a choice, such as choice-3x2 for "3:2"."""
    return f"choice-{value.replace(':', 'x').lower()}"
