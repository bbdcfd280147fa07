"""A model that steps in for an edit must take the picture that is changed too: it is the first of the photos."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.core.chat.messages import Form
from tests.harness.bots import MODELS, Bot, started
from tests.harness.room import Bytes, Room

pytestmark = pytest.mark.asyncio(loop_scope="module")

EDITORS = """
[models.first]
name = "First fake"
provider = "scripted"
as_of = "2026-11-20"
prices = { "*" = "0.04" }
fallback = ["narrow", "photographic"]
capabilities = { max_references = 4, edit = true }

[models.narrow]
name = "Narrow fake"
provider = "scripted"
as_of = "2026-11-20"
prices = { "*" = "0.04" }
capabilities = { max_references = 1, edit = true }

[models.photographic]
name = "Photographic fake"
provider = "scripted"
as_of = "2026-11-20"
prices = { "*" = "0.04" }
capabilities = { max_references = 4, min_references = 1, edit = true }
"""


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def bot(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Bot]:
    folder = tmp_path_factory.mktemp("data")
    listed = folder / "models.toml"
    listed.write_text(MODELS.read_text("utf-8") + EDITORS, "utf-8")
    async with started(folder, MODELS_FILE=str(listed)) as running:
        yield running


async def changed(bot: Bot, words: str, *photos: Bytes) -> Room:
    """Where Anna changed a picture of the first model, which is down by then."""
    room = bot.room()
    anna = room.person("Anna")
    await anna.say("/settings --fallback same-price")
    await anna.say("/imagine a fox --model first", *photos)
    await room.quiet()
    await anna.press("Edit")
    assert isinstance(room.last, Form)
    await anna.submit(room.last, prompt=words)
    await room.quiet()
    return room


async def test_a_model_without_room_for_the_picture_beside_the_photos_does_not_step_in(bot: Bot, photo: Bytes) -> None:
    room = await changed(bot, "[fail gone 1] a fox among photos", photo)
    assert "is drawn by Photographic fake instead" in room.read()
    assert len(bot.scripted.journal[-1].request.references) == 2


async def test_the_picture_counts_for_a_model_that_needs_a_photo(bot: Bot) -> None:
    room = await changed(bot, "[fail gone 2] a fox alone")
    assert "is drawn by Photographic fake instead" in room.read()
    assert len(bot.scripted.journal[-1].request.references) == 1
