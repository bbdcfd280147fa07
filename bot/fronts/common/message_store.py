"""What a platform cannot be asked again about our messages, kept over a restart."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from bot.core.chat.messages import MessageRef
from bot.fronts.common.app_port import FactKey, FrontFacts


class MessageStore:
    """Facts (plain JSON) by chat and message id of one platform."""

    def __init__(self, facts: FrontFacts, platform: str) -> None:
        self._facts = facts
        self._platform = platform

    async def fact(self, chat: str, id_: str) -> Mapping[str, Any] | None:
        return await self._facts.get(FactKey(self._platform, chat, id_))

    async def note(self, chat: str, id_: str, body: Mapping[str, Any], owner: str | None = None) -> None:
        """Keep a fact in place of the one kept before; `owner` is the person who may have it deleted."""
        await self._facts.put(FactKey(self._platform, chat, id_), body, owner)

    async def forget(self, chat: str, id_: str) -> None:
        await self._facts.forget(FactKey(self._platform, chat, id_))

    async def facts(self, chat: str) -> list[Mapping[str, Any]]:
        """The newest facts kept under a chat."""
        return list(await self._facts.of_chat(self._platform, chat))

    async def keyed(self, chat: str, key: str, ref: MessageRef | None) -> MessageRef | None:
        """The message to edit for an idempotency key: `ref`, else the one first edited under that key."""
        known = await self.fact(chat, f"key:{key}")
        if ref is None:
            return MessageRef(**known["ref"]) if known else None
        if known is None:
            await self.note(chat, f"key:{key}", {"type": "key", "ref": asdict(ref)})
        return ref
