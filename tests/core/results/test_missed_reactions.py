"""Reactions that were found after we had been away count once, and never against what was decided since."""

import pytest

from bot.core.chat.messages import Reaction
from tests.harness.bots import Bot
from tests.harness.room import Person, Room

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def drawn(bot: Bot) -> tuple[Room, Person]:
    room = bot.room()
    anna = room.person("Anna")
    await anna.say("/imagine a fox --model free")
    await room.quiet()
    return room, anna


async def found(room: Room, who: Person, emoji: str) -> None:
    """A start finds an emoji of somebody's under the result."""
    message = who.ref(room.id_of(room.results[0]))
    await who.handle(Reaction(**who.event(), message=message, emoji=emoji, added=True, late=True))


def verdict(room: Room) -> str:
    return room.results[0].pictures[0].verdict


async def test_a_vote_that_was_missed_counts(bot: Bot) -> None:
    room, anna = await drawn(bot)
    await found(room, anna, "✅")
    assert verdict(room) == "kept"


async def test_a_vote_that_was_taken_back_by_button_does_not_come_back(bot: Bot) -> None:
    room, anna = await drawn(bot)
    await anna.react("✅", room.results[0])
    await anna.press("Undo", room.results[0])
    await found(room, anna, "✅")
    assert verdict(room) == "undecided"


async def test_a_reaction_may_come_go_and_come_again(bot: Bot) -> None:
    room, anna = await drawn(bot)
    for added in (True, False, True):
        await anna.react("✅", room.results[0], added=added)
        assert verdict(room) == ("kept" if added else "undecided")


async def test_what_sends_or_puts_away_is_not_done_for_a_missed_one(bot: Bot) -> None:
    room, anna = await drawn(bot)
    said = len(room.said)
    for emoji in ("✉️", "🗑️"):
        await found(room, anna, emoji)
    assert len(room.said) == said
    assert room.results
