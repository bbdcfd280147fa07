"""The open pages: each holds a WebSocket on which it hears of every change to the chat it may read."""

import asyncio
import time
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import structlog
from aiohttp import WSCloseCode, web

from bot.core.front_state.transcript import Entry
from bot.fronts.web.access.people import PERSON, Person
from bot.fronts.web.app_port import ChatApp
from bot.fronts.web.chat.renderer import entry_view

_HEARTBEAT = 25.0
_BACKLOG = 500
"""Changes a slow page may fall behind before it is cut off; it catches up when it comes back."""

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

    async def listen(self, request: web.Request) -> web.WebSocketResponse:
        """Serve one page until it goes; `now` in the hello lets it count seconds by our clock."""
        socket = web.WebSocketResponse(heartbeat=_HEARTBEAT, max_msg_size=1024)
        await socket.prepare(request)
        page = _Page(request[PERSON], socket)
        self._pages.add(page)
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
            while (change := await page.changes.get()) is not None:
                await page.socket.send_json(self._message(page, change))
        except ConnectionError:
            return
        except Exception:
            _log.exception("web_push_failed")
        await page.socket.close(code=WSCloseCode.TRY_AGAIN_LATER)

    def _message(self, page: _Page, change: Change) -> dict[str, Any]:
        match change:
            case Posted(entry):
                return {"type": "entry", "entry": entry_view(self._app, entry, page.reader)}
            case Gone(_, id_):
                return {"type": "gone", "id": id_}


def _queue(page: _Page, change: Change) -> None:
    try:
        page.changes.put_nowait(change)
    except asyncio.QueueFull:
        while not page.changes.empty():
            page.changes.get_nowait()
        page.changes.put_nowait(None)
