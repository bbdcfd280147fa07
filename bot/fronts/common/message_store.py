"""What a platform cannot be asked again about our messages, kept over a restart."""

import asyncio
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any
from weakref import WeakValueDictionary

from bot.core.chat.messages import MessageRef
from bot.fronts.common.app_port import ChatMemory, Entry
from bot.fronts.common.clock import unix_ms


class MessageStore:
    """Facts (plain JSON) by chat and message id; `platform` is the author of those that belong to no person."""

    def __init__(self, memory: ChatMemory, platform: str) -> None:
        self._memory = memory
        self._platform = platform
        self._writing: WeakValueDictionary[tuple[str, str], asyncio.Lock] = WeakValueDictionary()

    async def fact(self, chat: str, id_: str) -> Mapping[str, Any] | None:
        entry = await self._memory.get(chat, id_)
        return entry.body if entry else None

    async def note(self, chat: str, id_: str, body: Mapping[str, Any], owner: str | None = None) -> None:
        """Keep a fact in place of the one kept before; `owner` is the person who may have it deleted."""
        async with self._writing.setdefault((chat, id_), asyncio.Lock()):
            if not await self._memory.replace(chat, id_, body):
                await self._memory.append(Entry(chat, id_, owner or self._platform, "", body, None, unix_ms()))

    async def forget(self, chat: str, id_: str) -> None:
        await self._memory.remove(chat, id_)

    async def facts(self, chat: str) -> list[Mapping[str, Any]]:
        """The newest facts kept under a chat."""
        return [entry.body for entry in await self._memory.page(chat, self._platform, limit=200)]

    async def keyed(self, chat: str, key: str, ref: MessageRef | None) -> MessageRef | None:
        """The message to edit for an idempotency key: `ref`, else the one first edited under that key."""
        known = await self.fact(chat, f"key:{key}")
        if ref is None:
            return MessageRef(**known["ref"]) if known else None
        if known is None:
            await self.note(chat, f"key:{key}", {"type": "key", "ref": asdict(ref)})
        return ref
