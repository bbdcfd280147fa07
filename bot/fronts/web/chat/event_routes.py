"""What people do on the page: their words go into the chat, everything goes to the core, its answers come back."""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, TypeAlias

from aiohttp import web

from bot.core.chat.messages import MessageRef, Outgoing, Upload
from bot.fronts.web.access.middleware import Refused
from bot.fronts.web.access.people import PERSON, PLATFORM, Person
from bot.fronts.web.app_port import ChatApp
from bot.fronts.web.chat import payloads, uploads, user_echo
from bot.fronts.web.chat.chat_store import Post, Rooms
from bot.fronts.web.chat.incoming import Filled, Pressed, Reacted, Sent, Typed, event_id, incoming, read

Form: TypeAlias = Mapping[str, Any]
"""The fields of an upload: texts and files."""


class Events:
    """Hears the pages; a request ends when the core has answered, so a lost one is sent again under its id."""

    def __init__(self, app: ChatApp, rooms: Rooms) -> None:
        self._app = app
        self._rooms = rooms
        self._greeting = asyncio.Lock()

    def routes(self) -> list[web.RouteDef]:
        return [web.post("/api/events", self.hear), web.post("/api/greeting", self.greet)]

    async def hear(self, request: web.Request) -> web.Response:
        """Answer one event; the page learns whether new messages answer it, and the language its person reads now."""
        person = request[PERSON]
        if request.content_type == "multipart/form-data":
            answered = await self._hear_with_files(person, await request.post())
        else:
            answered = await self._handle(person, read(await request.text()), ())
        return web.json_response({"answered": answered, "locale": await self._app.locale(person.who, person.locale)})

    async def _hear_with_files(self, person: Person, form: Form) -> bool:
        files = [value for value in form.values() if isinstance(value, web.FileField)]
        with _closing(files):
            if len(files) > uploads.MOST:
                raise Refused(400, "web-too-many-photos", most=uploads.MOST)
            return await self._handle(person, read(form.get("event")), [uploads.uploaded(file) for file in files])

    async def greet(self, request: web.Request) -> web.Response:
        """Say /start for a person who sees an empty chat; the second of two open pages finds it greeted."""
        person = request[PERSON]
        sent = read(await request.text())
        async with self._greeting:
            if not await self._rooms.page(person, before=None, limit=1):
                hello = Upload(
                    event_id=event_id(sent.id), place=person.place, who=person.who, locale=person.locale,
                    text="/start",
                )  # fmt: skip
                await self._app.handle(hello, Answers(self._rooms, person, hello.event_id))
        return web.json_response({})

    async def _handle(self, person: Person, sent: Sent, files: Sequence[uploads.UploadedPhoto]) -> bool:
        await self._note(person, sent, files)
        event = incoming(sent, person, tuple(files))
        answers = Answers(self._rooms, person, event.event_id)
        await self._app.handle(event, answers)
        return answers.added

    async def _note(self, person: Person, sent: Sent, files: Sequence[uploads.UploadedPhoto]) -> None:
        """Put what others may see of it into the chat."""
        match sent:
            case Typed():
                if user_echo.is_shown(sent.text):
                    body = payloads.of_person(sent.text, [file.name for file in files], sent.reply_to)
                    ephemeral = user_echo.is_whispered(sent.text)
                    await self._rooms.tell(person, str(sent.id), body, ephemeral=ephemeral)
            case Reacted():
                ref = MessageRef(PLATFORM, person.place.chat, sent.message)
                await self._rooms.react(person, ref, sent.emoji, added=sent.added)
            case Pressed() | Filled():
                pass


class Answers:
    """Speaks for the core in the place of one event; the same event answered again posts nothing twice."""

    def __init__(self, rooms: Rooms, person: Person, event: str) -> None:
        self._rooms = rooms
        self._person = person
        self._event = event
        self._spoken = 0
        self.added = False
        """Whether a message was added to the chat, and not only an old one changed."""

    async def __call__(self, outgoing: Outgoing, *, instead_of: MessageRef | None = None) -> MessageRef:
        self._spoken += 1
        reader = self._person.who.id if outgoing.private and not self._person.reads_alone else None
        key = f"{self._event}/{self._spoken}"
        ref = await self._rooms.post(Post(self._person.place, outgoing, key, reader, instead_of))
        self.added |= ref != instead_of
        return ref


@contextmanager
def _closing(files: Sequence[web.FileField]) -> Iterator[None]:
    try:
        yield
    finally:
        for file in files:
            file.file.close()
