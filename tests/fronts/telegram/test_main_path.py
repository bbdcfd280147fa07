"""From the greeting to a picture that was judged, in a private chat."""

import pytest

from tests.fronts.telegram.talking import Talk
from tests.harness.bots import lose

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_start_greets_with_an_example(talk: Talk) -> None:
    ada = talk.person("Ada")
    await ada.writes("/start")
    greeting = await ada.hears("Hello Ada!")
    assert "/imagine" in greeting.text


async def test_a_command_shows_progress_that_becomes_the_picture(talk: Talk) -> None:
    ada = talk.person()
    await ada.writes("/imagine a red fox [hold]")
    progress = await ada.shows("Cancel")
    assert "0 of 1" in progress.text
    await talk.scripted.release()
    result = await ada.hears("a red fox", kind="photo")
    assert result.id == progress.id
    assert [label for label in result.buttons if label[0] in "✅❌⭐🔁🎨✏ℹ📎"] != []
    assert "upload_photo" in ada.chat.actions


async def test_a_press_keeps_the_picture_and_marks_the_button(talk: Talk) -> None:
    ada = talk.person()
    await ada.writes("/imagine a red fox")
    result = await ada.hears("a red fox", kind="photo")
    await ada.presses("✅ Keep", result)
    kept = await ada.shows("✓ ✅ Keep")
    assert kept.id == result.id


async def test_several_pictures_are_an_album_and_one_message_with_numbers(talk: Talk) -> None:
    ada = talk.person()
    await ada.writes("/imagine a red fox --count 4")
    control = await ada.shows("Keep all")
    album = [one for one in ada.said if "media_group_id" in one.message]
    assert [one.kind for one in album] == ["photo"] * 4
    assert control.kind == "text"
    assert control.id > album[-1].id
    assert [label for label in control.buttons if label.strip("✓ ").isdigit()] == ["1", "2", "3", "4"]
    await ada.presses("2", control)
    await ada.hears("2 ✅")
    assert [one.id for one in ada.said if "media_group_id" in one.message] == [one.id for one in album]


async def test_an_answer_to_a_picture_of_an_album_changes_that_picture(talk: Talk) -> None:
    ada = talk.person()
    await ada.writes("/imagine a red fox --count 2")
    await ada.shows("Keep all")
    second = [one for one in ada.said if "media_group_id" in one.message][1]
    await ada.writes("warmer light", to=second.id)
    result = await ada.hears("warmer light", kind="photo")
    call = next(call for call in talk.scripted.journal if "warmer light" in call.request.prompt)
    assert len(call.request.references) == 1
    assert result.kind == "photo"


async def test_a_picture_whose_file_is_lost_is_named_and_the_others_are_shown(talk: Talk) -> None:
    ada = talk.person()
    await ada.writes("/imagine a fox that gets lost --count 3")
    await ada.shows("Keep all")
    await lose(talk.bot.running.database, "a fox that gets lost", 2)
    before = len([one for one in ada.said if one.kind == "photo"])
    await ada.writes("/gallery browse fox that gets lost")
    await ada.hears("Picture 2 cannot be shown")
    assert len([one for one in ada.said if one.kind == "photo"]) == before + 2
