"""What people do in their private chat with the bot."""

import pytest

from tests.fronts.telegram.talking import Talk
from tests.servers.telegram_people import Human, Posted

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_photo_with_a_caption_is_a_request_with_a_reference(talk: Talk, photo: bytes) -> None:
    ada = talk.person()
    await ada.sends_photo(photo, "as an oil painting")
    await ada.hears("as an oil painting", kind="photo")
    assert len(talk.scripted.journal[-1].request.references) == 1


async def test_a_command_in_a_caption_works(talk: Talk, photo: bytes) -> None:
    ada = talk.person()
    await ada.sends_photo(photo, "/imagine a pencil drawing —count 2")
    await ada.shows("Keep all")


async def test_an_album_is_one_request_with_all_its_photos(talk: Talk, photo: bytes) -> None:
    ada = talk.person()
    await ada.sends_album([photo] * 3, "/imagine all of them together")
    await ada.hears("all of them together", kind="photo")
    assert len(talk.scripted.journal[-1].request.references) == 3


async def test_of_ten_photos_with_a_broken_one_nine_count_and_the_one_is_named(talk: Talk, photo: bytes) -> None:
    ada = talk.person()
    await ada.writes("/settings --model local")
    await ada.hears("Local preview")
    await ada.sends_album([*[photo] * 6, b"no photo", *[photo] * 3], "as a comic", files=True)
    await ada.hears("“file 7.jpg” is not a photo I can read")
    result = await ada.hears("as a comic", kind="photo")
    await ada.presses("Recipe", result)
    await ada.hears("Reference photos: 9")


async def test_files_are_taken_as_they_are(talk: Talk, photo: bytes) -> None:
    ada = talk.person()
    await ada.sends_file(photo, "portrait.jpg", "/imagine in ink")
    await ada.hears("in ink", kind="photo")


async def test_a_photo_without_words_gets_offers(talk: Talk, photo: bytes) -> None:
    ada = talk.person()
    await ada.sends_photo(photo)
    offer = await ada.shows("Make")
    assert offer.kind == "photo"
    assert len(offer.buttons) == 4
    await ada.presses("Forget", offer)
    gone = await ada.hears("Deleted. I kept nothing of the photo.")
    assert gone.buttons == []


async def test_plain_words_get_an_offer_with_its_price(talk: Talk) -> None:
    ada = talk.person()
    await ada.writes("a red fox in the snow")
    await ada.presses("Make", await ada.hears("Make this?"))
    await ada.hears("a red fox in the snow", kind="photo")


async def test_an_answer_to_a_picture_edits_it(talk: Talk) -> None:
    ada = talk.person()
    await ada.writes("/imagine a lighthouse")
    result = await ada.hears("a lighthouse", kind="photo")
    await ada.writes("now at night", to=result.id)
    await ada.hears("now at night", kind="photo")


async def test_numbers_as_an_answer_keep_pictures(talk: Talk) -> None:
    ada = talk.person()
    await ada.writes("/imagine a harbour --count 4")
    control = await ada.shows("Keep all")
    await ada.writes("1 4", to=control.id)
    await ada.hears("1 ✅  4 ✅")


async def test_an_answer_to_ones_own_photo_uses_it(talk: Talk, photo: bytes) -> None:
    ada = talk.person()
    sent = await ada.sends_photo(photo)
    await ada.shows("Make")
    await ada.writes("/imagine as a poster", to=sent)
    await ada.hears("as a poster", kind="photo")
    assert len(talk.scripted.journal[-1].request.references) == 1


async def test_who_is_on_a_photo_is_asked_with_the_photo(talk: Talk, face: bytes) -> None:
    ada = talk.person()
    await ada.sends_photo(face, "/imagine as a painting")
    question = await ada.hears("Who is on the photo?", kind="photo")
    await ada.presses("It is me", question)
    await ada.hears("as a painting\n", kind="photo")
    assert (await ada.hears("Noted")).buttons == []


async def test_the_original_comes_as_a_file(talk: Talk) -> None:
    ada = talk.person()
    await ada.writes("/imagine a bridge")
    result = await ada.hears("a bridge", kind="photo")
    await ada.presses("Original", result)
    await ada.hears("", kind="document")


async def test_a_picture_too_narrow_for_a_photo_comes_as_a_file(talk: Talk) -> None:
    ada = talk.person()
    await ada.writes("/imagine a ribbon [size 2100x100]")
    await ada.hears("a ribbon", kind="document")


async def test_a_picture_with_sides_too_long_for_a_photo_comes_as_a_file(talk: Talk) -> None:
    ada = talk.person()
    await ada.writes("/imagine a panorama [size 9000x1200]")
    await ada.hears("a panorama", kind="document")


async def test_photos_and_files_of_one_result_are_albums_apart(talk: Talk) -> None:
    ada = talk.person()
    await ada.writes("/imagine ribbons [size 2100x100 at 2] --count 3")
    control = await ada.shows("Keep all")
    await ada.until(lambda: [one.kind for one in ada.said] == ["photo", "document", "photo", "text"])
    await ada.presses("3", control)
    await ada.hears("3 ✅")


async def test_a_recipe_is_a_message_of_its_own(talk: Talk) -> None:
    ada = talk.person()
    await ada.writes("/imagine a well")
    await ada.presses("Recipe", await ada.hears("a well", kind="photo"))
    await ada.hears("/imagine a well --model free")


async def test_a_picture_in_the_trash_is_gone_and_comes_back(talk: Talk) -> None:
    ada = talk.person()
    await ada.writes("/imagine a mill")
    result = await ada.hears("a mill", kind="photo")
    await ada.presses("Trash", result)
    restore = await ada.shows("Take 1 back")
    assert [one for one in ada.said if one.kind == "photo"] == []
    await ada.presses("Take 1 back", restore)
    await ada.hears("a mill", kind="photo")


async def test_what_is_made_can_be_stopped(talk: Talk) -> None:
    ada = talk.person()
    await ada.writes("/imagine a very slow picture [hold]")
    await ada.presses("Cancel", await ada.shows("Cancel"))
    await ada.hears("Cancelled. It was not charged.")


async def test_cancel_stops_what_runs(talk: Talk) -> None:
    ada = talk.person()
    await ada.writes("/imagine another slow picture [hold]")
    await ada.shows("Cancel")
    await ada.writes("/cancel")
    await ada.hears("Cancelled. It was not charged.")


async def test_pages_of_many_pictures_replace_one_another(talk: Talk) -> None:
    ada = talk.person()
    await ada.writes("/imagine many boats --count 10")
    control = await ada.shows("1 / 2 ▶")
    assert len(_album(ada)) == 8
    await ada.presses("▶", control)
    await ada.until(lambda: len(_album(ada)) == 2)
    again = await ada.shows("2 / 2 ▶")
    await ada.presses("10", again)
    await ada.hears("10 ✅")


async def test_a_gallery_opens_one_picture_to_judge(talk: Talk) -> None:
    ada = talk.person()
    await ada.writes("/imagine two boats --count 2")
    await ada.shows("Keep all")
    await ada.writes("/gallery browse")
    page = await ada.hears("2 pictures")
    await ada.presses("2", page)
    alone = await ada.shows("Best")
    assert alone.kind == "photo"
    popup = await ada.presses("Keep", alone)
    assert popup["callback_query_id"]
    await ada.writes("/gallery browse --verdict kept")
    await ada.hears("One picture")


async def test_cards_follow_one_another_in_one_message(talk: Talk) -> None:
    ada = talk.person()
    await ada.writes("/imagine three boats --count 3")
    await ada.shows("Keep all")
    await ada.writes("/curate")
    card = await ada.shows("Skip")
    before = card.message["photo"]
    await ada.presses("Keep", card)
    await ada.until(lambda: card.message.get("photo") != before)
    assert (await ada.shows("Skip")).id == card.id


def _album(ada: Human) -> list[Posted]:
    """The pictures of albums that stand in the chat."""
    return [one for one in ada.said if "media_group_id" in one.message]


async def test_somebody_who_reads_french_is_asked_and_told_in_french(talk: Talk, face: bytes) -> None:
    zoe = talk.person("Zoé", "fr")
    await zoe.sends_photo(face, "portrait à l'huile")
    await zoe.presses("C’est moi", await zoe.hears("Qui est sur la photo"))
    await zoe.hears("portrait à l'huile", kind="photo")
    await zoe.writes("/imagine")
    assert (await zoe.hears("?")).forces_reply
    await zoe.writes("/cancel")
    await zoe.hears("je ne demande plus rien")
    await zoe.sends("voice")
    await zoe.hears("Je ne lis que des mots et des photos")
