"""A message ready to be sent: its components and the files that hang on it, those already there among them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import discord
from discord import ui

from bot.core.chat.messages import Ask, Document, Outgoing, Say, Show, Who
from bot.core.incoming.app import App
from bot.fronts.discord.sending.components import ALL_WORDS, WORDS, Cards, Hung, escaped
from bot.fronts.discord.sending.message_state import Note
from bot.fronts.discord.sending.upload_files import EACH, Copy, Files, Shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """For whom a message is drawn: who may see its pictures, in which language, and the bytes a file may have."""

    who: Who | None
    locale: str
    limit: int = EACH
    above: str = ""
    """What stands over the message, such as a mention."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A message as it is sent; `hung` names its files by picture id."""

    view: ui.LayoutView
    attachments: list[discord.File | discord.Attachment]
    hung: Mapping[str, Hung] = field(default_factory=dict)

    @property
    def files(self) -> list[discord.File]:
        return [one for one in self.attachments if isinstance(one, discord.File)]

    def remembered(self, message: discord.Message) -> dict[str, tuple[discord.Attachment, Copy]]:
        """The attachments of the sent message by picture id."""
        by_name = {attachment.filename: attachment for attachment in message.attachments}
        return {id_: (by_name[hung.name], hung.copy) for id_, hung in self.hung.items() if hung.name in by_name}


class Drawer:
    """Draws outgoing values with their pictures."""

    def __init__(self, app: App) -> None:
        self._app = app
        self._files = Files(app)

    async def draw(self, outgoing: Outgoing, reader: Reader, note: Note | None = None) -> Drawn:
        """The message; pictures that hang on it already, as `note` knows, are not sent again."""
        numbered = is_numbered(outgoing)
        hanging = note.hanging if note else {}
        there = {id_: one for id_, one in hanging.items() if (one[1] == "numbered") is numbered}
        hung = {id_: Hung(one.filename, copy) for id_, (one, copy) in there.items()}
        attachments: dict[str, discord.File | discord.Attachment] = {id_: one for id_, (one, _) in there.items()}
        for shown in await self._missing(outgoing, reader, there):
            hung[shown.id] = Hung(shown.name, shown.copy)
            attachments[shown.id] = shown.file()
        if long := too_long(self._app, outgoing, reader.locale):
            hung[ALL_WORDS], attachments[ALL_WORDS] = Hung("words.txt"), discord.File(BytesIO(long), "words.txt")
        wanted = [id_ for id_ in (*image_request_of(outgoing), ALL_WORDS) if id_ in attachments]
        hung = {id_: hung[id_] for id_ in wanted}
        view = Cards(self._app, reader.locale, hung).view(outgoing, reader.above)
        return Drawn(view, [attachments[id_] for id_ in wanted], hung)

    async def _missing(self, outgoing: Outgoing, reader: Reader, there: Mapping[str, Any]) -> list[Shown]:
        if reader.who is None:
            return []
        match outgoing:
            case Show(pictures=pictures) | Ask(pictures=pictures):
                fresh = [picture for picture in pictures if picture.id not in there]
                return await self._files.gallery(fresh, reader.who, reader.limit, numbered=is_numbered(outgoing))
            case Document():
                file = await self._files.document(outgoing, reader.who, reader.limit)
                return [file] if file else []
            case _:
                return []


def too_long(app: App, outgoing: Outgoing, locale: str) -> bytes | None:
    """All words of an answer as a text file when a message cannot hold them."""
    if not isinstance(outgoing, Say):
        return None
    words = "\n".join(app.words(line, locale) for line in outgoing.lines)
    return words.encode() if len(escaped(words)) > WORDS else None


def is_numbered(outgoing: Outgoing) -> bool:
    """Whether a message shows more than one picture, so that people must be able to say which they mean."""
    return isinstance(outgoing, Show | Ask) and len(outgoing.pictures) > 1


def image_request_of(outgoing: Outgoing) -> tuple[str, ...]:
    """The ids of the pictures or the file that a message shows, each once."""
    match outgoing:
        case Show(pictures=pictures) | Ask(pictures=pictures):
            return tuple(dict.fromkeys(picture.id for picture in pictures))
        case Document(file=file):
            return (file,)
        case _:
            return ()
