"""Messages that are older than Telegram lets a bot delete them."""

from io import BytesIO

import pytest
from PIL import Image

from tests.fronts.telegram.talking import Talk
from tests.servers.telegram_people import Human, Posted

pytestmark = pytest.mark.asyncio(loop_scope="module")
TWO_DAYS = 48 * 3600


def picture(ada: Human, posted: Posted) -> Image.Image:
    """The picture that stands in a message."""
    return Image.open(BytesIO(ada.world.files[posted.message["photo"][-1]["file_id"]]))


def aged(posted: Posted) -> None:
    posted.message["date"] -= TWO_DAYS + 60


def is_empty(ada: Human, posted: Posted) -> bool:
    lowest, highest = picture(ada, posted).convert("L").getextrema()
    return highest == lowest


async def test_a_picture_of_the_trash_that_cannot_be_deleted_any_more_becomes_an_empty_tile(talk: Talk) -> None:
    ada = talk.person()
    await ada.writes("/imagine an old mill")
    result = await ada.hears("an old mill", kind="photo")
    assert not is_empty(ada, result)
    aged(result)
    await ada.presses("Trash", result)
    restore = await ada.shows("Take 1 back")
    await ada.until(lambda: is_empty(ada, result))
    assert (result.text, result.buttons) == ("", [])
    await ada.presses("Take 1 back", restore)
    again = await ada.hears("an old mill", kind="photo")
    assert not is_empty(ada, again)


async def test_pages_of_an_old_album_leave_empty_tiles_and_no_old_buttons(talk: Talk) -> None:
    ada = talk.person()
    await ada.writes("/imagine old boats --count 10")
    control = await ada.shows("1 / 2 ▶")
    album = [one for one in ada.said if "media_group_id" in one.message]
    for one in (*album, control):
        aged(one)
    await ada.presses("▶", control)
    await ada.shows("2 / 2 ▶")
    await ada.until(lambda: all(is_empty(ada, one) for one in album))
    await ada.until(lambda: control.buttons == [])
