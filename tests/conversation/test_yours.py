"""What is one's own: the same person on another platform, an export of everything, and its deletion."""

import json
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from tests.conversation.talk import Talk, everywhere, talking
from tests.harness.room import Person, Room, Rooms


def phone(me: Talk) -> Person:
    """The same person's chat on another platform."""
    rooms = Rooms()
    me.bot.fronts[rooms.platform] = rooms
    return Room(me.bot.app, rooms).person("Mila's phone")


@everywhere
async def test_two_platforms_become_one_person_once_both_agree(front: str, locale: str, tmp_path: Path) -> None:
    async with talking(front, tmp_path, locale) as me:
        there = phone(me)
        await there.say("/imagine a kite")
        await there.room.quiet()
        await me.says("/gallery browse kite")
        await me.hears("No pictures here yet.")

        await me.says("/link")
        code = (await me.hears("The code works once, within 10 minutes.")).text.split("/link ")[1].split()[0]
        await me.says(f"/link {code}")
        await me.hears("This is your own code.")
        await there.say("/link nobody-gave-this")
        assert "I gave nobody this code." in there.room.read()
        await there.say(f"/link {code}")
        await there.press("Join")
        await me.hears("Join with Mila's phone on Test?", "ask")
        await me.taps("Join")
        await me.hears("Joined with Mila's phone on Test.")
        await there.say(f"/link {code}")
        assert "You are the same person on both already." in there.room.read()

        # From now on the gallery and the limits are the same.
        await me.says("/gallery browse kite")
        await me.hears("One picture", "show")
        await me.says("/quota")
        await me.hears("Today: 1 of 50 pictures, 49 left.")


@everywhere
async def test_everything_kept_about_me_can_be_taken_along_and_deleted(front: str, locale: str, tmp_path: Path) -> None:
    async with talking(front, tmp_path, locale) as me:
        # Of nobody yet there is nothing but the account.
        await me.says("/privacy export")
        assert (await unpacked(me))["rows/personas.json"] == []

        await me.says("/persona create Ada --kind fictional")
        await me.says("/imagine a garden --persona ada --count 2")
        await me.result()
        await me.taps("1")
        await me.says("/privacy export")
        assert len((await unpacked(me))["rows/images.json"]) == 2

        # Deleting says first what it means, stops what is being made, and cannot be pressed twice.
        await me.says("/imagine an orchard [hold]")
        await me.says("/privacy delete")
        question = await me.hears("Delete everything I keep about you? It cannot be undone.", "ask")
        await me.hears("Pictures: 2 (requests: 2)", "ask")
        await me.taps("Delete everything")
        await me.hears("Everything I kept about you is deleted.")
        await me.hears("Stopped while they were made: 1")
        await me.chat.press(question, question.buttons[0][1])
        await me.hears("This button no longer works.")
        await me.says("/persona list")
        await me.hears("You have no personas yet.")
        await me.says("/gallery browse")
        await me.hears("No pictures here yet.")

        # Limits that were used stay used.
        await me.says("/quota")
        await me.hears("Today: 2 of 50 pictures, 48 left.")
        await me.chat.press(question, "v1:keep:01a1f83f29f6720d944509f9d06b05bb")
        await me.hears("This picture is gone.")


async def unpacked(me: Talk) -> dict[str, object]:
    """The JSON files of the archive that was just handed over."""
    message = await me.hears("Everything I keep about you:", "document")
    archive = ZipFile(BytesIO(await me.chat.download(message)))
    return {name: json.loads(archive.read(name)) for name in archive.namelist() if name.endswith(".json")}
