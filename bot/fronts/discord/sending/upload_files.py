"""The pictures and files of a message within what the place takes: what is too heavy goes out as a small JPEG.

Several pictures go out as copies with their numbers on them: Discord numbers none, cuts them to fit together, and shows
them alone on a tap, where only what is rendered on a picture still tells which one it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath
from typing import Literal, TypeAlias

import discord

from bot.core.chat.messages import Document, Picture, Who
from bot.fronts.common.app_port import ChatApp, NoSuchPicture, PictureFile
from bot.fronts.common.contents import fitting

EACH = 10 * 2**20
"""Bytes of one file where nobody pays for more (Discord: Reference, Uploading Files)."""
TOGETHER = 24 * 2**20
"""Bytes of one message's files: a request may have 25 MiB (Discord: Create Message, limits), words included."""
Copy: TypeAlias = Literal["whole", "small", "numbered"]
"""What hangs on a message for a picture: the picture as it came, or a JPEG of it."""


@dataclass(frozen=True, slots=True)
class UploadFile:
    """One file of a message."""

    id: str
    data: bytes
    name: str
    copy: Copy = "whole"

    def file(self, alt: str | None = None) -> discord.File:
        return discord.File(BytesIO(self.data), self.name, description=alt)


class Files:
    """Fetches pictures for whoever may see them."""

    def __init__(self, app: ChatApp) -> None:
        self._app = app

    async def gallery(
        self, pictures: Sequence[Picture], viewer: Who, limit: int, *, numbered: bool = False
    ) -> list[UploadFile]:
        """The pictures that can be shown, each within `limit` bytes and all within what one message takes."""
        found = [
            shown
            for picture in pictures
            if (shown := await self._picture(picture.id, viewer, limit, picture.number if numbered else None))
        ]
        while sum(len(one.data) for one in found) > TOGETHER:
            heaviest = max(range(len(found)), key=lambda index: (found[index].copy == "whole", len(found[index].data)))
            if found[heaviest].copy != "whole":
                break
            found[heaviest] = await self._copy(found[heaviest].id, viewer)
        return found

    async def document(self, document: Document, viewer: Who, limit: int) -> UploadFile | None:
        """The file itself, a small picture of it when it is too heavy, or None when it is gone."""
        try:
            file, is_whole = await fitting(self._app, document.file, viewer, "original", limit)
        except NoSuchPicture:
            return None
        if is_whole:
            return UploadFile(document.file, file.data, document.name)
        return _copy_of(document.file, file, "small")

    async def _picture(self, id_: str, viewer: Who, limit: int, number: int | None) -> UploadFile | None:
        try:
            if number is not None:
                return await self._copy(id_, viewer, number)
            file, is_whole = await fitting(self._app, id_, viewer, "full", limit)
        except NoSuchPicture:
            return None
        return UploadFile(id_, file.data, file.name) if is_whole else _copy_of(id_, file, "small")

    async def _copy(self, id_: str, viewer: Who, number: int | None = None) -> UploadFile:
        """A JPEG of a picture, small or with its number on it."""
        file = await self._app.picture(id_, viewer, "preview", number)
        return _copy_of(id_, file, "small" if number is None else "numbered")


def _copy_of(id_: str, file: PictureFile, copy: Copy) -> UploadFile:
    """A file of a picture under a name of its own."""
    path = PurePosixPath(file.name)
    return UploadFile(id_, file.data, f"{path.stem}-{copy}{path.suffix}", copy)
