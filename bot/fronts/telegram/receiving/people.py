"""Who writes, what they are in a group, and which language their client speaks."""

import asyncio

from telegram import Bot, Chat, Message, User
from telegram.error import TelegramError

from bot.core.chat.messages import Who
from bot.fronts.common.app_port import ChatApp
from bot.fronts.telegram import PLATFORM
from bot.fronts.telegram.sending.message_store import LayoutStore

ADMINISTRATORS_FOR = 600.0
"""Seconds for which a group's list of administrators is taken as it was."""
_PERSON = "person"


class People:
    """Knows the people of this front."""

    def __init__(self, bot: Bot, app: ChatApp, store: LayoutStore) -> None:
        self._bot = bot
        self._app = app
        self._store = store
        self._known: dict[int, tuple[str, str]] = {}
        self._administrators: dict[int, tuple[float, frozenset[int]]] = {}

    async def author(self, message: Message) -> Who | None:
        """Who wrote a message; anonymous administrators and channels write as a chat. None for other bots."""
        if (chat := message.sender_chat) is not None:
            if message.is_automatic_forward:
                return None
            anonymous = chat.id == message.chat.id
            name = message.author_signature or chat.title or ""
            return Who(PLATFORM, str(chat.id), name, manages=True if anonymous else None)
        user = message.from_user
        return None if user is None or user.is_bot else await self.who(user, message.chat)

    async def who(self, user: User, chat: Chat) -> Who:
        """A person in a chat; what their client said about them is remembered."""
        known = (user.language_code or "en", user.full_name)
        if self._known.get(user.id) != known:
            body = {"type": _PERSON, "locale": known[0], "name": known[1]}
            await self._store.note(str(user.id), _PERSON, body, str(user.id))
            self._known[user.id] = known
        manages = None if chat.type == Chat.PRIVATE else await self._manages(chat.id, user.id)
        return Who(PLATFORM, str(user.id), user.full_name, manages)

    async def recalled(self, id_: str) -> Who:
        """A person by id alone, with the name they had."""
        return Who(PLATFORM, id_, (await self._person(id_))[1])

    async def locale(self, who: Who) -> str:
        """The language somebody reads: the one they chose, else their client's."""
        return await self._app.locale(who, (await self._person(who.id))[0])

    def changed(self, chat: int) -> None:
        """Somebody's rights in a group changed."""
        self._administrators.pop(chat, None)

    async def _person(self, id_: str) -> tuple[str, str]:
        if id_.isdecimal() and (known := self._known.get(int(id_))):
            return known
        fact = await self._store.fact(id_, _PERSON)
        return (str(fact["locale"]), str(fact["name"])) if fact else ("en", "")

    async def _manages(self, chat: int, user: int) -> bool | None:
        """Whether somebody looks after a group; None when Telegram does not tell."""
        now = asyncio.get_running_loop().time()
        until, ids = self._administrators.get(chat, (0.0, frozenset()))
        if until <= now:
            try:
                members = await self._bot.get_chat_administrators(chat)
            except TelegramError:
                return None
            ids = frozenset(member.user.id for member in members)
            self._administrators[chat] = (now + ADMINISTRATORS_FOR, ids)
        return user in ids
