"""Who is in a group now, asked of Telegram; whoever is in a group reads all its topics."""

import asyncio

import structlog
from telegram import Bot, ChatMember, ChatMemberRestricted
from telegram.error import BadRequest, ChatMigrated, Forbidden, TelegramError

from bot.fronts.telegram.connection.migrated_chats import MigratedChats

FRESH = 10.0
"""Seconds for which an answer of Telegram about one member serves further questions, such as a page of pictures."""
_IN = (ChatMember.OWNER, ChatMember.ADMINISTRATOR, ChatMember.MEMBER)

log = structlog.get_logger(__name__)


class Membership:
    """Answers who can read a group."""

    def __init__(self, bot: Bot, chats: MigratedChats) -> None:
        self._bot = bot
        self._chats = chats
        self._known: dict[tuple[str, str], tuple[float, bool]] = {}

    async def readable(self, who: str, chat: str, threads: frozenset[str]) -> frozenset[str]:
        """All of `threads` for a member of the group; empty for others, and when Telegram does not answer."""
        now = asyncio.get_running_loop().time()
        self._known = {key: one for key, one in self._known.items() if one[0] > now - FRESH}
        if (chat, who) not in self._known:
            try:
                self._known[chat, who] = (now, await self._is_in(int(chat), int(who)))
            except (TelegramError, ValueError) as exc:
                log.warning("telegram membership unknown", chat=chat, reason=type(exc).__name__)
                return frozenset()
        return threads if self._known[chat, who][1] else frozenset()

    def changed(self) -> None:
        """Somebody came into a group, left it or was removed."""
        self._known.clear()

    async def _is_in(self, chat: int, user: int) -> bool:
        if user < 0:  # an anonymous administrator, or a channel: writes as a chat and has no membership to ask for
            return False
        try:
            member = await self._bot.get_chat_member(await self._chats.now(chat), user)
        except ChatMigrated as exc:
            await self._chats.moved(chat, exc.new_chat_id)
            member = await self._bot.get_chat_member(exc.new_chat_id, user)
        except (BadRequest, Forbidden):  # never seen there, or the bot itself was removed
            return False
        return member.status in _IN or (isinstance(member, ChatMemberRestricted) and member.is_member)
