"""Picture bytes within what a platform takes."""

from bot.core.chat.messages import Who
from bot.fronts.common.app_port import ChatApp, PictureFile, Size


async def fitting(app: ChatApp, id_: str, viewer: Who, size: Size, most: int) -> tuple[PictureFile, bool]:
    """A file of at most `most` bytes and whether it is whole, else a small JPEG of it; raises NoSuchPicture."""
    found = await app.picture(id_, viewer, size)
    if len(found.data) <= most:
        return found, True
    return await app.picture(id_, viewer, "preview"), False
