"""What people see is the same wherever they are: one conversation on every front end, compared word for word."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conversation.chats import Heard
from tests.conversation.talk import WOMAN, Talk, talking

ELSEWHERE = ("web", "telegram", "discord")


@dataclass(frozen=True, slots=True)
class Sight:
    """One message as a person takes it in: its words, how many pictures, and what the buttons say."""

    words: tuple[str, ...]
    pictures: int
    labels: tuple[str, ...]


async def some_minutes(me: Talk) -> None:
    """Pictures judged, a price declined, a photo, and questions of all kinds."""
    await me.says("/imagine a red fox --count 4")
    await me.result()
    await me.taps("2")
    await me.taps("Reject the rest")
    await me.says("/imagine a kite --model paid")
    await me.result()
    await me.taps("Keep")
    await me.says("/imagine a castle --model paid --count 5")
    await me.taps("No")
    await me.says("", WOMAN)
    await me.taps("It is me")
    await me.says("/imagine a duel [refuse prompt] --model paid")
    await me.quiet()
    await me.says("/persona list")
    await me.says("/settings")
    await me.says("/help curate")
    await me.says("/quota")
    await me.says("/queue")
    await me.says("/imagin a fox")


async def sights(front: str, folder: Path, locale: str) -> list[Sight]:
    folder.mkdir()  # noqa: ASYNC240  # before anything runs
    async with talking(front, folder, locale) as me:
        before = {message.id for message in await me.chat.messages()}
        await some_minutes(me)
        return [_sight(message) for message in await me.chat.messages() if message.id not in before]


@pytest.mark.parametrize("locale", ["en", "fr"])
async def test_every_front_end_shows_the_same_words_pictures_and_buttons(locale: str, tmp_path: Path) -> None:
    expected = await sights("console", tmp_path / "console", locale)
    assert len(expected) > 8
    for front in ELSEWHERE:
        assert await sights(front, tmp_path / front, locale) == expected, front


def _sight(message: Heard) -> Sight:
    lines = tuple(line.strip() for line in message.text.splitlines() if line.strip())
    return Sight(lines, len(message.pictures), tuple(label for label, _ in message.buttons))
