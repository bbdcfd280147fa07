"""What comes in and what we say: closed unions of frozen values that every front end speaks.

A front end turns a platform's event into an `Incoming` and an `Outgoing` into what its platform can show.
Outgoing values carry Fluent keys and picture ids, never finished words or bytes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol, TypeAlias

# Named again because fronts may not import the storage.
from storage.tables.enums import Audience as Audience
from storage.tables.enums import Verdict as Verdict

# ── words ────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Dollars:
    """An amount of money in microdollars, written in the reader's own number format."""

    micro: int


@dataclass(frozen=True, slots=True)
class Text:
    """A Fluent message: its key and the values its placeables take; a Text as value is rendered first."""

    key: str
    args: Mapping[str, "Arg"] = field(default_factory=dict)


Arg: TypeAlias = "str | int | Dollars | Text"


def say(key: str, **args: Arg) -> Text:
    """The Text of `key`; underscores in argument names become the hyphens Fluent files use."""
    return Text(key, {name.replace("_", "-"): value for name, value in args.items()})


# ── where and who ────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was said: a chat (and its thread) of a platform, and whether others read it."""

    platform: str
    chat: str
    thread: str | None = None
    audience: Audience = Audience.PRIVATE


@dataclass(frozen=True, slots=True)
class Who:
    """The person behind an event as the platform names them.

    `manages` says whether they look after the place as its moderators do, None where the platform did not tell.
    """

    platform: str
    id: str
    name: str
    manages: bool | None = None


@dataclass(frozen=True, slots=True)
class MessageRef:
    """One message of ours as the platform names it."""

    platform: str
    chat: str
    id: str


class Photo(Protocol):
    """An attached file; its bytes are fetched only when read."""

    @property
    def name(self) -> str: ...

    @property
    def size(self) -> int:
        """Bytes as the platform announced them."""
        ...

    async def read(self) -> bytes: ...


# ── incoming ─────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What every incoming value carries; the same `event_id` twice changes nothing the second time.

    `locale` is the language of the person's client, "" where the platform did not tell it this time.
    """

    event_id: str
    place: Place
    who: Who
    locale: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Command(Event):
    """A slash command: its full name ("persona create") and its options as the person wrote them."""

    name: str
    options: Mapping[str, str] = field(default_factory=dict)
    photos: tuple[Photo, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Press(Event):
    """A button of ours: the action id it carries and the message it stood under.

    `offered` are all actions of that message as the platform shows it, None where the platform does not show it.
    """

    action: str
    message: MessageRef
    offered: frozenset[str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reaction(Event):
    """An emoji put on (or taken off) a message of ours.

    `late`: it was found there after we had been away, so that what the person decided since then comes first.
    """

    message: MessageRef
    emoji: str
    added: bool
    late: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload(Event):
    """What a person sent without a command: photos, words, or both."""

    text: str = ""
    photos: tuple[Photo, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply(Event):
    """Words (and photos) in answer to one of our messages."""

    to: MessageRef
    text: str
    photos: tuple[Photo, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Submit(Event):
    """A filled form: the id we gave it and its fields."""

    form: str
    fields: Mapping[str, str]
    photos: tuple[Photo, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Borrow(Event):
    """Photos of somebody's message that a person wants to use: for a picture, or to add them to a persona."""

    owner: Who
    photos: tuple[Photo, ...]
    text: str = ""
    purpose: Literal["picture", "persona"] = "picture"
    source: MessageRef | None = None
    """The message, where it may be one of ours: then whoever asked for its pictures is their owner."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspect(Event):
    """Somebody asks for the recipes of the pictures in a message of ours."""

    message: MessageRef


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined(Event):
    """We were taken into a place; `who` did it, or owns the place where nobody knows who did."""

    title: str


Incoming: TypeAlias = Command | Press | Reaction | Upload | Reply | Submit | Borrow | Inspect | Joined


# ── outgoing ─────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """A button; `action` names a version, an action and a row, in at most 64 bytes."""

    label: Text
    action: str
    style: Literal["plain", "primary", "danger"] = "plain"
    pressed: bool = False


Rows: TypeAlias = tuple[tuple[Button, ...], ...]
"""Buttons that belong together stand in one row; a front whose rows are shorter breaks them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """One picture to show; fronts fetch its bytes by `App.picture(id, viewer, size)`."""

    id: str
    number: int
    width: int
    height: int
    alt: Text
    verdict: Verdict = Verdict.UNDECIDED
    best: bool = False
    mark: Text | None = None
    """A label that must stand wherever the picture appears, such as "local preview"."""
    actions: Mapping[str, str] = field(default_factory=dict)
    """Action ids by verb (keep, reject, best, undo, trash) for viewers that show one picture alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Say:
    """Words, and buttons under them."""

    lines: tuple[Text, ...]
    buttons: Rows = ()
    tone: Literal["info", "good", "error"] = "info"
    private: bool = False
    type: Literal["say"] = "say"


@dataclass(frozen=True, slots=True, kw_only=True)
class Show:
    """Pictures, numbered, with what belongs to them."""

    lines: tuple[Text, ...]
    pictures: tuple[Picture, ...]
    details: tuple[Text, ...] = ()
    """Small print: model, cost, requester, seconds."""
    buttons: Rows = ()
    numbered_buttons: bool = False
    """Whether the first row has a button for each picture already; a front that opens pictures one by one adds none."""
    reactions: tuple[str, ...] = ()
    """Emoji to put on the message so that a tap is a vote."""
    private: bool = False
    type: Literal["show"] = "show"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """A question that one press answers; the draft behind it survives a restart."""

    lines: tuple[Text, ...]
    buttons: Rows
    pictures: tuple[Picture, ...] = ()
    private: bool = False
    type: Literal["ask"] = "ask"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One of a closed set: the value that comes back and how it reads."""

    value: str
    label: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field of a form."""

    name: str
    label: Text
    kind: Literal["line", "words", "choice", "photos"] = "line"
    required: bool = True
    value: str = ""
    choices: tuple[Choice, ...] = ()
    longest: int = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A form to fill; it comes back as a Submit with the same id."""

    id: str
    title: Text
    fields: tuple[Field, ...]
    send: Text
    private: bool = True
    type: Literal["form"] = "form"


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """True progress of one generation; fronts throttle, coalesce and replace."""

    lines: tuple[Text, ...]
    state: Literal["queued", "running"]
    done: int
    total: int
    place: int | None = None
    """How many images stand before this one in the queue; an estimate."""
    since: float = 0.0
    """Unix seconds at which the work was accepted; fronts count up from it."""
    buttons: Rows = ()
    private: bool = False
    type: Literal["progress"] = "progress"


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A file to download: an original or an export, fetched like a picture."""

    lines: tuple[Text, ...]
    file: str
    name: str
    private: bool = True
    type: Literal["document"] = "document"


Outgoing: TypeAlias = Say | Show | Ask | Form | Progress | Document


class Speak(Protocol):
    """How the core answers an event; `instead_of` replaces an earlier message of ours.

    Returns where the answer stands; None where it could not be delivered, or flew by as a notice that no message holds.
    """

    async def __call__(self, outgoing: Outgoing, *, instead_of: MessageRef | None = None) -> MessageRef | None: ...
