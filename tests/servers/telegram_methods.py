"""The methods of the Bot API that the front uses, with the errors it must live with."""

import asyncio
import json
import math
import time
from collections import defaultdict
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from PIL import Image

from tests.servers.telegram_world import Chat, Json, Refused, World

DELETABLE = 48 * 3600
"""Seconds for which a bot may delete its messages."""
PHOTO_MOST, DOCUMENT_MOST, DOWNLOAD_MOST = 10_000_000, 50_000_000, 20_000_000


@dataclass
class Call:
    """One call of a method: what was given, and the files that came along."""

    method: str
    given: dict[str, str]
    files: dict[str, bytes] = field(default_factory=dict)

    def value(self, name: str) -> Any:
        """A parameter that is written as JSON."""
        return json.loads(self.given[name]) if name in self.given else None


class Methods:
    """Answers calls; `calls` lists them all."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.calls: list[Call] = []
        self.commands: dict[tuple[str, str], list[Json]] = {}
        self.popups: list[Json] = []
        self.faults: dict[str, list[Refused]] = defaultdict(list)
        self.webhook: dict[str, str] = {}
        self.lost: set[str] = set()
        """Methods whose calls never arrive and are never answered."""

    async def answer(self, call: Call) -> Any:
        """The result of a call; raises Refused."""
        self.calls.append(call)
        if call.method in self.lost:
            await self.world.tell()
            await asyncio.Event().wait()
        if self.faults[call.method]:
            raise self.faults[call.method].pop(0)
        method = getattr(self, f"do_{call.method}", None)
        if method is None:
            raise Refused(404, "Not Found")
        result = method(call)
        await self.world.tell()
        return result

    # ── who we are ──

    def do_getMe(self, call: Call) -> Json:
        return self.world.me

    def do_setWebhook(self, call: Call) -> bool:
        self.webhook = call.given
        self.world.allowed = tuple(call.value("allowed_updates") or ()) or self.world.allowed
        return True

    def do_deleteWebhook(self, call: Call) -> bool:
        self.webhook = {}
        return True

    def do_setMyCommands(self, call: Call) -> bool:
        scope = (call.value("scope") or {"type": "default"})["type"]
        commands = call.value("commands")
        if len(commands) > 100:
            raise Refused(400, "Bad Request: BOT_COMMANDS_TOO_MUCH")
        for command in commands:
            if not 1 <= len(command["description"]) <= 256 or len(command["command"]) > 32:
                raise Refused(400, "Bad Request: BOT_COMMAND_INVALID")
        self.commands[scope, call.given.get("language_code", "")] = commands
        return True

    def do_getMyCommands(self, call: Call) -> list[Json]:
        scope = (call.value("scope") or {"type": "default"})["type"]
        return self.commands.get((scope, call.given.get("language_code", "")), [])

    # ── messages ──

    def do_sendMessage(self, call: Call) -> Json:
        text = call.given.get("text", "")
        if not text.strip():
            raise Refused(400, "Bad Request: message text is empty")
        if len(text.encode("utf-16-le")) // 2 > 4096:
            raise Refused(400, "Bad Request: message is too long")
        return self._said(call, text=text)

    def do_sendPhoto(self, call: Call) -> Json:
        self._check_caption(call.given.get("caption", ""))
        return self._said(call, photo=self._photo(call.files["photo"]), **self._caption(call))

    def do_sendDocument(self, call: Call) -> Json:
        self._check_caption(call.given.get("caption", ""))
        return self._said(call, document=self._document(call.files["document"]), **self._caption(call))

    def do_sendMediaGroup(self, call: Call) -> list[Json]:
        media = call.value("media")
        if not 2 <= len(media) <= 10:
            raise Refused(400, "Bad Request: wrong number of items in the album: 2-10 allowed")
        if len({one["type"] == "document" for one in media}) > 1:
            raise Refused(400, "Bad Request: document can't be mixed with other media types")
        if sum(map(len, call.files.values())) > DOCUMENT_MOST:
            raise Refused(413, "Request Entity Too Large")
        group = f"album{len(self.calls)}"
        fields = [self._media(call, one) for one in media]
        return [self._said(call, media_group_id=group, **one) for one in fields]

    def do_editMessageText(self, call: Call) -> Json:
        message = self._editable(call)
        if "text" not in message:
            raise Refused(400, "Bad Request: there is no text in the message to edit")
        return self._changed(message, call, {"text": call.given["text"]})

    def do_editMessageCaption(self, call: Call) -> Json:
        message = self._editable(call)
        if "text" in message:
            raise Refused(400, "Bad Request: there is no caption in the message to edit")
        self._check_caption(call.given.get("caption", ""))
        return self._changed(message, call, {"caption": call.given.get("caption", "")})

    def do_editMessageMedia(self, call: Call) -> Json:
        message = self._editable(call)
        fields = self._media(call, call.value("media"))
        for old in ("text", "photo", "document", "caption"):
            message.pop(old, None)
        return self._changed(message, call, fields)

    def do_editMessageReplyMarkup(self, call: Call) -> Json:
        return self._changed(self._editable(call), call, {})

    def do_deleteMessage(self, call: Call) -> bool:
        if int(call.given["message_id"]) not in self._chat(call).messages:
            raise Refused(400, "Bad Request: message to delete not found")
        self._delete(self._chat(call), [int(call.given["message_id"])])
        return True

    def do_deleteMessages(self, call: Call) -> bool:
        self._delete(self._chat(call), call.value("message_ids"))
        return True

    def _delete(self, chat: Chat, ids: list[int]) -> None:
        found = [chat.messages[id_] for id_ in ids if id_ in chat.messages]
        if any(one["date"] < time.time() - DELETABLE for one in found):
            raise Refused(400, "Bad Request: message can't be deleted for everyone")
        for one in found:
            del chat.messages[one["message_id"]]

    def do_sendChatAction(self, call: Call) -> bool:
        self._chat(call).actions.append(call.given["action"])
        return True

    def do_answerCallbackQuery(self, call: Call) -> bool:
        if len(call.given.get("text", "")) > 200:
            raise Refused(400, "Bad Request: MESSAGE_TOO_LONG")
        if call.given["callback_query_id"] == "stale":
            raise Refused(400, "Bad Request: query is too old and response timeout expired or query ID is invalid")
        self.popups.append(dict(call.given))
        return True

    def do_setMessageReaction(self, call: Call) -> bool:
        if len(call.value("reaction") or []) > 1:
            raise Refused(400, "Bad Request: REACTIONS_TOO_MANY")
        return True

    # ── files and members ──

    def do_getFile(self, call: Call) -> Json:
        data = self.world.files[call.given["file_id"]]
        if len(data) > DOWNLOAD_MOST:
            raise Refused(400, "Bad Request: file is too big")
        id_ = call.given["file_id"]
        return {"file_id": id_, "file_unique_id": f"u-{id_}", "file_size": len(data), "file_path": f"files/{id_}"}

    def do_getChat(self, call: Call) -> Json:
        return {**self._chat(call).json, "accent_color_id": 0, "max_reaction_count": 11}

    def do_getChatMember(self, call: Call) -> Json:
        return self.member(self._chat(call), int(call.given["user_id"]))

    def do_getChatAdministrators(self, call: Call) -> list[Json]:
        chat = self._chat(call)
        return [self.member(chat, id_) for id_ in sorted(chat.admins)]

    def member(self, chat: Chat, id_: int, status: str | None = None) -> Json:
        """A member of a chat as Telegram describes one."""
        user = self.world.me if id_ == self.world.me["id"] else self.world.people[id_]
        status = status or (chat.bot if user is self.world.me else "administrator" if id_ in chat.admins else "member")
        if status != "administrator":
            return {"user": user, "status": status, **({"until_date": 0} if status == "kicked" else {})}
        rights = (
            "can_be_edited", "is_anonymous", "can_manage_chat", "can_delete_messages", "can_manage_video_chats",
            "can_restrict_members", "can_promote_members", "can_change_info", "can_invite_users", "can_post_stories",
            "can_edit_stories", "can_delete_stories",
        )  # fmt: skip
        return {"user": user, "status": status, **dict.fromkeys(rights, False)}

    def _chat(self, call: Call) -> Chat:
        chat = self.world.chats.get(int(call.given["chat_id"]))
        if chat is None:
            raise Refused(400, "Bad Request: chat not found")
        if chat.moved_to:
            description = "Bad Request: group chat was upgraded to a supergroup chat"
            raise Refused(400, description, migrate_to_chat_id=chat.moved_to)
        if chat.bot in ("left", "kicked"):
            words = (
                "bot was blocked by the user" if chat.type == "private" else f"bot was kicked from the {chat.type} chat"
            )
            raise Refused(403, f"Forbidden: {words}")
        if chat.bot == "unmet":
            raise Refused(403, "Forbidden: bot can't initiate conversation with a user")
        return chat

    def _said(self, call: Call, **content: Any) -> Json:
        chat = self._chat(call)
        self._allowed(chat, is_media="photo" in content or "document" in content)
        self._slow(chat)
        markup = self._markup(call)
        fields: Json = {**content, **({"reply_markup": markup} if markup else {})}
        if (call.value("reply_markup") or {}).get("force_reply"):
            fields["forces_reply"] = True  # Telegram shows this to people, and tells the bot of inline keyboards alone
        if reply := call.value("reply_parameters"):
            if reply["message_id"] in chat.messages:
                fields["reply_to_message"] = self.world.found(chat, reply["message_id"])
            elif not reply.get("allow_sending_without_reply"):
                raise Refused(400, "Bad Request: message to be replied not found")
        if thread := call.given.get("message_thread_id"):
            fields |= {"message_thread_id": int(thread), "is_topic_message": True}
        return self.world.message(chat, self.world.me, **fields)

    def _allowed(self, chat: Chat, *, is_media: bool) -> None:
        """What a group's rules or a closed topic refuse: with 400, where one would expect 403."""
        if chat.refuses:
            raise Refused(400, f"Bad Request: {chat.refuses}")
        if is_media and not chat.takes_photos:
            raise Refused(400, "Bad Request: not enough rights to send photos to the chat")

    def _slow(self, chat: Chat) -> None:
        """Slow mode, from which only administrators are free."""
        left = chat.free_at - time.monotonic()
        if chat.slow and chat.bot != "administrator":
            if left > 0:
                seconds = math.ceil(left)
                raise Refused(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)
            chat.free_at = time.monotonic() + chat.slow

    def _changed(self, message: Json, call: Call, content: Json) -> Json:
        """An edit: what is not given among the buttons is gone."""
        markup = self._markup(call)
        fresh = {**message, **content}
        fresh.pop("reply_markup", None)
        fresh |= {"reply_markup": markup} if markup else {}
        if fresh == message:
            raise Refused(400, "Bad Request: message is not modified: the new content is exactly the same")
        message.clear()
        message.update(fresh)
        return message

    def _editable(self, call: Call) -> Json:
        chat = self._chat(call)
        message = chat.messages.get(int(call.given["message_id"]))
        if message is None or message.get("from") != self.world.me:
            raise Refused(400, "Bad Request: message to edit not found")
        self._allowed(chat, is_media=call.method == "editMessageMedia")
        return message

    def _markup(self, call: Call) -> Json | None:
        markup: Json | None = call.value("reply_markup")
        for row in (markup or {}).get("inline_keyboard", []):
            if len(row) > 8:
                raise Refused(400, "Bad Request: BUTTONS_TOO_MUCH")
            for button in row:
                if len(button.get("callback_data", "").encode()) > 64:
                    raise Refused(400, "Bad Request: BUTTON_DATA_INVALID")
        return markup if markup and markup.get("inline_keyboard") else None

    def _media(self, call: Call, one: Json) -> Json:
        self._check_caption(one.get("caption", ""))
        data = call.files[one["media"].removeprefix("attach://")]
        content = {"photo": self._photo(data)} if one["type"] == "photo" else {"document": self._document(data)}
        return {**content, **({"caption": one["caption"]} if one.get("caption") else {})}

    def _photo(self, data: bytes) -> list[Json]:
        if len(data) > PHOTO_MOST:
            raise Refused(413, "Request Entity Too Large")
        width, height = Image.open(BytesIO(data)).size
        if width + height > 10_000 or max(width, height) > 20 * min(width, height):
            raise Refused(400, "Bad Request: PHOTO_INVALID_DIMENSIONS")
        return self.world.sizes(data)

    def _document(self, data: bytes) -> Json:
        if len(data) > DOCUMENT_MOST:
            raise Refused(413, "Request Entity Too Large")
        return self.world.file(data)

    def _caption(self, call: Call) -> Json:
        return {"caption": call.given["caption"]} if call.given.get("caption") else {}

    def _check_caption(self, caption: str) -> None:
        if len(caption.encode("utf-16-le")) // 2 > 1024:
            raise Refused(400, "Bad Request: message caption is too long")
