"""What people send that is no good: each is answered in one sentence, and nothing breaks."""

import asyncio
import zlib

import pytest

from tests.fronts.telegram.talking import Talk
from tests.servers.telegram_world import Refused

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.mark.parametrize("kind", ["sticker", "video", "animation", "voice"])
async def test_what_is_neither_words_nor_a_photo(talk: Talk, kind: str) -> None:
    ada = talk.person()
    await ada.sends(kind)
    await ada.hears("I can only read words and photos")


@pytest.mark.parametrize("kind", ["video", "animation"])
async def test_words_under_what_is_no_photo_make_no_picture_without_it(talk: Talk, kind: str) -> None:
    ada = talk.person()
    await ada.sends(kind, caption="/imagine a poster of this")
    await ada.hears("I can only read words and photos")
    await ada.writes("/queue")
    await ada.hears("Nothing of yours waits or runs.")
    assert [one.kind for one in ada.said] == ["text", "text"]


async def test_of_an_album_with_a_video_the_photos_count(talk: Talk, photo: bytes) -> None:
    zoe = talk.person("Zoé", "fr")
    await zoe.sends_album([photo, photo], "/imagine en collage", video=True)
    await zoe.hears("J’ai laissé de côté ce qui n’est pas une photo.")
    await zoe.hears("en collage", kind="photo")
    assert len(talk.scripted.journal[-1].request.references) == 2


@pytest.mark.parametrize(
    ("code", "problem", "words"),
    [
        (400, "Bad Request: file is too big", "“gone.jpg” has 0 MB; 20 MB fit"),
        (400, "Bad Request: wrong file_id or the file is temporarily unavailable", "Telegram no longer has “gone.jpg”"),
        (502, "Bad Gateway", "Telegram did not hand over “gone.jpg”"),
    ],
)
async def test_a_file_telegram_does_not_hand_over_is_named(
    talk: Talk, photo: bytes, code: int, problem: str, words: str
) -> None:
    ada = talk.person()
    talk.server.methods.faults["getFile"].append(Refused(code, problem))
    await ada.sends_file(photo, "gone.jpg", "/imagine a poster of this")
    await ada.hears(words)


async def test_a_heavy_file_is_refused_by_its_size(talk: Talk) -> None:
    ada = talk.person()
    await ada.sends_file(bytes(25_000_000), "huge.png", "/imagine a poster of this")
    await ada.hears("“huge.png” has 25 MB; 20 MB fit")


async def test_a_file_that_is_no_photo_is_named(talk: Talk) -> None:
    ada = talk.person()
    await ada.sends_file(b"%PDF-1.7 " + zlib.compress(b"words"), "holiday.jpg", "/imagine a poster of this")
    await ada.hears("“holiday.jpg” is not a photo I can read")


async def test_a_caption_as_long_as_they_come(talk: Talk, photo: bytes) -> None:
    ada = talk.person()
    await ada.sends_photo(photo, "/imagine " + "x" * 1015)
    result = await ada.hears("xxx", kind="photo")
    assert len(result.text) <= 1024


async def test_a_number_that_is_none(talk: Talk) -> None:
    ada = talk.person()
    await ada.writes("/imagine a fox --count many")
    await ada.hears("takes a whole number from 1 to 32, not “many”")


async def test_an_edited_command_does_not_run_again(talk: Talk) -> None:
    ada = talk.person()
    sent = await ada.writes("/imagine one fox only")
    await ada.hears("one fox only", kind="photo")
    await ada.edits(sent, "/imagine another fox")
    await ada.hears("An edited command does not run again")
    assert not any("another" in call.request.prompt for call in talk.scripted.journal)


async def test_the_same_update_twice_is_one_request(talk: Talk) -> None:
    ada = talk.person()
    await ada.writes("/imagine a single fox [hold]")
    await ada.shows("Cancel")
    await ada.world.repeat("message")
    await ada.writes("/queue")
    await ada.hears("a single fox", kind="text")
    await talk.scripted.release()
    await ada.hears("a single fox", kind="photo")
    assert sum("a single fox" in call.request.prompt for call in talk.scripted.journal) == 1


async def test_typographic_dashes_and_quotes_are_understood(talk: Talk) -> None:
    ada = talk.person()
    await ada.writes("/imagine “a fox — in the snow” —count 2 –aspect 4:5")
    await ada.shows("Keep all")


async def test_a_button_nobody_knows_is_answered(talk: Talk) -> None:
    ada = talk.person()
    await ada.writes("/start")
    popup = await ada.presses_data("v9:dance:1", await ada.hears("Hello"))
    assert popup["text"] == "This button no longer works."


async def test_an_error_in_the_words_of_a_french_reader(talk: Talk) -> None:
    zoe = talk.person("Zoé", "fr")
    await zoe.writes("/imaginer un renard")
    await zoe.hears("Vouliez-vous dire")
    await zoe.writes("/start")
    await zoe.hears("Bonjour Zoé")


async def test_silence_that_telegram_asks_for_is_kept(talk: Talk) -> None:
    ada = talk.person()
    talk.server.methods.faults["sendMessage"].append(Refused(429, "Too Many Requests: retry after 1", retry_after=1))
    await ada.writes("/help")
    await ada.hears("Here is what I understand")


async def test_silence_in_the_middle_of_an_album_loses_no_picture(talk: Talk) -> None:
    ada = talk.person()
    flood = Refused(429, "Too Many Requests: retry after 1", retry_after=1)
    for method in ("sendMediaGroup", "sendMessage"):
        talk.server.methods.faults[method].append(flood)
    await ada.writes("/imagine patient foxes --count 3")
    await ada.shows("Keep all")
    assert len([one for one in ada.said if one.kind == "photo"]) == 3


async def test_an_edit_that_changes_nothing_is_no_failure(talk: Talk) -> None:
    ada = talk.person()
    await ada.writes("/imagine a steady fox")
    result = await ada.hears("a steady fox", kind="photo")
    talk.server.methods.faults["editMessageCaption"].append(Refused(400, "Bad Request: message is not modified: x"))
    await ada.presses("Keep", result)
    await ada.presses("Best", result)
    assert (await ada.shows("✓ ⭐ Best")).id == result.id
    assert len(ada.said) == 1


async def test_a_press_that_is_too_old_to_be_answered_still_counts(talk: Talk) -> None:
    ada = talk.person()
    await ada.writes("/imagine an early fox")
    result = await ada.hears("an early fox", kind="photo")
    stale = "Bad Request: query is too old and response timeout expired or query ID is invalid"
    talk.server.methods.faults["answerCallbackQuery"].append(Refused(400, stale))
    pressing = asyncio.create_task(ada.presses("Keep", result))
    assert (await ada.shows("✓ ✅ Keep")).id == result.id
    pressing.cancel()


async def test_a_message_that_was_deleted_is_sent_again(talk: Talk) -> None:
    ada = talk.person()
    await ada.writes("/imagine a lost fox [hold]")
    progress = await ada.shows("Cancel")
    del ada.chat.messages[progress.id]
    await talk.scripted.release()
    result = await ada.hears("a lost fox", kind="photo")
    await ada.presses("Keep", result)
    await ada.shows("✓ ✅ Keep")


async def test_words_too_long_for_one_message_are_split(talk: Talk) -> None:
    ada = talk.person()
    for command in ("imagine", "gallery", "vote", "admin", "persona"):
        await ada.writes(f"/help {command}")
    await ada.writes("/help")
    await ada.hears("Here is what I understand")
    assert all(len(one.text) <= 4096 for one in ada.said)


async def test_who_blocked_the_bot_stops_nothing(talk: Talk) -> None:
    ada, bob = talk.person(), talk.person("Bob")
    await ada.writes("/imagine a shy fox [hold]")
    await ada.shows("Cancel")
    await ada.blocks()
    await talk.scripted.release()
    await bob.writes("/imagine a bold fox")
    await bob.hears("a bold fox", kind="photo")
