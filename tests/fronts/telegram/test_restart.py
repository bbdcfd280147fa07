"""A restart in the middle of a dialogue, of gathering photos, and of a picture; and what waited meanwhile."""

from dataclasses import replace
from pathlib import Path

from tests.fronts.telegram.talking import FAST, talking
from tests.servers.telegram import telegram


async def test_dialogues_and_gathered_photos_survive_a_restart(tmp_path: Path, photo: bytes) -> None:
    async with telegram() as server:
        async with talking(tmp_path, server) as talk:
            ada, bob = talk.person(), talk.person("Bob")
            await ada.writes("/imagine")
            await ada.hears("What should the picture show?")
            await bob.sends_photo(photo, "/persona create Otto --kind product")
            await bob.hears("Otto is here")
            await bob.writes("/reference add Otto")
            question = await bob.shows("Done")
            await bob.sends_photo(photo)
            await bob.until(lambda: "One photo" in question.text)
        await ada.writes("a fox after the restart")
        await bob.sends_photo(photo)
        async with talking(tmp_path, server):
            await ada.hears("a fox after the restart", kind="photo")
            await bob.until(lambda: "2 photos" in question.text)
            await bob.presses("Done", question)
            await bob.hears("2 photos gathered for Otto")


async def test_a_picture_that_was_being_made_comes_into_its_message(tmp_path: Path) -> None:
    async with telegram() as server:
        async with talking(tmp_path, server) as talk:
            ada = talk.person()
            await ada.writes("/imagine a patient fox [delay 3]")
            progress = await ada.shows("Cancel")
        async with talking(tmp_path, server):
            result = await ada.hears("a patient fox", kind="photo")
            assert result.id == progress.id


async def test_an_update_that_comes_again_after_a_restart_is_one_request(tmp_path: Path) -> None:
    async with telegram() as server:
        async with talking(tmp_path, server) as talk:
            ada = talk.person()
            await ada.writes("/imagine a single fox")
            await ada.hears("a single fox", kind="photo")
        await ada.world.repeat("message")
        async with talking(tmp_path, server) as talk:
            await ada.writes("/queue")
            await ada.hears("Nothing of yours waits or runs.")
            assert len([one for one in ada.said if one.kind == "photo"]) == 1
            assert talk.scripted.journal == []


async def test_an_album_result_is_still_known_after_a_restart(tmp_path: Path) -> None:
    async with telegram() as server:
        async with talking(tmp_path, server) as talk:
            ada = talk.person()
            await ada.writes("/imagine a herd --count 3")
            control = await ada.shows("Keep all")
        async with talking(tmp_path, server):
            await ada.presses("2", control)
            await ada.hears("2 ✅")
            assert len([one for one in ada.said if "media_group_id" in one.message]) == 3
            album = [one for one in ada.said if "media_group_id" in one.message]
            await ada.writes("1: make it night", to=album[2].id)
            await ada.hears("make it night", kind="photo")


async def test_old_commands_ask_whether_they_are_still_wanted(tmp_path: Path, photo: bytes) -> None:
    async with telegram() as server:
        async with talking(tmp_path, server) as talk:
            ada, bob, eve = talk.person(), talk.person("Bob"), talk.person("Eve")
        await ada.writes("/imagine an old wish", age=900)
        await bob.sends_album([photo, photo], "/imagine two old photos", age=900)
        await eve.writes("/imagine a young wish", age=300)
        async with talking(tmp_path, server) as talk:
            await eve.hears("a young wish", kind="photo")
            question = await ada.hears("15 minutes ago")
            await ada.presses("Yes", question)
            await ada.hears("an old wish", kind="photo")
            await bob.presses("Yes", await bob.hears("15 minutes ago"))
            await bob.hears("two old photos", kind="photo")
            assert len(talk.scripted.journal[-1].request.references) == 2


async def test_old_words_that_would_change_a_picture_at_once_are_asked_about_and_judging_is_not(tmp_path: Path) -> None:
    async with telegram() as server:
        async with talking(tmp_path, server) as talk:
            ada, zoe = talk.person(), talk.person("Zoé", "fr")
            await ada.writes("/imagine two mills --count 2")
            control = await ada.shows("Keep all")
            await zoe.writes("/imagine un moulin")
            mill = await zoe.hears("un moulin", kind="photo")
        await ada.writes("1 2", to=control.id, age=900)
        await zoe.writes("sous la neige", to=mill.id, age=900)
        async with talking(tmp_path, server):
            await ada.hears("1 ✅  2 ✅")
            question = await zoe.hears("il y a 15 minutes")
            await zoe.presses("Oui", question)
            await zoe.hears("sous la neige", kind="photo")


async def test_the_owner_of_a_group_learns_that_reactions_arrive_since_the_bot_was_away(tmp_path: Path) -> None:
    async with telegram() as server:
        async with talking(tmp_path, server) as talk:
            ada, team = talk.person(), talk.group("Painters", bot="left")
            await team.bot_is("member", by=ada)
            await team.hears("I do not see reactions")
        team.chat.bot = "administrator"
        async with talking(tmp_path, server):
            await ada.hears("to my pictures in “Painters” count as votes")


async def test_a_group_that_moved_and_put_the_bot_out_is_asked_about_no_more(tmp_path: Path) -> None:
    async with telegram() as server:
        async with talking(tmp_path, server) as talk:
            ada, painters = talk.person(), talk.group("Painters", bot="left")
            await painters.bot_is("member", by=ada)
            await painters.hears("I do not see reactions")
            team = talk.group("Sculptors", type="group", bot="left")
            await team.bot_is("member", by=ada)
            await team.hears("I do not see reactions")
            moved = await team.becomes_supergroup()
            await team.until(lambda: not server.world.updates)
            await moved.bot_is("left", by=ada)
            await team.until(lambda: not server.world.updates)
        painters.chat.bot = moved.chat.bot = "administrator"
        async with talking(tmp_path, server):
            await ada.hears("to my pictures in “Painters” count as votes")
        assert [one.text for one in ada.said if "Sculptors" in one.text] == []


async def test_progress_that_a_crash_left_above_its_album_goes_at_the_next_start(tmp_path: Path) -> None:
    async with telegram() as server:
        server.methods.lost.add("deleteMessages")
        async with talking(tmp_path, server, replace(FAST, last_words=0.1)) as talk:
            ada = talk.person()
            await ada.writes("/imagine a herd --count 3")
            await ada.shows("Keep all")
            await ada.until(lambda: "deleteMessages" in [call.method for call in server.methods.calls])
        assert [one.kind for one in ada.said] == ["text", "photo", "photo", "photo", "text"]
        server.methods.lost.clear()
        async with talking(tmp_path, server):
            await ada.until(lambda: [one.kind for one in ada.said] == ["photo", "photo", "photo", "text"])
            await ada.presses("2", await ada.shows("Keep all"))
            await ada.hears("2 ✅")


async def test_a_collection_whose_command_comes_again_goes_on(tmp_path: Path, photo: bytes) -> None:
    async with telegram() as server:
        async with talking(tmp_path, server) as talk:
            ada = talk.person()
            await ada.sends_photo(photo, "/persona create Otto --kind product")
            await ada.hears("Otto is here")
            await ada.writes("/reference add Otto")
            question = await ada.shows("Done")
        await ada.world.repeat("message")
        await ada.sends_photo(photo)
        async with talking(tmp_path, server):
            await ada.until(lambda: "One photo" in question.text)
            await ada.writes("/queue")
            await ada.hears("Nothing of yours")
            assert [one.id for one in ada.said if "✅ Done" in one.buttons] == [question.id]
