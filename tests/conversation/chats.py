"""The same chat seen through each front end: what a person can do there, and what they read."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol
from uuid import uuid4

import aiohttp

from bot import wiring
from bot.core.account.web_accounts import WebRole
from bot.core.chat.messages import Document, Form, Outgoing, Show, Who
from bot.fronts.common.contents import buttons_of
from bot.fronts.console.front import WHO, Console, FilePhoto, Message
from bot.settings import Settings
from bot.wiring import Running
from tests.harness.bots import AT_ONCE, MODELS

TOKEN = "a token that only the operator knows"


@dataclass(frozen=True, slots=True)
class Heard:
    """A message as a person reads it: its kind, words, buttons (label, action), pictures, small print and file."""

    id: str
    kind: str
    text: str
    buttons: list[tuple[str, str]] = field(default_factory=list)
    pictures: list[dict[str, Any]] = field(default_factory=list)
    details: list[str] = field(default_factory=list)
    form: str = ""
    file: str = ""


class Chat(Protocol):
    """What every front end lets a person do."""

    seen: list[Heard]
    who: Who

    async def say(self, text: str, *photos: Path) -> None: ...
    async def reply(self, message: Heard, text: str) -> None: ...
    async def press(self, message: Heard, action: str) -> None: ...
    async def react(self, message: Heard, emoji: str, *, added: bool = True) -> None: ...
    async def submit(self, message: Heard, **fields: str) -> None: ...
    async def download(self, message: Heard) -> bytes: ...
    async def messages(self) -> list[Heard]: ...
    async def next_change(self) -> None: ...


class ConsoleChat:
    """The terminal."""

    def __init__(self, bot: Running, locale: str) -> None:
        self.seen: list[Heard] = []
        self.who = WHO
        self._changed = asyncio.Event()
        self._locale = locale
        self.console = Console(bot.app, locale, self._show)
        bot.fronts["console"] = self.console

    async def say(self, text: str, *photos: Path) -> None:
        await self.console.say(text, tuple(FilePhoto(path) for path in photos))

    async def reply(self, message: Heard, text: str) -> None:
        await self.console.reply(message.id, text)

    async def press(self, message: Heard, action: str) -> None:
        await self.console.press(message.id, action)

    async def react(self, message: Heard, emoji: str, *, added: bool = True) -> None:
        await self.console.react(message.id, emoji, added=added)

    async def submit(self, message: Heard, **fields: str) -> None:
        await self.console.submit(message.form, fields)

    async def download(self, message: Heard) -> bytes:
        return (await self.console.app.picture(message.file, WHO, "original")).data

    async def messages(self) -> list[Heard]:
        return [self._heard(id_, outgoing) for id_, outgoing in self.console.said.items()]

    async def next_change(self) -> None:
        self._changed.clear()
        await self._changed.wait()

    def _show(self, message: Message) -> None:
        self.seen.append(self._heard(message.id, message.outgoing))
        self._changed.set()

    def _heard(self, id_: str, outgoing: Outgoing) -> Heard:
        words = self.console.app.words
        texts = (outgoing.title,) if isinstance(outgoing, Form) else outgoing.lines
        shown = outgoing.pictures if isinstance(outgoing, Show) else ()
        return Heard(
            id=id_,
            kind=outgoing.type,
            text="\n".join(words(text, self._locale) for text in texts),
            buttons=[(words(button.label, self._locale), button.action) for button in buttons_of(outgoing)],
            pictures=[
                {"id": p.id, "number": p.number, "verdict": p.verdict, "best": p.best, "actions": p.actions}
                for p in shown
            ],
            details=[words(text, self._locale) for text in outgoing.details] if isinstance(outgoing, Show) else [],
            form=outgoing.id if isinstance(outgoing, Form) else "",
            file=outgoing.file if isinstance(outgoing, Document) else "",
        )


class WebChat:
    """The page's own wire: events by POST, changes over the WebSocket."""

    def __init__(self, tab: aiohttp.ClientSession, socket: aiohttp.ClientWebSocketResponse) -> None:
        self.seen: list[Heard] = []
        self.who = WHO
        self._tab = tab
        self._socket = socket

    async def say(self, text: str, *photos: Path) -> None:
        if not photos:
            await self._event("typed", text=text)
            return
        form = aiohttp.FormData(quote_fields=False)
        form.add_field("event", json.dumps({"type": "typed", "id": str(uuid4()), "text": text}))
        for path in photos:
            form.add_field("photo", path.read_bytes(), filename=path.name, content_type="image/jpeg")
        await self._post(form)

    async def reply(self, message: Heard, text: str) -> None:
        await self._event("typed", text=text, reply_to=message.id)

    async def press(self, message: Heard, action: str) -> None:
        await self._event("pressed", message=message.id, action=action)

    async def react(self, message: Heard, emoji: str, *, added: bool = True) -> None:
        await self._event("reacted", message=message.id, emoji=emoji, added=added)

    async def submit(self, message: Heard, **fields: str) -> None:
        await self._event("filled", form=message.form, fields=fields)

    async def download(self, message: Heard) -> bytes:
        async with self._tab.get(f"/pictures/{message.file}/original") as response:
            assert response.status == 200, await response.text()
            return await response.read()

    async def messages(self) -> list[Heard]:
        async with self._tab.get("/api/history") as response:
            entries = (await response.json())["entries"]
        return [_heard(entry) for entry in entries if entry["author"] == "bot"]

    async def next_change(self) -> None:
        message = await self._socket.receive_json()
        if message["type"] == "entry" and message["entry"]["author"] == "bot":
            self.seen.append(_heard(message["entry"]))

    async def _event(self, type_: str, **fields: Any) -> None:
        await self._post(json.dumps({"type": type_, "id": str(uuid4()), **fields}))

    async def _post(self, data: Any) -> None:
        async with self._tab.post("/api/events", data=data) as response:
            assert response.status == 200, await response.text()


def _heard(entry: dict[str, Any]) -> Heard:
    body = entry["body"]
    return Heard(
        id=entry["id"],
        kind=body["kind"],
        text=body.get("title") or "\n".join(body.get("lines", ())),
        buttons=[(button["label"], button["action"]) for row in body.get("buttons", ()) for button in row],
        pictures=body.get("pictures", []) if body["kind"] == "show" else [],
        details=body.get("details", []),
        form=body.get("id", ""),
        file=body.get("file", ""),
    )


@asynccontextmanager
async def opened(front: str, folder: Path, locale: str, **settings: str) -> AsyncIterator[tuple[Chat, Running]]:
    """A bot that draws with tests/harness/models.toml, and its operator's chat on a front end."""
    async with AsyncExitStack() as stack:
        if front == "discord":
            from tests.conversation.discord_chat import discord_chat  # which takes what is heard from here

            yield await stack.enter_async_context(discord_chat(folder, locale, settings))
            return
        if front == "telegram":
            from tests.conversation.telegram_chat import telegram_chat  # likewise

            yield await stack.enter_async_context(telegram_chat(folder, locale, settings))
            return
        given, bot = await started(stack, folder, settings)
        if front == "console":
            yield ConsoleChat(bot, locale), bot
            return
        url = await _served(stack, bot, given)
        yield await _tab(stack, url, locale), bot


@dataclass(slots=True)
class Team:
    """A bot whose web chat is a room for several people."""

    bot: Running
    url: str
    _stack: AsyncExitStack

    async def join(self, name: str, locale: str = "en", role: str | None = None) -> WebChat:
        """Somebody signs in under a name: by an invitation with a role, or as the operator with the token."""
        if role is None:
            return await _tab(self._stack, self.url, locale, "/sign-in", {"token": TOKEN, "name": name})
        accounts = self.bot.app.accounts
        operator = next(one.account for one in await accounts.members() if one.account.role == "operator")
        code = await accounts.invite(await accounts.user_of(operator.id), WebRole(role))
        return await _tab(self._stack, self.url, locale, f"/join/{code}", {"name": name})


@asynccontextmanager
async def team(folder: Path) -> AsyncIterator[Team]:
    """A bot behind a token."""
    async with AsyncExitStack() as stack:
        given, bot = await started(stack, folder, {"WEB_TOKEN": TOKEN})
        yield Team(bot, await _served(stack, bot, given), stack)


async def started(stack: AsyncExitStack, folder: Path, settings: dict[str, str]) -> tuple[dict[str, str], Running]:
    given = {"DATA_DIR": str(folder), "WEB_PORT": "0", "MODELS_FILE": str(MODELS), "ACCESS": "open", **settings}
    return given, await stack.enter_async_context(wiring.running(Settings(given), patience=AT_ONCE))


async def _served(stack: AsyncExitStack, bot: Running, settings: dict[str, str]) -> str:
    """Where the web chat is."""
    web = wiring.open_front("web", bot, Settings(settings))
    serving = asyncio.create_task(web.run())
    stack.push_async_callback(_ended, serving)
    return str(await web.url())


async def _tab(
    stack: AsyncExitStack, url: str, locale: str, path: str = "", sign_in: dict[str, str] | None = None
) -> WebChat:
    """A browser tab on the chat, signed in where that is asked for."""
    headers, cookies = {"Origin": url, "Accept-Language": locale}, aiohttp.CookieJar(unsafe=True)
    tab = await stack.enter_async_context(aiohttp.ClientSession(url, headers=headers, cookie_jar=cookies))
    if sign_in:
        async with tab.post(path, data=sign_in) as response:
            assert response.status == 200, await response.text()
    return WebChat(tab, await stack.enter_async_context(tab.ws_connect("/ws")))


async def _ended(task: "asyncio.Task[None]") -> None:
    task.cancel()
    await asyncio.wait([task])
