"""Better words: enhancement, kinds, templates and saved prompts, from the command to what the model is told."""

import pytest

from bot.core.chat.messages import Ask
from bot.core.incoming.app import Asking
from tests.harness.bots import Bot
from tests.harness.room import Room

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def drawn(bot: Bot, room: Room) -> str:
    """What the model was told last."""
    await room.quiet()
    return bot.scripted.journal[-1].request.prompt


async def test_a_template_frames_the_words_and_they_stand_first(bot: Bot) -> None:
    room = bot.room()
    anna = room.person("Anna")
    await anna.say("/imagine a silver teapot --template studio-portrait --model free")
    told = await drawn(bot, room)
    assert told.startswith("a silver teapot\n")
    assert len(told) > len("a silver teapot\n")
    assert "a silver teapot" in room.read(room.results[-1])
    await anna.press("Recipe", room.results[-1])
    assert "--template studio-portrait" in room.read()


async def test_a_template_brings_its_aspect_where_none_is_named(bot: Bot) -> None:
    room = bot.room()
    anna = room.person("Anna")
    await anna.say("/imagine Mila --template studio-portrait --model free")
    await room.quiet()
    assert bot.scripted.journal[-1].request.aspect == "4:5"
    await anna.say("/imagine Mila --template studio-portrait --aspect 1:1 --model free")
    await room.quiet()
    assert bot.scripted.journal[-1].request.aspect == "1:1"


async def test_quality_adds_to_the_words_and_plain_adds_nothing(bot: Bot) -> None:
    room = bot.room()
    anna = room.person("Anna")
    await anna.say("/imagine a horse in a field --quality plain --model free")
    assert await drawn(bot, room) == "a horse in a field"
    await anna.say("/imagine a horse in a field --quality best --model free")
    best = await drawn(bot, room)
    assert best.startswith("a horse in a field")
    await anna.say("/settings --quality good")
    await anna.say("/imagine a horse in a field --model free")
    good = await drawn(bot, room)
    assert len("a horse in a field") < len(good) < len(best)


async def test_enhance_shows_the_words_and_draws_them_at_a_press(bot: Bot) -> None:
    room = bot.room()
    anna = room.person("Anna")
    await anna.say("/prompt enhance a horse in a field")
    assert isinstance(room.last, Ask)
    words = room.read()
    assert words.startswith("a horse in a field")
    await anna.press("Make")
    assert await drawn(bot, room) == words


async def test_classify_names_the_kind_and_templates_for_it(bot: Bot) -> None:
    room = bot.room()
    anna = room.person("Anna")
    await anna.say("/prompt classify a bottle of wine on white, product photo")
    assert "photography/product" in room.read()
    assert "product-on-white" in room.read() or "product" in room.read()


async def test_a_saved_prompt_is_a_template_of_ones_own(bot: Bot) -> None:
    room = bot.room()
    anna, ben = room.person("Anna"), room.person("Ben")
    await anna.say('/prompt save in our house style, warm paper, {subject} in ink --name "House style"')
    assert "Saved" in room.read()
    await anna.say('/imagine a fox --template "house style" --model free')
    assert "in our house style, warm paper, a fox in ink" in await drawn(bot, room)
    suggested = await bot.running.app.suggest(Asking(anna.who, room.place, "en", "imagine", "template", "hou"))
    assert [one.value for one in suggested][:1] == ["House style"]
    await ben.say('/imagine a fox --template "house style" --model free')
    assert "There is no template" in room.read()
    await anna.say("/prompt templates")
    assert "House style" in room.read()
    await anna.say("/prompt forget House style")
    assert "is deleted" in room.read()
    await anna.say("/prompt forget House style")
    assert "You have no prompt called" in room.read()


async def test_words_that_break_a_rule_are_neither_saved_nor_enhanced(bot: Bot) -> None:
    room = bot.room()
    anna = room.person("Anna")
    for command in ("/prompt save a naked woman --name x", "/prompt enhance a naked woman"):
        await anna.say(command)
        assert room.last.tone == "error"  # type: ignore[union-attr]  # a refusal is a Say


async def test_traits_are_chosen_by_buttons_and_told_to_the_model(bot: Bot) -> None:
    room = bot.room()
    anna = room.person("Anna")
    await anna.say("/persona create Vera --kind fictional")
    await anna.say("/persona traits Vera")
    await anna.press("Identity")
    await anna.press("Adult woman")
    await anna.press("Late twenties")
    assert "Chosen: Adult woman, Late twenties" in room.read()
    await anna.press("Adult woman")
    assert "Chosen: Late twenties" in room.read()
    for trait in ("Olive complexion", "Adult woman", "Thirties"):
        await anna.press(trait)
    assert "at most 3 go together" in room.read()
    await anna.press("All categories")
    await anna.say("/imagine by a window --persona Vera --model free")
    assert "An adult woman, in their late twenties, olive complexion." in await drawn(bot, room)


async def test_nobody_chooses_traits_of_somebody_elses_persona(bot: Bot) -> None:
    room = bot.room()
    anna, ben = room.person("Anna"), room.person("Ben")
    await anna.say("/persona create Nora --kind fictional")
    await anna.say("/persona traits Nora")
    action = room.last.buttons[0][0].action  # type: ignore[union-attr]  # a menu
    await ben.press_id(action)
    assert "Nora" not in room.read()
