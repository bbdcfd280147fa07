"""Picture bytes in the form Telegram takes: as photo within its limits, else as document."""

from dataclasses import dataclass

from telegram import InputFile, InputMediaDocument, InputMediaPhoto
from telegram.constants import FileSizeLimit

from bot.core.chat.messages import Picture, Who
from bot.fronts.common.app_port import ChatApp
from bot.fronts.common.contents import fitting

SIDES = 10_000
"""Width and height together (Bot API: sendPhoto, photo)."""
RATIO = 20
_AS_PHOTO = ("image/jpeg", "image/png", "image/webp")


@dataclass(frozen=True, slots=True)
class File:
    """A picture ready to be sent."""

    data: bytes
    name: str
    as_photo: bool

    def input(self) -> InputFile:
        return InputFile(self.data, filename=self.name, attach=False)

    def media(self, caption: str) -> InputMediaPhoto | InputMediaDocument:
        """The picture as part of an album, or to be put in the place of another."""
        if self.as_photo:
            return InputMediaPhoto(self.data, caption=caption, filename=self.name)
        return InputMediaDocument(self.data, caption=caption, filename=self.name, disable_content_type_detection=True)


async def file_of(app: ChatApp, picture: Picture, viewer: Who) -> File:
    """A picture as it came: as photo, else as file, and smaller where even that is too heavy. Raises NoSuchPicture."""
    found, is_whole = await fitting(app, picture.id, viewer, "full", FileSizeLimit.FILESIZE_UPLOAD)
    narrow = _is_narrow(picture.width, picture.height)
    light = len(found.data) <= FileSizeLimit.PHOTOSIZE_UPLOAD and found.media_type in _AS_PHOTO
    if light and not narrow and picture.width + picture.height <= SIDES:
        return File(found.data, found.name, as_photo=True)
    return File(found.data, found.name, as_photo=not (is_whole or narrow))


def largest_document(*, official: bool) -> int:
    """Bytes of the largest file a bot may send (Bot API: sendDocument; a self-hosted server takes more)."""
    return FileSizeLimit.FILESIZE_UPLOAD if official else FileSizeLimit.FILESIZE_UPLOAD_LOCAL_MODE


def _is_narrow(width: int, height: int) -> bool:
    shorter, longer = sorted((width, height))
    return shorter > 0 and longer / shorter > RATIO
