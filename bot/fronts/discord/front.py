"""Discord as a front end: posts what the core says, and listens until it is stopped."""

import asyncio
import hashlib
import threading
from itertools import chain, repeat

import aiohttp
import discord
import structlog
import yarl
from discord.gateway import DiscordWebSocket, KeepAliveHandler
from discord.http import Route

from bot.core.chat.messages import MessageRef, Outgoing, Place, Who
from bot.fronts.common.app_port import ChatApp, FrontFacts, FrontState
from bot.fronts.discord.client import LikenessClient
from bot.fronts.discord.places import PLATFORM
from bot.fronts.discord.sending.message_sender import Message
from bot.settings import DiscordSettings, SettingError

_PAUSES = (1, 2, 5, 10, 30, 60)
"""Seconds between tries to log in while Discord cannot be reached."""
_MOMENT = 0.2
"""Seconds the library gets to notice that it is to stop."""
_BAD_TOKEN = 4004
_BAD_INTENTS = (4013, 4014)
"""Close codes of the gateway (Discord: Opcodes and Status Codes)."""


_log = structlog.get_logger(__name__)


class DiscordFront:
    """Fulfils bot.core.ports.Front for the platform "discord"."""

    platform = PLATFORM

    def __init__(self, app: ChatApp, facts: FrontFacts, settings: DiscordSettings) -> None:
        self._settings = settings
        self.client = LikenessClient(app, facts)

    async def send(
        self, place: Place, outgoing: Outgoing, key: str, *, instead_of: MessageRef | None = None, to: str | None = None
    ) -> MessageRef | None:
        """Send a message, once per key, or put it in the place of an earlier one; None: not delivered."""
        await self.client.opened.wait()
        addressed = Message(place, outgoing, Who(PLATFORM, to, "") if to else None)
        if instead_of is not None:
            return await self.client.messages.edit(instead_of, addressed)
        return await self.client.messages.send(addressed, nonce=_nonce(key))

    async def readable(self, who: str, chat: str, threads: frozenset[str]) -> frozenset[str]:
        await self.client.opened.wait()
        return await self.client.membership.readable(who, chat, threads)

    async def remove(self, ref: MessageRef) -> None:
        await self.client.opened.wait()
        await self.client.messages.remove(ref)

    async def run(self) -> None:
        """Listen until cancelled; raises SettingError where Discord does not let us in."""
        redirect(self._settings)
        async with self.client:
            # the library swallows a cancellation that meets it while it reconnects, so ours stays outside of it
            listening = asyncio.create_task(self._started())
            try:
                await asyncio.wait([listening])
            finally:
                await self._ended(listening)
            try:
                listening.result()
            except (discord.LoginFailure, discord.PrivilegedIntentsRequired, discord.ConnectionClosed) as exc:
                raise _refused(exc) from exc

    async def _ended(self, listening: "asyncio.Task[None]") -> None:
        """Leave Discord, whatever the library is at."""
        while not listening.done():
            listening.cancel()
            await asyncio.wait([listening], timeout=_MOMENT)
        await self._left()

    async def _started(self) -> None:
        """Log in, however long Discord cannot be reached, and listen; the library itself reconnects from then on."""
        for pause in chain(_PAUSES, repeat(_PAUSES[-1])):
            try:
                await self.client.start(self._settings.token)
                return
            except (aiohttp.ClientConnectionError, OSError, discord.DiscordServerError) as exc:
                _log.warning("discord_unreachable", again_in=pause, reason=str(exc))
            await self._left()
            self.client.clear()
            self.client.http.connector = discord.utils.MISSING  # it closed with the session, and is not made anew
            await asyncio.sleep(pause)

    async def _left(self) -> None:
        """Close what is open; the library forgets connections that were cut off before they said who they are."""
        await self.client.close()
        loop = asyncio.get_running_loop()
        beating = [thread for thread in threading.enumerate() if isinstance(thread, KeepAliveHandler)]
        cut_off = [thread.ws.close() for thread in beating if thread.ws.loop is loop]
        await asyncio.gather(*cut_off, return_exceptions=True)


def build(app: ChatApp, state: FrontState, settings: DiscordSettings) -> DiscordFront:
    """Build the front."""
    return DiscordFront(app, state.facts, settings)


def redirect(settings: DiscordSettings) -> None:
    """Speak to another server than Discord's own.

    The library knows its addresses as attributes of two classes that its parts name themselves, so no client can have
    addresses of its own; a process has one Discord.
    """
    if settings.api_url:
        Route.BASE = settings.api_url
    if settings.gateway_url:
        DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(settings.gateway_url)


def _nonce(key: str) -> str:
    """The same for the same key; Discord keeps no second message with it (at most 25 characters)."""
    return hashlib.sha256(key.encode()).hexdigest()[:25]


def _refused(exc: discord.LoginFailure | discord.PrivilegedIntentsRequired | discord.ConnectionClosed) -> Exception:
    """Why Discord does not let us in, as a setting to correct; other ends of a connection are what they are."""
    code = exc.code if isinstance(exc, discord.ConnectionClosed) else None
    if isinstance(exc, discord.LoginFailure) or code == _BAD_TOKEN:
        return SettingError(
            "DISCORD_TOKEN", "Discord does not know it; copy it again from your application's page, Bot, Reset Token"
        )
    if isinstance(exc, discord.PrivilegedIntentsRequired) or code in _BAD_INTENTS:
        fix = "Discord refuses what this bot listens to; check that the token is that of your Likeness application"
        return SettingError("DISCORD_TOKEN", fix)
    return exc
