"""Gathering photos for a persona over many messages, until Done or Cancel."""

import asyncio
import random
from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy import select

from bot.core.chat.messages import Ask, Outgoing, Show
from storage.tables import personas, references
from storage.tables.references import ReferencePhoto
from storage.tables.schema import reference_photos
from tests.harness.accounts import user_of
from tests.harness.bots import Bot
from tests.harness.room import Bytes, Person, Room

pytestmark = pytest.mark.asyncio(loop_scope="module")


def _tiles(name: str, seed: int) -> Bytes:
    """A photo of coloured tiles, unlike that of another seed."""
    tiles = Image.frombytes("L", (8, 6), random.Random(seed).randbytes(48))
    buffer = BytesIO()
    tiles.resize((640, 480), Image.Resampling.NEAREST).convert("RGB").save(buffer, "JPEG")
    return Bytes(name, buffer.getvalue())


FRONT, SIDE, BACK = (_tiles(f"{name}.jpg", seed) for seed, name in enumerate(("front", "side", "back")))


async def collecting(bot: Bot) -> tuple[Room, Person, str]:
    """Somebody who was just asked for photos of a chair, and the message that asked."""
    room = bot.room()
    anna = room.person("Anna")
    await anna.say("/persona create Chair --kind product")
    await anna.say("/reference add Chair")
    return room, anna, room.id_of(room.last)


async def photos_of(bot: Bot, person: Person) -> tuple[ReferencePhoto, ...]:
    """The photos of the person's only persona."""
    async with bot.running.database.read() as tx:
        [persona] = await personas.owned(tx, await user_of(bot, person))
        return await references.of_persona(tx, persona.id)


async def loose_photos(bot: Bot, person: Person) -> int:
    """How many photos of the person belong to no persona."""
    column = reference_photos.c
    query = select(column.id).where(
        column.owner_id == await user_of(bot, person), column.persona_id.is_(None), column.deleted_at.is_(None)
    )
    async with bot.running.database.read() as tx:
        return len((await tx.execute(query)).all())


def words(room: Room) -> list[str]:
    return [room.read(said) for said in room.said.values()]


async def test_photos_are_asked_for_counted_in_one_message_and_added_with_done(bot: Bot) -> None:
    room, anna, question = await collecting(bot)
    assert room.read() == "Send me photos of Chair, as many messages as you like. Then press Done."
    await anna.say("", FRONT)
    assert room.read(room.said[question]) == "One photo for Chair so far. Send more, or press Done."
    await anna.say("", SIDE, BACK)
    assert room.read(room.said[question]) == "3 photos for Chair so far. Send more, or press Done."
    assert await photos_of(bot, anna) == ()
    await anna.press("Done", question)
    assert room.read(room.said[question]) == "3 photos gathered for Chair."
    assert "Chair has 3 new photos, 3 in all." in words(room)
    assert [photo.expires_at for photo in await photos_of(bot, anna)] == [None] * 3


async def test_the_role_that_was_named_holds_for_every_photo(bot: Bot) -> None:
    _room, anna, _ = await collecting(bot)
    await anna.say("/reference add Chair --role style")
    await anna.say("", FRONT)
    await anna.say("", SIDE)
    await anna.press("Done")
    assert {photo.role for photo in await photos_of(bot, anna)} == {"style"}


async def test_cancel_deletes_what_was_sent(bot: Bot) -> None:
    room, anna, question = await collecting(bot)
    await anna.say("", FRONT)
    await anna.press("Cancel", question)
    assert room.read(room.said[question]) == "Left Chair as it was; the photos are deleted."
    assert await photos_of(bot, anna) == ()
    assert await loose_photos(bot, anna) == 0
    await anna.say("", SIDE)
    assert room.read(room.last).startswith("A photo! What shall I do with it?"), "photos are offers again"


async def test_the_command_to_cancel_ends_the_collection_and_leaves_what_runs(bot: Bot) -> None:
    room, anna, _ = await collecting(bot)
    await anna.say("/imagine [hold] a fox --model free")
    await anna.say("", FRONT)
    await anna.say("/cancel")
    assert room.read() == "Left Chair as it was; the photos are deleted."
    assert await loose_photos(bot, anna) == 0
    await bot.scripted.release(1)
    await room.quiet()
    assert len(room.results) == 1


async def test_a_command_to_cancel_that_comes_again_stops_nothing_else(bot: Bot) -> None:
    room, anna, _ = await collecting(bot)
    await anna.say("/imagine [hold] a fox --model free")
    for _ in range(2):
        await anna.say("/cancel", event=f"again-{anna.who.id}")
    assert room.read() == "Left Chair as it was; the photos are deleted."
    await bot.scripted.release(1)
    await room.quiet()
    assert len(room.results) == 1


async def test_done_and_cancel_at_once_leave_either_the_photos_or_nothing(bot: Bot) -> None:
    room, anna, question = await collecting(bot)
    await anna.say("", FRONT)
    await asyncio.gather(anna.press("Done", question), anna.say("/cancel"))
    told = any(text.startswith("Chair has a new photo") for text in words(room))
    assert len(await photos_of(bot, anna)) == told
    assert await loose_photos(bot, anna) == 0


async def test_done_with_nothing_sent_waits_on(bot: Bot) -> None:
    room, anna, question = await collecting(bot)
    await anna.press("Done", question)
    assert room.read() == "Nothing to add to Chair yet: send a photo first."
    await anna.say("", FRONT)
    assert isinstance(room.said[question], Ask)
    assert "One photo for Chair" in room.read(room.said[question])


async def test_done_pressed_twice_at_once_adds_the_photos_once_and_loses_none(bot: Bot) -> None:
    room, anna, question = await collecting(bot)
    await anna.say("", FRONT, SIDE)
    await asyncio.gather(*(anna.press("Done", question) for _ in range(4)))
    assert len(await photos_of(bot, anna)) == 2
    assert sum("2 new photos" in line for line in words(room)) == 1


async def test_a_new_collection_takes_the_place_of_the_one_before(bot: Bot) -> None:
    room, anna, first = await collecting(bot)
    await anna.say("", FRONT)
    await anna.say("/persona create Lamp --kind product")
    await anna.say("/reference add Lamp")
    await anna.say("", SIDE)
    assert "One photo for Lamp" in "\n".join(words(room))
    await anna.press("Done", first)
    assert room.read() == "This question is already answered or too old. Send your request again."
    assert await loose_photos(bot, anna) == 1, "the photo for the chair is gone"


async def test_a_photo_with_words_is_still_a_request(bot: Bot) -> None:
    room, anna, question = await collecting(bot)
    await anna.say("in the snow", FRONT)
    await room.quiet()
    assert isinstance(room.results[0], Show)
    assert "Send me photos of Chair" in room.read(room.said[question])


async def test_a_file_that_is_no_photo_is_named_and_the_collection_goes_on(bot: Bot) -> None:
    room, anna, question = await collecting(bot)
    await anna.say("", FRONT, Bytes("notes.txt", b"no picture at all"))
    assert room.read() == "“notes.txt” is not a photo I can read. Send it as JPEG, PNG, WebP or HEIC."
    assert "One photo for Chair" in room.read(room.said[question]), "the good one counts"
    await anna.say("", SIDE)
    assert "2 photos for Chair" in room.read(room.said[question])


async def test_the_same_photo_sent_twice_is_kept_once(bot: Bot) -> None:
    room, anna, question = await collecting(bot)
    await anna.say("", FRONT)
    await anna.say("", SIDE, FRONT)
    await anna.press("Done", question)
    assert len(await photos_of(bot, anna)) == 2
    assert any("One photo was nearly the same" in line for line in words(room))
    assert await loose_photos(bot, anna) == 0


async def test_what_is_gathered_here_is_not_gathered_elsewhere_or_by_somebody_else(bot: Bot) -> None:
    room, anna, question = await collecting(bot)
    other = bot.room()
    await anna.elsewhere(other).say("", FRONT)
    assert other.read().startswith("A photo! What shall I do with it?")
    stranger = room.person("Ben")
    await stranger.press("Done", question)
    assert room.read() == "This button no longer works."
    await stranger.press("Cancel", question)
    assert isinstance(room.said[question], Ask)


async def test_a_face_for_somebody_invented_asks_who_it_is_before_it_is_added(bot: Bot, face: Bytes) -> None:
    room = bot.room()
    anna = room.person("Anna")
    await anna.say("/persona create Hero --kind illustrated")
    await anna.say("/reference add Hero")
    await anna.say("", face)
    await anna.press("Done")
    asked: list[Outgoing] = [said for said in room.said.values() if "Who is this?" in room.read(said)]
    assert len(asked) == 1
    assert await photos_of(bot, anna) == ()
    await anna.press("Nobody real", asked[0])
    assert len(await photos_of(bot, anna)) == 1
