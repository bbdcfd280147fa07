"""A chat room for tests: a front end that remembers what was said, and people who talk in it."""

import asyncio
from dataclasses import dataclass, field, replace
from uuid import uuid4

from bot.core.chat.messages import (
    Ask,
    Audience,
    Button,
    Command,
    Document,
    Form,
    Incoming,
    MessageRef,
    Outgoing,
    Photo,
    Place,
    Press,
    Progress,
    Reaction,
    Show,
    Submit,
    Upload,
    Who,
)
from bot.core.incoming.app import App


@dataclass(frozen=True, slots=True)
class Bytes:
    """A photo held in memory."""

    name: str
    data: bytes

    @property
    def size(self) -> int:
        return len(self.data)

    async def read(self) -> bytes:
        return self.data


@dataclass(slots=True)
class Rooms:
    """The platform "test": every chat's messages by id, in the order they were first said."""

    platform: str = "test"
    chats: dict[str, dict[str, Outgoing]] = field(default_factory=dict)
    changed: asyncio.Event = field(default_factory=asyncio.Event)
    members: dict[str, set[str]] = field(default_factory=dict)
    """Who is in each chat."""
    hidden: set[tuple[str, str, str]] = field(default_factory=set)
    """Threads that a member of a chat cannot read: (person, chat, thread)."""

    async def send(
        self, place: Place, outgoing: Outgoing, key: str, *, instead_of: MessageRef | None = None, to: str | None = None
    ) -> MessageRef:
        ref = instead_of or MessageRef(self.platform, place.chat, key)
        self.chats.setdefault(place.chat, {})[ref.id] = outgoing
        self.changed.set()
        return ref

    async def readable(self, who: str, chat: str, threads: frozenset[str]) -> frozenset[str]:
        hidden = {thread for person, place, thread in self.hidden if (person, place) == (who, chat)}
        return threads - hidden if who in self.members.get(chat, set()) else frozenset()

    async def remove(self, ref: MessageRef) -> None:
        self.chats[ref.chat].pop(ref.id, None)
        self.changed.set()


class Room:
    """One chat of the platform."""

    def __init__(self, app: App, rooms: Rooms, audience: Audience = "private") -> None:
        self.app = app
        self.rooms = rooms
        self.place = Place("test", uuid4().hex, audience=Audience(audience))

    def person(self, name: str, locale: str = "en") -> "Person":
        """Somebody new."""
        return Person(self, Who("test", uuid4().hex, name), locale)

    def enter(self, person: "Person") -> None:
        self.rooms.members.setdefault(self.place.chat, set()).add(person.who.id)

    def leave(self, person: "Person") -> None:
        """The person leaves the chat, or is removed from it."""
        self.rooms.members[self.place.chat].discard(person.who.id)

    def thread(self, name: str) -> "Room":
        """A channel or topic of this chat, which its members can read."""
        room = Room(self.app, self.rooms, self.place.audience)
        room.place = replace(self.place, thread=name)
        return room

    def hide(self, person: "Person") -> None:
        """The person can no longer read this thread."""
        self.rooms.hidden.add((person.who.id, self.place.chat, self.place.thread or ""))

    @property
    def said(self) -> dict[str, Outgoing]:
        return self.rooms.chats.setdefault(self.place.chat, {})

    @property
    def last(self) -> Outgoing:
        """What was said last, as it stands now."""
        return list(self.said.values())[-1]

    @property
    def results(self) -> list[Show]:
        return [outgoing for outgoing in self.said.values() if isinstance(outgoing, Show)]

    async def quiet(self) -> None:
        """Wait until nothing is being made here any more."""
        while any(isinstance(outgoing, Progress) for outgoing in self.said.values()):
            self.rooms.changed.clear()
            await self.rooms.changed.wait()

    def read(self, outgoing: Outgoing | None = None, locale: str = "en") -> str:
        """The words of a message (the last one), line by line."""
        outgoing = outgoing or self.last
        texts = (outgoing.title,) if isinstance(outgoing, Form) else outgoing.lines
        return "\n".join(self.app.words(text, locale) for text in texts)

    def id_of(self, outgoing: Outgoing | str) -> str:
        """The id of a message as it stands now; progress changes under its id, so keep that instead of the value."""
        if isinstance(outgoing, str):
            return outgoing
        return next(id_ for id_, one in self.said.items() if one is outgoing)

    def generation_of(self, result: Show) -> str:
        """The id of the request a result of several pictures answers, as its buttons carry it."""
        actions = [button.action for row in result.buttons for button in row]
        return next(action.split(":")[2] for action in actions if ":keepall:" in action)


class Person:
    """Somebody who is in a room and talks there."""

    def __init__(self, room: Room, who: Who, locale: str) -> None:
        self.room = room
        self.who = who
        self.locale = locale
        room.enter(self)

    def elsewhere(self, room: Room) -> "Person":
        """The same person in another room."""
        return Person(room, self.who, self.locale)

    async def say(self, text: str, *photos: Photo, event: str | None = None) -> None:
        await self.handle(Upload(**self.event(event), text=text, photos=photos))

    async def command(self, name: str, *photos: Photo, **options: str) -> None:
        await self.handle(Command(**self.event(), name=name, options=options, photos=photos))

    async def press(self, label: str, on: Outgoing | str | None = None, event: str | None = None) -> None:
        """Press the button whose label contains `label` on a message or its id (the last one that has it)."""
        ref, button = self._button(label, on)
        await self.handle(Press(**self.event(event), action=button.action, message=ref))

    async def press_on(self, message: str, action: str) -> None:
        """Press a button by its id under a message, as a viewer of single pictures does."""
        await self.handle(Press(**self.event(), action=action, message=self.ref(message)))

    async def press_id(self, action: str) -> None:
        """Press a button by its id, as a forged or old one would come in."""
        await self.handle(Press(**self.event(), action=action, message=self.ref("none")))

    async def react(self, emoji: str, on: Outgoing | str | None = None, *, added: bool = True) -> None:
        message = self.ref(self.room.id_of(on or self.room.last))
        await self.handle(Reaction(**self.event(), message=message, emoji=emoji, added=added))

    async def submit(self, form: Outgoing, *photos: Photo, **fields: str) -> None:
        assert isinstance(form, Form)
        await self.handle(Submit(**self.event(), form=form.id, fields=fields, photos=photos))

    async def handle(self, incoming: Incoming) -> None:
        async def speak(outgoing: Outgoing, *, instead_of: MessageRef | None = None) -> MessageRef:
            return await self.room.rooms.send(self.room.place, outgoing, uuid4().hex, instead_of=instead_of)

        await self.room.app.handle(incoming, speak)

    def _button(self, label: str, on: Outgoing | str | None) -> tuple[MessageRef, Button]:
        said = self.room.said
        messages = [(id_, said[id_]) for id_ in [self.room.id_of(on)]] if on else list(said.items())[::-1]
        for id_, outgoing in messages:
            if isinstance(outgoing, Form | Document):
                continue
            for button in (button for row in outgoing.buttons for button in row):
                if label in self.room.app.words(button.label, self.locale):
                    return self.ref(id_), button
        raise AssertionError(f"no button {label!r}")

    def ref(self, id_: str) -> MessageRef:
        return MessageRef("test", self.room.place.chat, id_)

    def event(self, event: str | None = None):  # type: ignore[no-untyped-def]  # the fields every event carries
        return {
            "event_id": event or f"test:{uuid4()}",
            "place": self.room.place,
            "who": self.who,
            "locale": self.locale,
        }


__all__ = ["Ask", "Bytes", "Person", "Room", "Rooms"]
