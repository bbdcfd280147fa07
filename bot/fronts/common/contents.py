"""What an outgoing value contains, whatever its class: pictures, buttons, and the files behind them."""

from collections.abc import Callable, Collection, Iterable

from bot.core.chat.messages import Ask, Button, Document, Form, Outgoing, Picture, Show, Text, Who, say
from bot.fronts.common.app_port import ChatApp, PictureFile, Size


def pictures_of(outgoing: Outgoing) -> tuple[Picture, ...]:
    """The pictures a message shows."""
    return outgoing.pictures if isinstance(outgoing, Show | Ask) else ()


def file_ids_of(outgoing: Outgoing) -> tuple[str, ...]:
    """The ids of the pictures or the file that a message carries, each once."""
    if isinstance(outgoing, Document):
        return (outgoing.file,)
    return tuple(dict.fromkeys(picture.id for picture in pictures_of(outgoing)))


def buttons_of(outgoing: Outgoing) -> list[Button]:
    """The buttons of a message in reading order."""
    rows = () if isinstance(outgoing, Form | Document) else outgoing.buttons
    return [button for row in rows for button in row]


def lost(pictures: Iterable[Picture], found: Collection[str]) -> tuple[Text, ...]:
    """Names the pictures whose ids are not among those whose files were found."""
    numbers = [str(picture.number) for picture in pictures if picture.id not in found]
    return (say("pictures-lost", count=len(numbers), numbers=", ".join(numbers)),) if numbers else ()


def marks_of(pictures: Iterable[Picture], words: Callable[[Text], str]) -> list[str]:
    """The labels that must stand wherever the pictures appear, each once."""
    return list(dict.fromkeys(words(picture.mark) for picture in pictures if picture.mark))


async def fitting(app: ChatApp, id_: str, viewer: Who, size: Size, most: int) -> tuple[PictureFile, bool]:
    """A file of at most `most` bytes and whether it is whole, else a small JPEG of it; raises NoSuchPicture."""
    found = await app.picture(id_, viewer, size)
    if len(found.data) <= most:
        return found, True
    return await app.picture(id_, viewer, "preview"), False
