"""The pictures and files of a message within what the place takes: what is too heavy goes out as a small JPEG."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath

import discord

from bot.core.app import App, NoSuchPicture, PictureFile
from bot.core.messages import Document, Picture, Who

EACH = 10 * 2**20
"""Bytes of one file where nobody pays for more (Discord: Reference, Uploading Files)."""
TOGETHER = 24 * 2**20
"""Bytes of one message's files: a request may have 25 MiB (Discord: Create Message, limits), words included."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One file of a message; `smaller` says that it is not the whole picture."""

    id: str
    data: bytes
    name: str
    smaller: bool = False

    def file(self, alt: str | None = None) -> discord.File:
        return discord.File(BytesIO(self.data), self.name, description=alt)


class Files:
    """Fetches pictures for whoever may see them."""

    def __init__(self, app: App) -> None:
        self._app = app

    async def gallery(self, pictures: Sequence[Picture], viewer: Who, limit: int) -> list[Shown]:
        """The pictures that can be shown, each within `limit` bytes and all within what one message takes."""
        found = [shown for picture in pictures if (shown := await self._picture(picture.id, viewer, limit))]
        while sum(len(one.data) for one in found) > TOGETHER:
            heaviest = max(range(len(found)), key=lambda index: (not found[index].smaller, len(found[index].data)))
            if found[heaviest].smaller:
                break
            found[heaviest] = await self._small(found[heaviest].id, found[heaviest].name, viewer)
        return found

    async def document(self, document: Document, viewer: Who, limit: int) -> Shown | None:
        """The file itself, a small picture of it when it is too heavy, or None when it is gone."""
        try:
            file = await self._app.picture(document.file, viewer, "original")
            if len(file.data) <= limit:
                return Shown(document.file, file.data, document.name)
            return await self._small(document.file, document.name, viewer)
        except NoSuchPicture:
            return None

    async def _picture(self, id_: str, viewer: Who, limit: int) -> Shown | None:
        try:
            file = await self._app.picture(id_, viewer, "full")
            if len(file.data) > limit:
                return await self._small(id_, file.name, viewer)
        except NoSuchPicture:
            return None
        return Shown(id_, file.data, file.name)

    async def _small(self, id_: str, name: str, viewer: Who) -> Shown:
        file: PictureFile = await self._app.picture(id_, viewer, "preview")
        path = PurePosixPath(file.name)
        return Shown(id_, file.data, f"{PurePosixPath(name).stem}-small{path.suffix}", smaller=True)
