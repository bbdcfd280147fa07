"""Files near Telegram's limits: what is too heavy or too large for a photo, and what no bot may send."""

from collections.abc import AsyncIterator
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
import pytest_asyncio
from PIL import Image

from bot.core.incoming.app import PictureFile
from tests.fronts.telegram.talking import FAST, Before, Talk, fronted
from tests.harness.bots import started
from tests.servers.telegram import telegram
from tests.servers.telegram_people import Human

pytestmark = pytest.mark.asyncio(loop_scope="module")


class Heavy(Before):
    """A core whose pictures have more bytes than they need."""

    full = 11_000_000
    original = 51_000_000

    async def picture(self, id: str, viewer: Any, size: str) -> PictureFile:
        found: PictureFile = await self.app.picture(id, viewer, size)
        more = {"full": self.full, "original": self.original}.get(size, 0)
        return replace(found, data=found.data + bytes(more))


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def heavy(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Talk]:
    async with (
        started(tmp_path_factory.mktemp("data")) as bot,
        telegram() as server,
        fronted(bot, server, FAST, Heavy(bot.running.app)) as front,
    ):
        yield Talk(bot, front, server)


@pytest.fixture
def heaviest(monkeypatch: pytest.MonkeyPatch, heavy: Talk) -> Talk:
    """The same, while not even a file may be so heavy."""
    monkeypatch.setattr(Heavy, "full", 51_000_000)
    return heavy


async def test_a_picture_of_more_than_10_megabytes_comes_as_a_file_with_its_buttons(heavy: Talk) -> None:
    ada = heavy.person()
    await ada.writes("/imagine a mountain [size 3000x1000]")
    result = await ada.hears("a mountain", kind="document")
    assert len(ada.world.files[result.message["document"]["file_id"]]) > 11_000_000
    await ada.presses("Keep", result)
    assert (await ada.shows("✓ ✅ Keep")).id == result.id


async def test_an_album_of_heavy_pictures_is_of_files(heavy: Talk) -> None:
    ada = heavy.person()
    await ada.writes("/imagine mountains --count 2")
    await ada.shows("Keep all")
    await ada.until(lambda: [one.kind for one in ada.said] == ["document", "document", "text"])


async def test_albums_that_are_too_heavy_for_one_upload_are_several(heavy: Talk) -> None:
    ada = heavy.person()
    await ada.writes("/imagine more mountains --count 6")
    control = await ada.shows("Keep all")
    albums = [one.message["media_group_id"] for one in ada.said if one.kind == "document"]
    assert [albums.count(id_) for id_ in dict.fromkeys(albums)] == [4, 2]
    await ada.writes("6: at dusk", to=control.id)
    await ada.hears("at dusk", kind="document")


async def test_a_picture_too_heavy_even_for_a_file_is_shown_smaller(heaviest: Talk) -> None:
    ada = heaviest.person()
    await ada.writes("/imagine a whole continent [size 3000x1000]")
    await ada.hears("a whole continent", kind="photo")
    assert sent(ada).size == (2048, 683)


async def test_an_original_of_more_than_50_megabytes_is_told_where_it_can_be_had(heavy: Talk) -> None:
    ada = heavy.person()
    await ada.writes("/imagine a whole range")
    await ada.presses("Original", await ada.hears("a whole range", kind="document"))
    words = "This file has 51 MB, and Telegram lets me send 50 MB at most."
    # Above the button, or below where the upload took so long that the press was answered before.
    await ada.until(
        lambda: (
            any(words in one.get("text", "") for one in heavy.server.methods.popups)
            or any(words in one.text for one in ada.said)
        )
    )
    assert [one.kind for one in ada.said].count("document") == 1


async def test_a_picture_that_is_heavy_and_too_narrow_comes_as_a_file(heavy: Talk) -> None:
    ada = heavy.person()
    await ada.writes("/imagine a ribbon [size 2100x100]")
    result = await ada.hears("a ribbon", kind="document")
    assert len(ada.world.files[result.message["document"]["file_id"]]) > 11_000_000


def sent(ada: Human) -> Image.Image:
    """The picture as it was handed to Telegram, which makes photos smaller still."""
    call = [call for call in ada.methods.calls if call.files and call.given["chat_id"] == str(ada.id)][-1]
    [data] = call.files.values()
    return Image.open(BytesIO(data))
