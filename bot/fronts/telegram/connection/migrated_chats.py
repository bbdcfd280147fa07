"""Groups that became supergroups: the core keeps their first id, Telegram has another."""

from bot.fronts.common.message_store import MessageStore
from bot.fronts.telegram.sending.message_store import BOT


class MigratedChats:
    """Translates between the id a chat was first known by and the one it has now."""

    def __init__(self, store: MessageStore) -> None:
        self._store = store
        self._first: dict[int, int] = {}
        self._now: dict[int, int] = {}

    async def first(self, chat: int) -> int:
        """The id under which the core knows a chat."""
        if chat > 0:
            return chat
        if chat not in self._first:
            fact = await self._store.fact(BOT, f"was:{chat}")
            self._first[chat] = int(fact["chat"]) if fact else chat
        return self._first[chat]

    async def now(self, chat: int) -> int:
        """The id a chat has on Telegram."""
        if chat > 0:
            return chat
        if chat not in self._now:
            fact = await self._store.fact(BOT, f"now:{chat}")
            self._now[chat] = int(fact["chat"]) if fact else chat
        return self._now[chat]

    async def moved(self, old: int, new: int) -> None:
        """Note that a group has another id from now on."""
        first = await self.first(old)
        await self._store.note(BOT, f"was:{new}", {"type": "moved", "chat": first})
        for known in {first, old}:
            await self._store.note(BOT, f"now:{known}", {"type": "moved", "chat": new})
            self._now[known] = new
        self._first[new] = first
