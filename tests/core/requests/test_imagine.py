import pytest

from tests.harness.bots import Bot
from tests.harness.room import Bytes

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_words_become_as_many_pictures_as_were_asked_for(bot: Bot) -> None:
    room = bot.room()
    anna = room.person("Anna")
    await anna.say("/imagine a red fox --count 3 --model free")
    await room.quiet()
    [result] = room.results
    assert [picture.number for picture in result.pictures] == [1, 2, 3]
    assert "a red fox" in room.read(result)


async def test_a_photo_with_words_is_a_request_with_a_reference(bot: Bot, photo: Bytes) -> None:
    room = bot.room()
    anna = room.person("Anna")
    await anna.say("in the snow", photo)
    await room.quiet()
    assert len(room.results) == 1
    assert len(bot.scripted.journal[-1].request.references) == 1
