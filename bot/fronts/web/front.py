"""The web chat as a front end: posts what the core says and serves the page until it is stopped."""

import asyncio
import errno
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog
from aiohttp import web

from bot.core.chat.messages import Audience, MessageRef, Outgoing, Place
from bot.core.front_state.front_facts import FrontState
from bot.fronts.web import site
from bot.fronts.web.access.people import PLATFORM
from bot.fronts.web.app_port import ChatApp, ChatMemory
from bot.fronts.web.chat.chat_store import Post, Rooms
from bot.fronts.web.chat.live_feed import Feed
from bot.settings import SettingError, WebSettings

_LAST_ANSWERS = 10.0
"""Seconds that requests under way may take to end when the server stops."""
_NOBODY = ""

_log = structlog.get_logger(__name__)


class WebFront:
    """Fulfils bot.core.ports.Front for the platform "web"."""

    platform = PLATFORM

    def __init__(self, app: ChatApp, transcript: ChatMemory, settings: WebSettings) -> None:
        self._app = app
        self._settings = settings
        self._feed = Feed(app)
        self._rooms = Rooms(transcript, self._feed)
        self.port = 0
        """The port it listens on, once bound."""
        self._bound = asyncio.Event()

    async def send(
        self, place: Place, outgoing: Outgoing, key: str, *, instead_of: MessageRef | None = None, to: str | None = None
    ) -> MessageRef:
        """Post a message, once per key, or put it in the place of an earlier one.

        In a shared room a private message keeps the reader of the one it replaces; a new one is read by the
        person whose id is `to`, and without that by nobody.
        """
        alone = place.audience == Audience.PRIVATE or not outgoing.private
        reader = None if alone else to or _NOBODY
        return await self._rooms.post(Post(place, outgoing, key, reader, instead_of))

    async def readable(self, who: str, chat: str, threads: frozenset[str]) -> frozenset[str]:
        """Whoever has signed in reads the team's room."""
        return threads

    async def remove(self, ref: MessageRef) -> None:
        await self._rooms.remove(ref)

    async def url(self) -> str:
        """Where the page is, once the port is bound."""
        await self._bound.wait()
        return self._settings.public_url or f"http://{self._settings.reach}:{self.port}"

    async def run(self) -> None:
        """Serve until cancelled, then let requests under way end; raises SettingError where we cannot listen."""
        async with self._serving() as self.port:
            self._bound.set()
            _log.info("web_listening", url=await self.url())
            await asyncio.Event().wait()

    @asynccontextmanager
    async def _serving(self) -> AsyncIterator[int]:
        built = site.build(self._app, self._rooms, self._feed, self._settings)
        runner = web.AppRunner(built, access_log=None, shutdown_timeout=_LAST_ANSWERS)
        await runner.setup()
        try:
            listener = web.TCPSite(runner, self._settings.host, self._settings.port)
            try:
                await listener.start()
            except OSError as exc:
                raise _cannot_listen(exc, self._settings) from exc
            yield runner.addresses[0][1]
        finally:
            await runner.cleanup()


def build(app: ChatApp, state: FrontState, settings: WebSettings) -> WebFront:
    """Build the web chat."""
    return WebFront(app, state.transcript, settings)


def _cannot_listen(exc: OSError, settings: WebSettings) -> SettingError:
    match exc.errno:
        case errno.EADDRINUSE:
            fix = f"port {settings.port} is taken: stop what listens there, or choose another number"
            return SettingError("WEB_PORT", fix)
        case errno.EACCES:
            return SettingError("WEB_PORT", f"port {settings.port} needs root: choose one above 1023")
        case _:
            return SettingError("WEB_HOST", f"{settings.host} is no address of this machine: try 127.0.0.1")
