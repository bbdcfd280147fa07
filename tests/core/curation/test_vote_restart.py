"""A vote goes on after a restart as if nothing had happened, and what was closed stays closed."""

from pathlib import Path

from bot.core.chat.messages import Who
from storage.tables import images
from tests.harness.bots import Bot, started
from tests.harness.room import Person, Room


async def verdicts(bot: Bot, ids: list[str]) -> list[str]:
    async with bot.running.database.read() as tx:
        found = [await images.get(tx, id_) for id_ in ids]
    return [image.verdict for image in found if image]


def again(bot: Bot, room: Room, people: list[Person]) -> list[Person]:
    """The same people in the same chat, in front of a bot that was started anew."""
    there = Room(bot.running.app, bot.rooms, "group")
    there.place = room.place
    return [one.elsewhere(there) for one in people]


async def test_votes_before_and_after_a_restart_count_together_until_the_close(tmp_path: Path) -> None:
    async with started(tmp_path) as bot:
        room = bot.room("group")
        mod = Person(room, Who("test", "mod", "Mod", manages=True), "en")
        people = [mod, *(room.person(name) for name in ("Anna", "Ben", "Cleo"))]
        for one in people:
            await one.say("/quota")
        await mod.say("/vote settings --mode team --quorum 2")
        await people[1].say("/imagine foxes --model free --count 2")
        await room.quiet()
        ids = [shown.id.removeprefix("i:") for shown in room.results[0].pictures]
        generation = room.generation_of(room.results[0])
        await people[1].press_id(f"v1:vote:{generation}")
        await people[1].press_id(f"v1:keep:{ids[0]}")
        await people[2].press_id(f"v1:reject:{ids[1]}")
        assert await verdicts(bot, ids) == ["undecided", "undecided"]
    async with started(tmp_path) as bot:
        people = again(bot, room, people)
        await people[2].press_id(f"v1:keep:{ids[0]}")
        await people[3].press_id(f"v1:reject:{ids[1]}")
        assert await verdicts(bot, ids) == ["kept", "rejected"]
        await people[0].press_id(f"v1:endvote:{generation}")
    async with started(tmp_path) as bot:
        people = again(bot, room, people)
        for one in people[1:]:
            await one.press_id(f"v1:reject:{ids[0]}")
            assert one.room.read() == "The vote is over."
        assert await verdicts(bot, ids) == ["kept", "rejected"]
