"""Commands as people type them: menus of buttons, options in any typography, what is missing, and ways out."""

import pytest

from tests.fronts.telegram.talking import Talk

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_bare_commands_open_menus_and_their_buttons_go_on(talk: Talk) -> None:
    ada, zoe = talk.person(), talk.person("Zoé", "fr")
    await ada.writes("/persona")
    await ada.presses("/persona create", await ada.shows("/persona create"))
    assert (await ada.hears("Its name")).forces_reply
    await ada.writes("/privacy")
    await ada.shows("/privacy export")
    await ada.writes("/settings")
    await ada.shows("Change")
    await zoe.writes("/persona")
    await zoe.presses("/persona create", await zoe.hears("que voulez-vous faire"))
    assert (await zoe.hears("Son nom")).forces_reply


async def test_options_are_understood_however_a_phone_writes_them(talk: Talk) -> None:
    ada = talk.person()
    await ada.writes("/imagine un renard « roux » —aspect 4:5 –-count 2 --model paid")
    await ada.shows("Keep all")
    request = talk.scripted.journal[-1].request
    assert "un renard « roux »" in request.prompt
    assert request.aspect == "4:5"
    await ada.writes("/imagine@LikenessBot  a wolf – far away —count=3")
    wolves = await ada.until(lambda: [one for one in ada.said if "wolf" in one.text and "1" in one.buttons])
    assert wolves[0].buttons[:3] == ["1", "2", "3"]


async def test_an_option_that_is_no_number_is_told_in_french(talk: Talk) -> None:
    zoe = talk.person("Zoé", "fr")
    await zoe.writes("/imagine un renard --count beaucoup")
    await zoe.hears("attend un nombre entier de 1 à 32")


async def test_a_persona_that_is_not_named_is_chosen_by_a_button(talk: Talk, photo: bytes) -> None:
    zoe = talk.person("Zoé", "fr")
    await zoe.sends_photo(photo, "/persona create Rex --kind product")
    await zoe.hears("Rex", kind="photo")
    await zoe.writes("/reference add")
    await zoe.presses("Rex", await zoe.shows("Rex"))
    await zoe.hears("Rex")
    await zoe.shows("Terminé")


async def test_gathering_photos_ends_by_its_button_in_french(talk: Talk, photo: bytes) -> None:
    zoe = talk.person("Zoé", "fr")
    await zoe.sends_photo(photo, "/persona create Max --kind product")
    await zoe.hears("Max", kind="photo")
    await zoe.writes("/reference add Max")
    question = await zoe.shows("Terminé")
    await zoe.sends_file(photo, "dos.jpg")
    await zoe.until(lambda: "Une photo" in question.text)
    await zoe.presses("✖", question)
    await zoe.until(lambda: question.buttons == [])
    await zoe.writes("/reference list Max")
    await zoe.until(lambda: zoe.last.id > question.id and "Max" in zoe.last.text)


async def test_cancel_lists_what_runs_and_each_can_be_stopped(talk: Talk) -> None:
    zoe = talk.person("Zoé", "fr")
    await zoe.writes("/imagine un lièvre [hold]")
    await zoe.hears("un lièvre")
    await zoe.writes("/imagine un hérisson [hold]")
    await zoe.hears("un hérisson")
    await zoe.writes("/cancel")
    which = await zoe.shows("✖ un lièvre")
    assert "✖ un hérisson [hold]" in which.buttons
    await zoe.presses("✖ un lièvre", which)
    await zoe.until(lambda: any("un lièvre" in one.text and "a été annulée" in one.text for one in zoe.said))
    await talk.scripted.release()
    await zoe.hears("un hérisson", kind="photo")


async def test_cancel_ends_the_question_and_leaves_what_runs(talk: Talk) -> None:
    ada = talk.person()
    await ada.writes("/imagine a lasting hare [hold]")
    await ada.shows("Cancel")
    await ada.writes("/persona create")
    await ada.hears("Its name")
    await ada.writes("/cancel")
    await ada.hears("I asked enough")
    await talk.scripted.release()
    await ada.hears("a lasting hare", kind="photo")


async def test_buttons_that_charge_show_their_price_and_fit_a_phone(talk: Talk) -> None:
    ada = talk.person()
    await ada.writes("/imagine a dear hare --model paid")
    result = await ada.hears("a dear hare", kind="photo")
    assert {"🔁 Again ($0.04)", "🎨 Vary ($0.04)"} <= set(result.buttons)
    assert {"✅ Keep", "❌ Reject", "⭐ Best", "✏️ Edit", "ℹ️ Recipe", "📎 Original"} <= set(result.buttons)
    assert len(result.rows) <= 5


async def test_start_greets_in_the_language_of_the_client_with_an_example_and_its_price(talk: Talk) -> None:
    zoe = talk.person("Zoé", "fr", met=False)
    await zoe.starts()
    greeting = await zoe.hears("Bonjour Zoé")
    assert "/imagine" in greeting.text
    assert "gratuit" in greeting.text


async def test_plain_words_and_a_photo_without_any_are_offered_in_french(talk: Talk, photo: bytes) -> None:
    zoe = talk.person("Zoé", "fr")
    await zoe.sends_photo(photo)
    offer = await zoe.shows("Nouveau persona")
    assert [label.split()[0] for label in offer.buttons] == ["🎨", "👤", "➕", "✖"]
    await zoe.presses("Oublier", offer)
    await zoe.until(lambda: offer.buttons == [])
    await zoe.writes("un renard dans la neige")
    await zoe.presses("Créer", await zoe.shows("Créer"))
    await zoe.hears("un renard dans la neige", kind="photo")
