"""The web chat as a front end: posts the core's messages and serves the pages until it is stopped."""

import asyncio
import errno
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog
from aiohttp import web

from bot.core.chat.messages import Audience, MessageRef, Outgoing, Place
from bot.core.front_state.front_facts import FrontState
from bot.fronts.web import site
from bot.fronts.web.access.people import PLATFORM, TEAM
from bot.fronts.web.access.rare_log import RareLog
from bot.fronts.web.app_port import ChatApp, ChatMemory
from bot.fronts.web.chat.chat_store import ChatStore, Post
from bot.fronts.web.chat.live_feed import Feed
from bot.fronts.web.connections import Connections, bound
from bot.settings import SettingError, WebSettings

_SHUTDOWN = 10.0
"""Seconds that open requests get to finish when the server stops."""
_NOBODY = ""

_log = structlog.get_logger(__name__)


class WebFront:
    """Fulfils bot.core.ports.Front for the platform "web"."""

    platform = PLATFORM

    def __init__(self, app: ChatApp, transcript: ChatMemory, settings: WebSettings) -> None:
        self._app = app
        self._settings = settings
        self._feed = Feed(app)
        app.accounts.watch.subscribe(self._feed.check)
        self._store = ChatStore(transcript, self._feed)
        self.port = 0
        """The port it listens on, once bound."""
        self._bound = asyncio.Event()

    async def send(
        self, place: Place, outgoing: Outgoing, key: str, *, instead_of: MessageRef | None = None, to: str | None = None
    ) -> MessageRef:
        """Post a message, once per key, or put it in the place of an earlier one.

        In a shared place a private message keeps the reader of the one it replaces; a new one is read by the
        person whose id is `to`, and without that by nobody.
        """
        alone = place.audience == Audience.PRIVATE or not outgoing.private
        reader = None if alone else to or _NOBODY
        return await self._store.post(Post(place, outgoing, key, reader, instead_of))

    async def readable(self, who: str, chat: str, threads: frozenset[str]) -> frozenset[str]:
        """The threads an account can read: all of the team's place, as long as it is a member of it."""
        is_member = chat == TEAM.chat and await self._app.accounts.reads_team(who)
        return threads if is_member else frozenset()

    async def remove(self, ref: MessageRef) -> None:
        await self._store.remove(ref)

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
        log = RareLog()
        connections = Connections(bound(), log)
        parts = site.Parts(
            app=self._app, store=self._store, feed=self._feed, connections=connections, settings=self._settings, log=log
        )
        runner = web.AppRunner(site.build(parts), access_log=None, shutdown_timeout=_SHUTDOWN)
        await runner.setup()
        checking = asyncio.create_task(self._feed.check_regularly())
        try:
            async with self._listening(connections, runner) as port:
                yield port
        finally:
            checking.cancel()
            await runner.cleanup()

    @asynccontextmanager
    async def _listening(self, connections: Connections, runner: web.AppRunner) -> AsyncIterator[int]:
        """The port, open for as long as the block runs; raises SettingError."""
        assert runner.server is not None
        accept = connections.factory(runner.server)
        try:
            server = await asyncio.get_running_loop().create_server(accept, self._settings.host, self._settings.port)
        except OSError as exc:
            raise _cannot_listen(exc, self._settings) from exc
        try:
            yield server.sockets[0].getsockname()[1]
        finally:
            server.close()


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
