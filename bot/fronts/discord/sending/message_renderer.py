"""A message ready to be sent: its components and the files that hang on it, those already there among them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import discord
from discord import ui

from bot.core.chat.messages import Document, Outgoing, Say, Who
from bot.fronts.common.app_port import ChatApp
from bot.fronts.common.contents import file_ids_of, lost, pictures_of
from bot.fronts.discord.sending.components import ALL_WORDS, WORDS, AttachedFile, Components, escaped
from bot.fronts.discord.sending.message_state import MessageState
from bot.fronts.discord.sending.upload_files import EACH, Copy, Files, UploadFile

_LONG = "words.txt"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """For whom a message is rendered: who may see its pictures, in which language, and the bytes a file may have."""

    who: Who | None
    locale: str
    limit: int = EACH
    above: str = ""
    """What stands over the message, such as a mention."""


@dataclass(frozen=True, slots=True)
class RenderedMessage:
    """A message as it is sent; `attached` names its files by picture id."""

    view: ui.LayoutView
    attachments: list[discord.File | discord.Attachment]
    attached: Mapping[str, AttachedFile] = field(default_factory=dict)

    @property
    def files(self) -> list[discord.File]:
        return [one for one in self.attachments if isinstance(one, discord.File)]

    def remembered(self, message: discord.Message) -> dict[str, tuple[discord.Attachment, Copy]]:
        """The attachments of the sent message by picture id."""
        by_name = {attachment.filename: attachment for attachment in message.attachments}
        return {
            id_: (by_name[attached.name], attached.copy)
            for id_, attached in self.attached.items()
            if attached.name in by_name
        }


class MessageRenderer:
    """Draws outgoing values with their pictures."""

    def __init__(self, app: ChatApp) -> None:
        self._app = app
        self._files = Files(app)

    async def render(self, outgoing: Outgoing, reader: Reader, state: MessageState | None = None) -> RenderedMessage:
        """The message; pictures that hang on it already, as `state` knows, are not sent again."""
        numbered = is_numbered(outgoing)
        earlier = state.attachments if state else {}
        there = {id_: one for id_, one in earlier.items() if (one[1] == "numbered") is numbered}
        attached = {id_: AttachedFile(one.filename, copy) for id_, (one, copy) in there.items()}
        files: dict[str, discord.File | discord.Attachment] = {id_: one for id_, (one, _) in there.items()}
        for fresh in await self._missing(outgoing, reader, there):
            attached[fresh.id] = AttachedFile(fresh.name, fresh.copy)
            files[fresh.id] = fresh.file()
        if long := too_long(self._app, outgoing, reader.locale):
            attached[ALL_WORDS], files[ALL_WORDS] = AttachedFile(_LONG), discord.File(BytesIO(long), _LONG)
        wanted = [id_ for id_ in (*file_ids_of(outgoing), ALL_WORDS) if id_ in files]
        attached = {id_: attached[id_] for id_ in wanted}
        gone = lost(pictures_of(outgoing), files) if reader.who else ()
        view = Components(self._app, reader.locale, attached, gone).view(outgoing, reader.above)
        return RenderedMessage(view, [files[id_] for id_ in wanted], attached)

    async def _missing(self, outgoing: Outgoing, reader: Reader, there: Mapping[str, Any]) -> list[UploadFile]:
        if reader.who is None:
            return []
        if isinstance(outgoing, Document):
            file = await self._files.document(outgoing, reader.who, reader.limit)
            return [file] if file else []
        fresh = [picture for picture in pictures_of(outgoing) if picture.id not in there]
        return await self._files.gallery(fresh, reader.who, reader.limit, numbered=is_numbered(outgoing))


def too_long(app: ChatApp, outgoing: Outgoing, locale: str) -> bytes | None:
    """All words of an answer as a text file when a message cannot hold them."""
    if not isinstance(outgoing, Say):
        return None
    words = "\n".join(app.words(line, locale) for line in outgoing.lines)
    return words.encode() if len(escaped(words)) > WORDS else None


def is_numbered(outgoing: Outgoing) -> bool:
    """Whether a message shows more than one picture, so that people must be able to say which they mean."""
    return len(pictures_of(outgoing)) > 1
