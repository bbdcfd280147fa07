"""What people do on Telegram: write, send, answer, press, react, and put the bot in and out of groups."""

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

from tests.servers.telegram_methods import Methods
from tests.servers.telegram_world import Chat, Json, World

ANONYMOUS: Json = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
_NUMBERS = count(1)
PATIENCE = 10.0
"""Seconds after which what did not happen is told as a failure."""


@dataclass(frozen=True)
class Posted:
    """A message of the bot as it stands now."""

    chat: Chat
    id: int
    message: Json

    @property
    def text(self) -> str:
        return str(self.message.get("text") or self.message.get("caption") or "")

    @property
    def kind(self) -> str:
        return next(kind for kind in ("photo", "document", "text") if kind in self.message)

    @property
    def buttons(self) -> list[str]:
        return [button["text"] for row in self.rows for button in row]

    @property
    def rows(self) -> list[list[Json]]:
        rows: list[list[Json]] = self.message.get("reply_markup", {}).get("inline_keyboard", [])
        return rows

    @property
    def forces_reply(self) -> bool:
        return "forces_reply" in self.message

    @property
    def answers(self) -> int | None:
        earlier = self.message.get("reply_to_message")
        return earlier["message_id"] if earlier else None

    def data(self, label: str) -> str:
        """What the button whose label contains `label` sends."""
        for row in self.rows:
            for button in row:
                if label in button["text"]:
                    return str(button["callback_data"])
        raise AssertionError(f"no button {label!r} among {self.buttons}")


class Room:
    """A chat as people see it."""

    def __init__(self, world: World, methods: Methods, chat: Chat) -> None:
        self.world = world
        self.methods = methods
        self.chat = chat

    @property
    def said(self) -> list[Posted]:
        """The bot's messages that stand in the chat, oldest first."""
        ours = [(id_, one) for id_, one in self.chat.messages.items() if one.get("from") == self.world.me]
        return [Posted(self.chat, id_, one) for id_, one in sorted(ours)]

    @property
    def last(self) -> Posted:
        return self.said[-1]

    async def until(self, happened: Callable[[], Any]) -> Any:
        """What `happened` returns, once that is true."""
        return await asyncio.wait_for(self.world.until(happened), PATIENCE)

    async def hears(self, words: str, *, kind: str | None = None) -> Posted:
        """The newest message that holds these words, once it stands there."""

        def found() -> Posted | None:
            fitting = [one for one in self.said if words in one.text and kind in (None, one.kind)]
            return fitting[-1] if fitting else None

        try:
            posted: Posted = await self.until(found)
        except TimeoutError:
            raise AssertionError(f"{words!r} is not among {[one.text for one in self.said]}") from None
        return posted

    async def shows(self, button: str) -> Posted:
        """The newest message with a button of that label, once it stands there."""

        def found() -> Posted | None:
            fitting = [one for one in self.said if any(button in label for label in one.buttons)]
            return fitting[-1] if fitting else None

        try:
            posted: Posted = await self.until(found)
        except TimeoutError:
            raise AssertionError(f"no {button!r} among {[(one.text, one.buttons) for one in self.said]}") from None
        return posted


class Group(Room):
    """A group, and what its owner does with the bot."""

    async def bot_is(self, status: str, by: "Human") -> None:
        """The bot's status in the group changes."""
        old = self.methods.member(self.chat, self.world.me["id"])
        self.chat.bot = status
        new = self.methods.member(self.chat, self.world.me["id"])
        change = {"chat": self.chat.json, "from": by.user, "date": int(time.time())}
        await self.world.update("my_chat_member", {**change, "old_chat_member": old, "new_chat_member": new})

    async def becomes_supergroup(self) -> "Group":
        """The group moves to another id, and both are told of it."""
        fresh = Chat(self.chat.id - 1_000_000_000_000, "supergroup", self.chat.title, self.chat.bot, self.chat.admins)
        self.world.chats[fresh.id] = fresh
        said = self.world.message(self.chat, ANONYMOUS, migrate_to_chat_id=fresh.id)
        self.chat.moved_to = fresh.id
        await self.world.update("message", said)
        come = self.world.message(fresh, ANONYMOUS, migrate_from_chat_id=self.chat.id)
        await self.world.update("message", come)
        return Group(self.world, self.methods, fresh)


class Human(Room):
    """Somebody with their private chat; everything takes the room it happens in (theirs, when none is named)."""

    def __init__(self, world: World, methods: Methods, user: Json, chat: Chat) -> None:
        super().__init__(world, methods, chat)
        self.user = user
        self.id = int(user["id"])

    async def writes(self, text: str, room: Room | None = None, **how: Any) -> int:
        """Send words; `to` answers a message, `thread` is a topic, `age` seconds ago, `anonymous` as the group."""
        return await self._sends(room, text=text, **how)

    async def sends_photo(self, data: bytes, caption: str = "", room: Room | None = None, **how: Any) -> int:
        return await self._sends(room, photo=self.world.sizes(data), **_caption(caption), **how)

    async def sends_file(self, data: bytes, name: str, caption: str = "", room: Room | None = None, **how: Any) -> int:
        document = {**self.world.file(data), "file_name": name, "mime_type": "application/octet-stream"}
        return await self._sends(room, document=document, **_caption(caption), **how)

    async def sends_album(
        self, photos: Sequence[bytes], caption: str = "", room: Room | None = None, *,
        files: bool = False, video: bool = False, **how: Any,
    ) -> list[int]:  # fmt: skip
        """Several photos at once, which arrive one by one; as files where `files` says so, or after a video."""
        group = f"g{next(_NUMBERS)}"
        ids = []
        if video:
            ids.append(await self.sends("video", room, caption=caption, media_group_id=group, **how))
            caption = ""
        for number, data in enumerate(photos):
            words = _caption(caption) if number == 0 else {}
            content: Json = (
                {"document": {**self.world.file(data), "file_name": f"file {number + 1}.jpg"}}
                if files
                else {"photo": self.world.sizes(data)}
            )
            ids.append(await self._sends(room, media_group_id=group, **content, **words, **how))
        return ids

    async def sends(self, kind: str, room: Room | None = None, *, caption: str = "", **how: Any) -> int:
        """A sticker, video, animation or voice."""
        sizes = {"width": 512, "height": 512, "duration": 3}
        extra = {"sticker": {"type": "regular", "is_animated": False, "is_video": False}}.get(kind, {})
        content = {kind: {**self.world.file(b"something else"), **sizes, **extra}}
        if kind == "animation":
            content["document"] = self.world.file(b"something else")
        return await self._sends(room, **content, **_caption(caption), **how)

    async def edits(self, id_: int, text: str, room: Room | None = None) -> None:
        """Change words that were sent."""
        chat = (room or self).chat
        chat.messages[id_] |= {"text": text, "edit_date": int(time.time())}
        await self.world.update("edited_message", chat.messages[id_])

    async def presses(self, label: str, on: Posted | None = None, room: Room | None = None) -> Json:
        """Press a button (of the newest message that has it) and wait for the answer of the press."""
        posted = on or await (room or self).shows(label)
        return await self.presses_data(posted.data(label), posted)

    async def presses_data(self, data: str, posted: Posted) -> Json:
        """Press a button by what it sends."""
        id_ = f"q{next(_NUMBERS)}"
        query = {
            "id": id_, "from": self.user, "chat_instance": "1", "data": data,
            "message": posted.chat.messages[posted.id],
        }  # fmt: skip
        await self.world.update("callback_query", query)

        def answered() -> Json | None:
            return next((one for one in self.methods.popups if one["callback_query_id"] == id_), None)

        popup: Json = await self.until(answered)
        return popup

    async def reacts(self, posted: Posted, old: Sequence[str], new: Sequence[str]) -> None:
        """Change one's reactions to a message."""
        change = {
            "chat": posted.chat.json, "message_id": posted.id, "user": self.user, "date": int(time.time()),
            "old_reaction": [{"type": "emoji", "emoji": one} for one in old],
            "new_reaction": [{"type": "emoji", "emoji": one} for one in new],
        }  # fmt: skip
        await self.world.update("message_reaction", change)

    async def counts(self, posted: Posted, **counts: int) -> None:
        """Anonymous reactions to a message are counted."""
        change = {
            "chat": posted.chat.json, "message_id": posted.id, "date": int(time.time()),
            "reactions": [{"type": {"type": "emoji", "emoji": one}, "total_count": n} for one, n in counts.items()],
        }  # fmt: skip
        await self.world.update("message_reaction_count", change)

    async def blocks(self) -> None:
        """Let the bot write no more."""
        old = self.methods.member(self.chat, self.world.me["id"], "member")
        self.chat.bot = "kicked"
        new = self.methods.member(self.chat, self.world.me["id"])
        change = {"chat": self.chat.json, "from": self.user, "date": int(time.time())}
        await self.world.update("my_chat_member", {**change, "old_chat_member": old, "new_chat_member": new})

    async def starts(self, payload: str = "") -> int:
        """Press Start, perhaps behind a link."""
        self.chat.bot = "member"
        return await self.writes(f"/start {payload}".strip())

    async def _sends(
        self, room: Room | None, *, to: int | None = None, thread: int | None = None, age: int = 0,
        anonymous: bool = False, **content: Any,
    ) -> int:  # fmt: skip
        chat = (room or self).chat
        fields: Json = dict(content)
        if to is not None:
            fields["reply_to_message"] = self.world.found(chat, to)
        if thread is not None:
            opened = {
                "message_id": thread,
                "date": 1,
                "chat": chat.json,
                "forum_topic_created": {"name": "Pictures", "icon_color": 1},
            }
            fields = {"reply_to_message": opened, **fields, "message_thread_id": thread, "is_topic_message": True}
        if anonymous:
            fields["sender_chat"] = chat.json
        message = self.world.message(chat, ANONYMOUS if anonymous else self.user, **fields)
        message["date"] -= age
        if self.world.hears(chat, message):
            await self.world.update("message", message)
        return int(message["message_id"])


def _caption(caption: str) -> Json:
    return {"caption": caption} if caption else {}
