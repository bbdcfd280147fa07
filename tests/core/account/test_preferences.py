"""A person's own settings."""

import pytest

from bot.core.chat.messages import Ask, Form, say
from tests.harness.bots import Bot
from tests.harness.room import Bytes

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_without_options_what_is_set_is_shown_and_the_form_opens(bot: Bot) -> None:
    room = bot.room()
    anna = room.person("Anna", locale="fr-CA")
    await anna.say("/settings")
    assert "Language: French" in room.read()
    await anna.press("Modifier")
    form = room.last
    assert isinstance(form, Form)
    assert {field.name: field.value for field in form.fields} == {
        "language": "fr", "model": "free", "quality": "plain", "fallback": "off", "persona": "-", "confirm": "0.50",
    }  # fmt: skip
    await anna.submit(form, language="en", model="paid", persona="-", confirm="0")
    assert room.read().splitlines() == [
        "Saved.", "Language: English", "Model: Paid fake", "What I add to your words: your words alone",
        "Another model when one is down: never", "I ask before spending more than $0.00 at once.",
    ]  # fmt: skip


async def test_the_price_from_which_on_one_is_asked_can_be_set(bot: Bot) -> None:
    room = bot.room()
    anna = room.person("Anna")
    await anna.say("/settings --confirm 0,03")
    await anna.say("/imagine a fox --model paid")
    assert isinstance(room.last, Ask)
    assert room.read() == "1 × $0.04 = $0.04 with Paid fake. Go on?"


async def test_the_usual_persona_is_drawn_when_none_is_named(bot: Bot, photo: Bytes) -> None:
    room = bot.room()
    anna = room.person("Anna")
    await anna.say("/persona create Vase --kind product", photo)
    await anna.say("/settings --persona vase")
    await anna.say("/imagine on a table --model free")
    await room.quiet()
    assert "Vase is a product" in bot.scripted.journal[-1].request.prompt
    await anna.say("/settings --persona -")
    await anna.say("/imagine on a table --model free")
    await room.quiet()
    assert bot.scripted.journal[-1].request.prompt == "on a table"


@pytest.mark.parametrize(
    "fields", [{"language": "xx"}, {"model": "nope"}, {"persona": "nobody"}, {"confirm": "much"}, {"fallback": "x"}]
)
async def test_values_that_do_not_exist_change_nothing(bot: Bot, fields: dict[str, str]) -> None:
    room = bot.room()
    anna = room.person("Anna")
    await anna.submit(
        Form(id="v1:settings:form", title=say("form-settings"), fields=(), send=say("form-settings")), **fields
    )
    assert room.last.tone == "error"  # type: ignore[union-attr]
    await anna.say("/settings")
    assert room.read().startswith("Language: English\nModel: Free fake\n")
    assert "I ask before spending more than $0.50" in room.read()
