"""The open pages: a WebSocket for each, on which every change to the chat is pushed while its session is valid."""

import asyncio
import time
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import structlog
from aiohttp import WSCloseCode, web
from aiohttp.typedefs import Handler

from bot.core.front_state.transcript import Entry
from bot.fronts.web.access.middleware import Middlewares
from bot.fronts.web.access.people import PERSON, Person
from bot.fronts.web.access.refusal import Refused
from bot.fronts.web.app_port import ChatApp
from bot.fronts.web.chat.renderer import entry_view

_HEARTBEAT = 25.0
_BACKLOG = 500
"""Changes a slow page may fall behind before it is cut off; it catches up when it comes back."""
_PAGES_MOST = 20
"""Pages of one person that may be open at once."""
_CHECKED_EVERY = 20.0
"""Seconds after which it is noticed that a session has been idle for too long."""

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Posted:
    """An entry was added, or its body replaced."""

    entry: Entry


@dataclass(frozen=True, slots=True)
class Gone:
    """An entry was taken away."""

    chat: str
    id: str


Change: TypeAlias = Posted | Gone


@dataclass(eq=False, slots=True)
class _Page:
    reader: Person
    socket: web.WebSocketResponse
    changes: asyncio.Queue[Change | None] = field(default_factory=lambda: asyncio.Queue(_BACKLOG))
    is_over: bool = False

    @property
    def session(self) -> str:
        """The id of its session; "" for the owner at home."""
        return self.reader.session.id if self.reader.session else ""

    def concerns(self, change: Change) -> bool:
        match change:
            case Posted(entry):
                return entry.chat == self.reader.place.chat and entry.private_to in (None, self.reader.who.id)
            case Gone(chat, _):
                return chat == self.reader.place.chat


class Feed:
    """Publishes changes to the pages that are open now; what they miss they fetch from the history."""

    def __init__(self, app: ChatApp) -> None:
        self._app = app
        self._pages: set[_Page] = set()

    def publish(self, change: Change) -> None:
        for page in self._pages:
            if page.concerns(change):
                _queue(page, change)

    def route(self, middlewares: Middlewares) -> Handler:
        """The handler of the WebSocket."""

        async def listen(request: web.Request) -> web.StreamResponse:
            person = request[PERSON]
            middlewares.limit(person, "socket")
            if person.session and sum(page.reader.who == person.who for page in self._pages) >= _PAGES_MOST:
                raise Refused(429, "web-too-many-pages")
            return await self._listen(request, person)

        return listen

    async def check(self) -> None:
        """Close the pages whose session is over."""
        pages = [page for page in self._pages if page.session]
        if not pages:
            return
        valid = await self._app.accounts.valid({page.session for page in pages})
        for page in pages:
            if page.session not in valid:
                page.is_over = True
                self._pages.discard(page)
                _queue(page, None)

    async def check_regularly(self) -> None:
        """Check until cancelled."""
        while True:
            await asyncio.sleep(_CHECKED_EVERY)
            try:
                await self.check()
            except Exception:
                _log.exception("web_sessions_unchecked")

    async def _listen(self, request: web.Request, person: Person) -> web.WebSocketResponse:
        """Serve one page until it goes; `now` in the hello lets it count seconds by our clock."""
        socket = web.WebSocketResponse(heartbeat=_HEARTBEAT, max_msg_size=1024)
        await socket.prepare(request)
        page = _Page(person, socket)
        self._pages.add(page)
        await self.check()  # the session may have ended between the request and now
        writer = asyncio.create_task(self._write(page))
        try:
            async for _ in socket:
                pass  # pages speak by POST
        finally:
            self._pages.discard(page)
            writer.cancel()
            await asyncio.gather(writer, return_exceptions=True)
        return socket

    async def close(self) -> None:
        """Tell every page that the server goes away; they come back by themselves."""
        await asyncio.gather(
            *(page.socket.close(code=WSCloseCode.GOING_AWAY) for page in tuple(self._pages)),
            return_exceptions=True,
        )

    async def _write(self, page: _Page) -> None:
        """Send changes until the page falls too far behind or goes away; a closed page comes back and catches up."""
        try:
            await page.socket.send_json({"type": "hello", "now": time.time()})
            while not page.is_over and (change := await page.changes.get()) is not None:
                await page.socket.send_json(self._message(page, change))
        except ConnectionError:
            return
        except Exception:
            _log.exception("web_push_failed")
        await page.socket.close(code=WSCloseCode.POLICY_VIOLATION if page.is_over else WSCloseCode.TRY_AGAIN_LATER)

    def _message(self, page: _Page, change: Change) -> dict[str, Any]:
        match change:
            case Posted(entry):
                return {"type": "entry", "entry": entry_view(self._app, entry, page.reader)}
            case Gone(_, id_):
                return {"type": "gone", "id": id_}


def _queue(page: _Page, change: Change | None) -> None:
    """Queue a change, or None for the end; a page that is too far behind ends."""
    try:
        page.changes.put_nowait(change)
    except asyncio.QueueFull:
        while not page.changes.empty():
            page.changes.get_nowait()
        page.changes.put_nowait(None)
