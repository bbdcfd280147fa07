"""The page's events: validated JSON, turned into the core's Incoming values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal, TypeAlias, TypedDict
from uuid import UUID

from pydantic import AfterValidator, Field, TypeAdapter, ValidationError

from bot.core.chat.messages import Incoming, MessageRef, Photo, Place, Press, Reaction, Reply, Submit, Upload, Who
from bot.fronts.web.access.people import PLATFORM, Person
from bot.fronts.web.access.refusal import Refused

_Id: TypeAlias = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]+$")]
_Words: TypeAlias = Annotated[str, Field(max_length=100_000), AfterValidator(lambda text: text.replace("\0", ""))]
"""Text without NUL, which PostgreSQL cannot store."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """Words and photos from the composer, perhaps in answer to one of our messages."""

    type: Literal["typed"]
    id: UUID
    text: _Words = ""
    reply_to: _Id | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressed:
    """A button, by the action it carries."""

    type: Literal["pressed"]
    id: UUID
    message: _Id
    action: _Id


@dataclass(frozen=True, slots=True, kw_only=True)
class Reacted:
    """An emoji put on a message or taken off."""

    type: Literal["reacted"]
    id: UUID
    message: _Id
    emoji: Annotated[str, Field(min_length=1, max_length=16, pattern=r"^[^\x00-\x1f\x7f]+$")]
    added: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """A filled form."""

    type: Literal["filled"]
    id: UUID
    form: _Id
    fields: Mapping[_Id, _Words] = field(default_factory=dict)


Sent: TypeAlias = Typed | Pressed | Reacted | Filled
_SENT: TypeAdapter[Sent] = TypeAdapter(Annotated[Sent, Field(discriminator="type")])


def read(data: Any) -> Sent:
    """The event in the page's JSON; raises Refused where it is none."""
    try:
        return _SENT.validate_json(data) if isinstance(data, str | bytes) else _SENT.validate_python(data)
    except ValidationError as exc:
        raise Refused(400, "web-not-understood") from exc


class _Common(TypedDict):
    event_id: str
    place: Place
    who: Who
    locale: str


def incoming(sent: Sent, person: Person, photos: tuple[Photo, ...]) -> Incoming:
    """The event as the core takes it; typed commands stay text, which the core parses."""
    at = _Common(event_id=event_id(sent.id), place=person.place, who=person.who, locale=person.locale)
    match sent:
        case Typed():
            if sent.reply_to is None:
                return Upload(text=sent.text, photos=photos, **at)
            return Reply(to=_ref(person, sent.reply_to), text=sent.text, photos=photos, **at)
        case Pressed():
            return Press(action=sent.action, message=_ref(person, sent.message), **at)
        case Reacted():
            return Reaction(message=_ref(person, sent.message), emoji=sent.emoji, added=sent.added, **at)
        case Filled():
            return Submit(form=sent.form, fields=sent.fields, photos=photos, **at)


def event_id(id_: UUID) -> str:
    return f"{PLATFORM}:{id_}"


def _ref(person: Person, id_: str) -> MessageRef:
    return MessageRef(PLATFORM, person.place.chat, id_)
