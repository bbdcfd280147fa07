"""The web chat on a free port, in front of an app that only records: for tests of the front end alone."""

import asyncio
import io
import json
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import aiohttp

from bot.core.account.web_accounts import Account, WebAccounts, WebRole
from bot.core.chat.messages import Dollars, Incoming, Place, Reply, Say, Speak, Submit, Text, Upload, Who, say
from bot.core.front_state.transcript import Transcript
from bot.core.incoming.app import Asking, NoSuchPicture, PictureFile, Suggestion
from bot.core.runtime.readiness import Trouble
from bot.core.runtime.session_watch import SessionWatch
from bot.fronts.web.front import WebFront
from bot.locales import words as locales
from bot.settings import WebSettings
from storage.db.database import Database, sqlite_url
from storage.db.migrate import migrate
from storage.tables import people

HOME = Place("web", "home", audience="private")
TEAM = Place("web", "team", audience="group")
TOKEN = "a token that only the operator knows"


class Away(Exception):
    """Something below the core is away."""


async def nothing(_incoming: Incoming, _speak: Speak) -> None:
    """An app with nothing to say."""


@dataclass
class Recorder:
    """Hears everything, says what `answer` says, and knows one picture, "i:1", which Eve may not see."""

    answer: Callable[[Incoming, Speak], Awaitable[None]] = nothing
    heard: list[Incoming] = field(default_factory=list)
    read: list[bytes] = field(default_factory=list)
    asked: list[Asking] = field(default_factory=list)
    chosen: str | None = None
    away: Trouble | None = None
    genuine: bool | None = None
    news: list[tuple[str, bytes]] = field(default_factory=list)
    picture_data: bytes | None = None
    listeners: frozenset[str] = frozenset({"replicate"})
    later: int = 0
    """Milliseconds by which the clock of the accounts is ahead."""
    accounts: WebAccounts = field(init=False)

    def open_accounts(self, database: Database) -> None:
        """Keep the accounts in a database."""
        self.accounts = WebAccounts(database, lambda: int(time.time() * 1000) + self.later, SessionWatch())

    async def handle(self, incoming: Incoming, speak: Speak) -> None:
        self.heard.append(incoming)
        if isinstance(incoming, Upload | Reply | Submit):
            self.read += [await photo.read() for photo in incoming.photos]
        await self.answer(incoming, speak)

    async def picture(self, id: str, viewer: Who, size: str) -> PictureFile:
        if id != "i:1" or viewer.name == "Eve":
            raise NoSuchPicture(id)
        return PictureFile(self.picture_data or size.encode(), "image/png", "été 1.png")

    def words(self, text: Text, locale: str) -> str:
        return locales.render(text.key, {key: self._value(value, locale) for key, value in text.args.items()}, locale)

    def _value(self, value: Any, locale: str) -> Any:
        match value:
            case Text():
                return self.words(value, locale)
            case Dollars(micro):
                return locales.dollars(micro, locale)
            case _:
                return value

    async def locale(self, who: Who, client: str) -> str:
        return self.chosen or client

    async def suggest(self, asking: Asking) -> tuple[Suggestion, ...]:
        self.asked.append(asking)
        return (Suggestion("mila", "Mila"),)

    def listens(self, name: str) -> bool:
        return name in self.listeners

    async def hooked(self, name: str, headers: Mapping[str, str], body: bytes) -> bool | None:
        self.news.append((name, body))
        return self.genuine

    async def trouble(self) -> Trouble | None:
        return self.away

    def excuse(self, exc: Exception) -> Text | None:
        return say("error-storage-unreachable") if isinstance(exc, Away) else None


@dataclass
class Served:
    """A served web chat."""

    front: WebFront
    app: Recorder
    transcript: Transcript
    url: str
    running: asyncio.Task[None]
    database: Database

    @property
    def host(self) -> str:
        return self.url.removeprefix("http://")

    async def stop(self) -> None:
        """Stop as a server is stopped."""
        self.running.cancel()
        await asyncio.wait([self.running])

    def tab(self, **headers: str) -> aiohttp.ClientSession:
        """A browser tab: it says where it comes from and keeps its cookies."""
        given = {"Origin": self.url, "Accept-Language": "en", **headers}
        return aiohttp.ClientSession(self.url, headers=given, cookie_jar=aiohttp.CookieJar(unsafe=True))

    @asynccontextmanager
    async def member(self, name: str, role: str = "member", **headers: str) -> AsyncIterator[aiohttp.ClientSession]:
        """A tab of somebody who was invited and joined under a name."""
        async with self.tab(**headers) as tab:
            async with tab.post(await self.invitation(role), data={"name": name}) as response:
                assert response.status == 200, await response.text()
            yield tab

    @asynccontextmanager
    async def operator(self, name: str = "Olga") -> AsyncIterator[aiohttp.ClientSession]:
        """A tab of somebody who gave WEB_TOKEN."""
        async with self.tab() as tab:
            async with tab.post("/sign-in", data={"token": TOKEN, "name": name}) as response:
                assert response.status == 200, await response.text()
            yield tab

    async def invitation(self, role: str = "member") -> str:
        """The path of a new link for somebody new."""
        async with self.database.write() as tx:
            inviter = await people.find_or_add(tx, "test", "inviter", "Inviter", 0)
        return f"/join/{await self.app.accounts.invite(inviter.id, WebRole(role))}"

    async def account(self, name: str) -> Account:
        """The account of that name."""
        return next(one.account for one in await self.app.accounts.members() if one.account.name == name)


@asynccontextmanager
async def served(folder: Path, app: Recorder | None = None, **settings: str) -> AsyncIterator[Served]:
    """Serve over the transcript in `folder` until the block ends, then stop as a server is stopped."""
    database = Database(sqlite_url(folder))
    await migrate(database)
    app, transcript = app or Recorder(), Transcript(database)
    app.open_accounts(database)
    front = WebFront(app, transcript, WebSettings.read({"WEB_PORT": "0", **settings}))
    running = asyncio.create_task(front.run())
    try:
        yield Served(front, app, transcript, await front.url(), running, database)
    finally:
        running.cancel()
        await asyncio.wait([running])
        await database.close()


def answering(*lines: Text, **kwargs: Any) -> Callable[[Incoming, Speak], Awaitable[None]]:
    """An app that always says this."""

    async def answer(_incoming: Incoming, speak: Speak) -> None:
        await speak(Say(lines=lines or (say("web-send"),), **kwargs))

    return answer


async def send(tab: aiohttp.ClientSession, type: str, **fields: Any) -> aiohttp.ClientResponse:
    """Do something on the page, without photos."""
    return await tab.post("/api/events", data=json.dumps({"type": type, "id": str(uuid4()), **fields}))


async def attach(tab: aiohttp.ClientSession, photos: dict[str, bytes], **fields: Any) -> aiohttp.ClientResponse:
    """Send words with photos."""
    form = aiohttp.FormData(quote_fields=False)  # browsers send names as they are
    form.add_field("event", json.dumps({"type": "typed", "id": str(uuid4()), **fields}))
    for name, data in photos.items():
        form.add_field("photo", io.BytesIO(data), filename=name, content_type="image/jpeg")
    return await tab.post("/api/events", data=form)


async def history(tab: aiohttp.ClientSession, **query: str) -> list[dict[str, Any]]:
    """What the page shows of the past, oldest first."""
    async with tab.get("/api/history", params=query) as response:
        entries: list[dict[str, Any]] = (await response.json())["entries"]
        return entries


def texts(entries: list[dict[str, Any]]) -> list[str]:
    """The words of entries, one string each."""
    return [entry["body"].get("text") or "\n".join(entry["body"].get("lines", ())) for entry in entries]
