"""Going on from a picture: again, vary, edit, blend, recipe, original, and what failed once more."""

import pytest

from bot.core.chat.messages import Ask, Document, Form, Reply, Say, Show
from tests.harness.accounts import spent
from tests.harness.bots import Bot
from tests.harness.room import Bytes, Person, Room

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def drawn(bot: Bot, text: str = "a fox --model paid", audience: str = "private") -> tuple[Room, Person]:
    room = bot.room(audience)  # type: ignore[arg-type]
    anna = room.person("Anna")
    await anna.say(f"/imagine {text}")
    await room.quiet()
    return room, anna


async def replies(person: Person, text: str, to: Show) -> None:
    room = person.room
    event = person.event()
    await person.handle(Reply(**event, to=person.ref(room.id_of(to)), text=text))


async def test_buttons_that_charge_show_their_price(bot: Bot) -> None:
    room, _ = await drawn(bot, "foxes --model paid --count 2")
    labels = [bot.running.app.words(button.label, "en") for row in room.results[0].buttons for button in row]
    assert "🔁 Again ($0.08)" in labels
    assert "🎨 Vary ($0.04)" in labels


async def test_again_is_the_same_request_once_more(bot: Bot) -> None:
    room, anna = await drawn(bot, "a fox --model free --aspect 4:5")
    await anna.press("Again")
    await room.quiet()
    first, second = (call.request for call in bot.scripted.journal[-2:])
    assert (second.prompt, second.aspect) == (first.prompt, first.aspect)
    assert second.seed != first.seed
    assert len(room.results) == 2


async def test_again_by_somebody_else_is_charged_to_that_person(bot: Bot) -> None:
    room, anna = await drawn(bot, audience="group")
    ben = room.person("Ben")
    await ben.press("Again", room.results[0])
    await room.quiet()
    assert (await spent(bot, anna), await spent(bot, ben)) == ((0, 40_000), (0, 40_000))
    assert "for Ben" in [bot.running.app.words(text, "en") for text in room.results[1].details]


async def test_again_with_somebody_elses_photo_is_refused(bot: Bot, photo: Bytes) -> None:
    room = bot.room("group")
    anna, ben = room.person("Anna"), room.person("Ben")
    await anna.say("/imagine a fox --model free", photo)
    await room.quiet()
    await ben.press("Again", room.results[0])
    assert "somebody else's" in room.read()


async def test_vary_draws_one_picture_and_remembers_where_it_came_from(bot: Bot) -> None:
    room, anna = await drawn(bot, "foxes --model paid --count 3")
    await anna.press("Vary")
    assert room.read() == "Which one shall I vary?"
    await anna.press("2")
    await room.quiet()
    child = room.results[1]
    assert len(child.pictures) == 1
    await anna.press("Earlier", child)
    assert [picture.number for picture in room.results[-1].pictures] == [1, 2, 3]


async def test_the_edit_form_is_filled_and_changes_the_picture_itself(bot: Bot) -> None:
    room, anna = await drawn(bot)
    await anna.press("Edit")
    form = room.last
    assert isinstance(form, Form)
    assert form.fields[0].value == "a fox"
    await anna.submit(form, prompt="a fox at night")
    await room.quiet()
    request = bot.scripted.journal[-1].request
    assert request.edit
    assert len(request.references) == 1
    assert request.prompt.startswith("a fox at night\nPhoto 1 is the picture to change")


async def test_words_in_reply_change_the_picture_at_once_in_private(bot: Bot) -> None:
    room, anna = await drawn(bot, "foxes --model paid --count 4")
    await replies(anna, "3: warmer light", room.results[0])
    await room.quiet()
    assert bot.scripted.journal[-1].request.prompt.startswith("warmer light")
    assert len(room.results) == 2


async def test_a_plain_edit_in_reply_is_about_the_picture_it_answers(bot: Bot) -> None:
    room, anna = await drawn(bot)
    await replies(anna, "/edit warmer light", room.results[0])
    await room.quiet()
    assert bot.scripted.journal[-1].request.prompt.startswith("warmer light")
    assert len(room.results) == 2


async def test_a_number_alone_after_edit_is_words_and_keeps_nothing(bot: Bot) -> None:
    room, anna = await drawn(bot, "foxes --model free --count 2")
    await replies(anna, "/edit 2", room.results[0])
    assert room.read() == "Which one shall I change?"
    assert [picture.verdict for picture in room.results[0].pictures] == ["undecided", "undecided"]


async def test_words_in_reply_are_offered_with_their_price_in_a_group(bot: Bot) -> None:
    room, anna = await drawn(bot, audience="group")
    await replies(anna, "warmer light", room.results[0])
    assert isinstance(room.last, Ask)
    assert room.read() == "Change the picture? “warmer light” ($0.04)"
    await anna.press("Edit ($0.04)", room.last)
    await room.quiet()
    assert len(room.results) == 2


async def test_numbers_in_reply_keep_those_pictures(bot: Bot) -> None:
    room, anna = await drawn(bot, "foxes --model free --count 4")
    await replies(anna, "1 4 1", room.results[0])
    assert [picture.number for picture in room.results[0].pictures if picture.verdict == "kept"] == [1, 4]
    await replies(anna, "9", room.results[0])
    assert room.read() == "There is no picture 9 here; there are 4."


async def test_words_about_several_pictures_ask_which(bot: Bot) -> None:
    room, anna = await drawn(bot, "foxes --model free --count 2")
    await replies(anna, "warmer light", room.results[0])
    assert room.read() == "Which one shall I change?"


async def test_a_recipe_tells_enough_to_make_it_again(bot: Bot) -> None:
    room, anna = await drawn(bot, "a red fox --model free --aspect 4:5 --seed 7")
    await anna.press("Recipe")
    lines = room.read().splitlines()
    assert lines[0] == "Prompt: a red fox"
    assert lines[-1] == "To make it again: /imagine a red fox --model free --aspect 4:5 --seed 7"
    await anna.say(lines[-1].removeprefix("To make it again: "))
    await room.quiet()
    first, second = [await _bytes(bot, anna, shown) for shown in room.results]
    assert first == second


async def test_a_local_recipe_names_its_style(bot: Bot, photo: Bytes) -> None:
    room = bot.room()
    anna = room.person("Anna")
    await anna.say("/imagine in the rain --model local --count 2", photo)
    await room.quiet()
    await anna.press_id(room.results[0].pictures[1].actions["recipe"])
    assert "--params style=watercolour" in room.read()


async def test_the_original_comes_as_a_file_and_with_an_envelope_its_recipe(bot: Bot) -> None:
    room, anna = await drawn(bot)
    await anna.press("Original")
    assert isinstance(room.last, Document)
    assert room.last.name.endswith("-1.png")
    await anna.react("✉️", room.results[0])
    assert isinstance(room.last, Document)
    assert "To make it again:" in room.read()


async def test_edit_takes_a_photo_and_words(bot: Bot, photo: Bytes) -> None:
    room = bot.room()
    anna = room.person("Anna")
    await anna.say("/edit make it night --model free", photo)
    await room.quiet()
    assert bot.scripted.journal[-1].request.edit
    await anna.say("/edit make it night")
    assert isinstance(room.last, Form), "a photo is asked for"


async def test_blend_takes_two_photos_or_more_and_words_are_optional(bot: Bot, photo: Bytes, face: Bytes) -> None:
    room = bot.room()
    anna = room.person("Anna")
    await anna.say("/blend --model free", photo, photo)
    await room.quiet()
    assert len(bot.scripted.journal[-1].request.references) == 2
    await anna.say("/blend", photo)
    assert "two photos or more" in room.read()
    await anna.say("/blend --model local", photo, photo)
    assert "cannot blend several" in room.read()


async def test_only_what_failed_is_drawn_and_paid_again(bot: Bot) -> None:
    room, anna = await drawn(bot, "[fail gone at 2] foxes --model paid --count 3")
    assert len(room.results[0].pictures) == 2
    before = len(bot.scripted.journal)
    await anna.press("Retry ($0.04)")
    await room.quiet()
    assert len(bot.scripted.journal) == before + 1
    assert await spent(bot, anna) == (0, 80_000)


async def test_a_refusal_offers_retry_other_words_and_other_models_with_their_price(bot: Bot) -> None:
    room, anna = await drawn(bot, "[refuse prompt] a fox --model paid")
    refusal = room.last
    assert isinstance(refusal, Say)
    labels = [bot.running.app.words(button.label, "en") for row in refusal.buttons for button in row]
    assert labels == ["🔁 Retry ($0.04)", "✏️ Rephrase", "🎨 Free fake (free)"]
    await anna.press("Rephrase", refusal)
    await anna.submit(room.last, prompt="a kind fox")
    await room.quiet()
    assert room.read(room.results[0]) == "a kind fox"
    await anna.press("Free fake", refusal)
    await room.quiet()
    assert bot.scripted.journal[-1].request.model == "free"


async def test_nobody_retries_for_somebody_else(bot: Bot) -> None:
    room, _ = await drawn(bot, "[fail unavailable] a fox --model paid", audience="group")
    failed = room.last
    await room.person("Ben").press("Retry", failed)
    assert room.read() == "Only the person who asked for it can retry this."


async def _bytes(bot: Bot, person: Person, shown: Show) -> bytes:
    return (await bot.running.app.picture(shown.pictures[0].id, person.who, "full")).data


async def test_words_about_several_pictures_wait_for_which_one_is_meant(bot: Bot) -> None:
    room = bot.room()
    anna = room.person("Anna")
    await anna.say("/imagine two foxes --count 2 --model free")
    await room.quiet()
    await anna.handle(Reply(**anna.event(), to=anna.ref(room.id_of(room.results[0])), text="warmer light"))
    assert room.read() == "Which one shall I change?"
    await anna.press("2")
    await room.quiet()
    assert bot.scripted.journal[-1].request.prompt.startswith("warmer light")
    assert bot.scripted.journal[-1].request.edit
