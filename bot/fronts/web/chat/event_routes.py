"""The page's events by POST: noted in the chat, handed to the core, whose answers are posted to the chat."""

import asyncio
from collections.abc import Sequence
from contextlib import ExitStack

from aiohttp import web

from bot.core.chat.messages import MessageRef, Outgoing
from bot.core.chat.messages import Upload as UploadEvent
from bot.fronts.web.access.middleware import Middlewares
from bot.fronts.web.access.people import PERSON, PLATFORM, Person
from bot.fronts.web.access.request_body import read_text
from bot.fronts.web.app_port import ChatApp
from bot.fronts.web.chat import payloads, user_echo
from bot.fronts.web.chat.chat_store import ChatStore, Post
from bot.fronts.web.chat.incoming import Filled, Pressed, Reacted, Sent, Typed, event_id, incoming, read
from bot.fronts.web.chat.uploads import UploadedPhoto, read_upload


class Events:
    """Answers the pages' events; a request ends when the core has answered, so a lost one is sent again by its id."""

    def __init__(self, app: ChatApp, store: ChatStore, middlewares: Middlewares) -> None:
        self._app = app
        self._store = store
        self._middlewares = middlewares
        self._greeting = asyncio.Lock()

    def routes(self) -> list[web.RouteDef]:
        return [web.post("/api/events", self.hear), web.post("/api/greeting", self.greet)]

    async def hear(self, request: web.Request) -> web.Response:
        """Answer one event; the page learns whether new messages answer it, and the language its person reads now."""
        person = request[PERSON]
        with ExitStack() as files:
            if request.content_type == "multipart/form-data":
                self._middlewares.limit(person, "file")
                upload = await read_upload(request, files)
                self._middlewares.limit(person, "file", max(0, len(upload.files) - 1))
                answered = await self._handle(person, read(upload.event), upload.files)
            else:
                answered = await self._handle(person, read(await read_text(request)), ())
        return web.json_response({"answered": answered, "locale": await self._app.locale(person.who, person.locale)})

    async def greet(self, request: web.Request) -> web.Response:
        """Say /start for a person who sees an empty chat; the second of two open pages finds it greeted."""
        person = request[PERSON]
        self._middlewares.limit(person, "typed")
        sent = read(await read_text(request))
        async with self._greeting:
            if not await self._store.page(person, before=None, limit=1):
                hello = UploadEvent(
                    event_id=event_id(sent.id), place=person.place, who=person.who, locale=person.locale,
                    text="/start",
                )  # fmt: skip
                await self._app.handle(hello, Answers(self._store, person, hello.event_id))
        return web.json_response({})

    async def _handle(self, person: Person, sent: Sent, files: Sequence[UploadedPhoto]) -> bool:
        self._middlewares.limit(person, sent.type)
        await self._note(person, sent, files)
        event = incoming(sent, person, tuple(files))
        answers = Answers(self._store, person, event.event_id)
        await self._app.handle(event, answers)
        return answers.added

    async def _note(self, person: Person, sent: Sent, files: Sequence[UploadedPhoto]) -> None:
        """Put words and reactions into the chat for others to see."""
        match sent:
            case Typed():
                if user_echo.is_shown(sent.text):
                    body = payloads.of_person(sent.text, [file.name for file in files], sent.reply_to)
                    ephemeral = user_echo.is_whispered(sent.text)
                    await self._store.add_words(person, str(sent.id), body, ephemeral=ephemeral)
            case Reacted():
                ref = MessageRef(PLATFORM, person.place.chat, sent.message)
                await self._store.react(person, ref, sent.emoji, added=sent.added)
            case Pressed() | Filled():
                pass


class Answers:
    """Speaks for the core in the place of one event; the same event answered again posts nothing twice."""

    def __init__(self, store: ChatStore, person: Person, event: str) -> None:
        self._store = store
        self._person = person
        self._event = event
        self._spoken = 0
        self.added = False
        """Whether a message was added to the chat, and not only an old one changed."""

    async def __call__(self, outgoing: Outgoing, *, instead_of: MessageRef | None = None) -> MessageRef:
        self._spoken += 1
        reader = self._person.who.id if outgoing.private and not self._person.reads_alone else None
        key = f"{self._event}/{self._spoken}"
        ref = await self._store.post(Post(self._person.place, outgoing, key, reader, instead_of))
        self.added |= ref != instead_of
        return ref
