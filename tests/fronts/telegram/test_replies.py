"""Answers to pictures: numbers keep, "3: words" changes picture 3, and every picture goes by the number it shows."""

from io import BytesIO

import pytest
from PIL import Image

from bot.core.chat.action_ids import parse
from storage.tables import images
from tests.fronts.telegram.talking import Talk
from tests.servers.telegram_people import Posted, Room

pytestmark = pytest.mark.asyncio(loop_scope="module")


def album(room: Room) -> list[Posted]:
    """The pictures of albums that stand in the chat."""
    return [one for one in room.said if "media_group_id" in one.message]


async def changed_in(talk: Talk, room: Room, words: str) -> int:
    """The number of the picture that was changed."""
    result = await room.hears(words, kind="photo")
    action = parse(result.data("Earlier"))
    assert action
    async with talk.bot.running.database.read() as tx:
        image = await images.get(tx, action.row)
    assert image
    return image.number


async def test_each_picture_of_an_album_tells_its_number_and_the_words_below_tell_where(talk: Talk) -> None:
    ada, zoe = talk.person(), talk.person("Zoé", "fr")
    await ada.writes("/imagine a row of huts --count 4")
    control = await ada.shows("Keep all")
    assert [one.text for one in album(ada)] == ["Picture 1", "Picture 2", "Picture 3", "Picture 4"]
    assert "Open a picture to see its number." in control.text
    await zoe.writes("/imagine des cabanes --count 3")
    await zoe.hears("Ouvrez une image pour voir son numéro.")


async def test_in_a_gallery_pictures_tell_the_numbers_of_the_buttons(talk: Talk) -> None:
    ada = talk.person()
    await ada.writes("/imagine one tent --count 2")
    await ada.shows("Keep all")
    await ada.writes("/imagine another tent")
    await ada.hears("another tent", kind="photo")
    before = ada.last.id
    await ada.writes("/gallery browse")
    page = await ada.hears("3 pictures")
    assert [one.text for one in album(ada) if one.id > before] == ["Picture 1", "Picture 2", "Picture 3"]
    assert page.buttons[:3] == ["1", "2", "3"]


async def test_a_number_and_words_change_that_picture(talk: Talk) -> None:
    ada = talk.person()
    await ada.writes("/imagine four huts --count 4")
    control = await ada.shows("Keep all")
    await ada.writes("3: warmer light", to=control.id)
    assert await changed_in(talk, ada, "warmer light") == 3


async def test_an_answer_to_a_picture_of_a_later_page_changes_that_picture(talk: Talk) -> None:
    ada = talk.person()
    await ada.writes("/imagine ten huts --count 10")
    await ada.presses("▶", await ada.shows("1 / 2 ▶"))
    await ada.shows("2 / 2 ▶")
    ninth = album(ada)[-2]
    assert ninth.text == "Picture 9"
    await ada.writes("with a chimney", to=ninth.id)
    assert await changed_in(talk, ada, "with a chimney") == 9


async def test_the_command_to_edit_in_answer_to_one_picture_of_an_album_changes_that_picture(talk: Talk) -> None:
    ada = talk.person()
    await ada.writes("/imagine four barns --count 4")
    await ada.shows("Keep all")
    await ada.writes("/edit in the snow", to=album(ada)[2].id)
    assert await changed_in(talk, ada, "in the snow") == 3


async def test_words_that_do_not_say_which_picture_are_asked_about(talk: Talk) -> None:
    ada = talk.person()
    await ada.writes("/imagine two huts --count 2")
    control = await ada.shows("Keep all")
    await ada.writes("with snow", to=control.id)
    question = await ada.until(lambda: next((one for one in ada.said if one.id > control.id), None))
    await ada.presses("2", question)
    assert await changed_in(talk, ada, "with snow") == 2


async def test_a_number_that_is_not_there_is_named(talk: Talk) -> None:
    ada = talk.person()
    await ada.writes("/imagine some huts --count 2")
    control = await ada.shows("Keep all")
    await ada.writes("1 4 7", to=control.id)
    refused = await ada.until(lambda: next((one for one in ada.said if one.id > control.id), None))
    assert "4" in refused.text


async def test_in_a_group_the_change_of_a_numbered_picture_is_offered_with_its_price(talk: Talk) -> None:
    team, ada, bob = talk.group(), talk.person(), talk.person("Bob")
    await ada.writes("/imagine huts by the sea --count 2 --model paid", team)
    control = await team.shows("Keep all")
    assert {"🔁 Again ($0.08)", "🎨 Vary ($0.04)"} <= set(control.buttons)
    await ada.writes("1 2", team, to=control.id)
    await team.hears("1 ✅  2 ✅")
    before = len(talk.scripted.journal)
    await bob.writes("2: warmer light", team, to=control.id)
    offer = await team.shows("✏️ Edit ($0.04)")
    assert "warmer light" in offer.text
    assert len(talk.scripted.journal) == before
    await bob.presses("Edit ($0.04)", offer)
    await team.hears("for Bob", kind="photo")


async def test_a_file_in_answer_to_ones_own_photo_is_the_first_of_both(talk: Talk, photo: bytes) -> None:
    ada = talk.person()
    sent = await ada.sends_file(large(), "exact.png")
    await ada.shows("Make")
    await ada.sends_photo(photo, "/imagine both of them", to=sent)
    await ada.hears("both of them", kind="photo")
    first, second = talk.scripted.journal[-1].request.references
    assert size(first.data) > size(second.data)


async def test_a_file_reaches_the_model_with_more_detail_than_a_photo(talk: Talk) -> None:
    ada, bob = talk.person(), talk.person("Bob")
    await ada.sends_file(large(), "exact.png", "/imagine as it is")
    await ada.hears("as it is", kind="photo")
    exact = size(talk.scripted.journal[-1].request.references[0].data)
    await bob.sends_photo(large(), "/imagine made smaller")
    await bob.hears("made smaller", kind="photo")
    assert size(talk.scripted.journal[-1].request.references[0].data) < exact


def large() -> bytes:
    buffer = BytesIO()
    Image.linear_gradient("L").resize((1800, 1500)).convert("RGB").save(buffer, "PNG")
    return buffer.getvalue()


def size(picture: bytes) -> int:
    return max(Image.open(BytesIO(picture)).size)
