"""Chats, messages, files and updates as Telegram keeps them; the loopback server and the people of tests act on it."""

import asyncio
import pickle
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from PIL import Image

Json = dict[str, Any]
OFF_BY_DEFAULT = ("chat_member", "message_reaction", "message_reaction_count")
SIDES = (90, 320, 800, 1280)
"""The longest sides to which Telegram re-encodes a photo."""


class Refused(Exception):
    """The Bot API answers an error."""

    def __init__(self, code: int, description: str, **parameters: Any) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters


@dataclass
class Chat:
    """One chat; `bot` is the bot's status in it, for a private chat whether the person let it write."""

    id: int
    type: str
    title: str
    bot: str = "member"
    admins: set[int] = field(default_factory=set)
    forum: bool = False
    moved_to: int | None = None
    slow: float = 0.0
    """Seconds that slow mode wants between two messages of one member."""
    refuses: str = ""
    """The words with which Telegram refuses the bot's messages and edits here."""
    takes_photos: bool = True
    free_at: float = 0.0
    messages: dict[int, Json] = field(default_factory=dict)
    last_id: int = 0
    actions: list[str] = field(default_factory=list)

    @property
    def json(self) -> Json:
        name = {"first_name": self.title} if self.type == "private" else {"title": self.title}
        return {"id": self.id, "type": self.type, **name, **({"is_forum": True} if self.forum else {})}


class World:
    """Everything Telegram knows."""

    def __init__(self, token: str) -> None:
        self.token = token
        self.me: Json = {
            "id": int(token.split(":")[0]),
            "is_bot": True,
            "first_name": "Likeness",
            "username": "LikenessBot",
        }
        self.chats: dict[int, Chat] = {}
        self.people: dict[int, Json] = {}
        self.files: dict[str, bytes] = {}
        self.updates: list[Json] = []
        self.sent: list[Json] = []
        self.allowed: tuple[str, ...] | None = None
        self.changed = asyncio.Condition()
        self._update_id = 1000
        self._file = 0

    def message(self, chat: Chat, sender: Json | None, **fields: Any) -> Json:
        """A new message in a chat."""
        chat.last_id += 1
        message = {"message_id": chat.last_id, "date": int(time.time()), "chat": chat.json, **fields}
        if sender is not None:
            message["from"] = sender
        chat.messages[chat.last_id] = message
        return message

    def found(self, chat: Chat, id_: int) -> Json:
        """A message as answers and presses carry it: without the one it answers itself."""
        return {key: value for key, value in chat.messages[id_].items() if key != "reply_to_message"}

    async def update(self, kind: str, value: Json) -> None:
        """Tell the bot of something, if it asked for that kind."""
        async with self.changed:
            if kind in self.allowed if self.allowed else kind not in OFF_BY_DEFAULT:
                self._update_id += 1
                self.updates.append({"update_id": self._update_id, kind: value})
                self.sent.append(self.updates[-1])
            self.changed.notify_all()

    def hears(self, chat: Chat, message: Json) -> bool:
        """Whether the bot is told of a message: of a group, in privacy mode, only what is for it unless it manages."""
        if chat.type == "private" or chat.bot == "administrator":
            return True
        words = str(message.get("text") or message.get("caption") or "")
        answered = message.get("reply_to_message", {}).get("from") == self.me
        return answered or words.startswith("/") or f"@{self.me['username']}" in words

    async def repeat(self, kind: str) -> None:
        """Send the last update of a kind once more, as Telegram does where it heard no confirmation."""
        async with self.changed:
            self.updates.append(next(one for one in reversed(self.sent) if kind in one))
            self.changed.notify_all()

    async def tell(self) -> None:
        """Something is different now."""
        async with self.changed:
            self.changed.notify_all()

    async def until(self, happened: Callable[[], Any]) -> Any:
        """What `happened` returns, once that is true."""
        async with self.changed:
            await self.changed.wait_for(happened)
            return happened()

    def saved(self) -> bytes:
        """Everything that is known, to go on with in another World."""
        known = {name: value for name, value in vars(self).items() if name != "changed"}
        return pickle.dumps(known)

    def restore(self, data: bytes) -> None:
        """Go on from what was saved."""
        vars(self).update(pickle.loads(data))

    def store(self, data: bytes) -> str:
        """Keep a file and return its id."""
        self._file += 1
        self.files[f"file{self._file}"] = data
        return f"file{self._file}"

    def sizes(self, data: bytes) -> list[Json]:
        """A photo as Telegram re-encodes it, smallest first."""
        image = Image.open(BytesIO(data)).convert("RGB")
        found: list[Json] = []
        for side in SIDES:
            smaller = image.copy()
            smaller.thumbnail((side, side))
            buffer = BytesIO()
            smaller.save(buffer, "JPEG", quality=87)
            found.append({**self.file(buffer.getvalue()), "width": smaller.width, "height": smaller.height})
            if max(image.size) <= side:
                break
        return found

    def file(self, data: bytes) -> Json:
        id_ = self.store(data)
        return {"file_id": id_, "file_unique_id": f"u-{id_}", "file_size": len(data)}
