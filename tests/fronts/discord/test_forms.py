"""Forms as modals: what was given is in them, long ones come in parts, and those that cannot open at once wait."""

import pytest

from bot.core.chat.action_ids import Action
from bot.core.chat.messages import Field, Form, Place, Say, Who, say
from bot.fronts.common.form_steps import steps_of
from bot.fronts.common.languages import Languages
from bot.fronts.discord.receiving.modals import FIELDS as A_PAGE
from bot.fronts.discord.receiving.modals import Forms
from tests.fronts.discord.world import Server, World, press

pytestmark = pytest.mark.asyncio(loop_scope="module")

PHOTOS = Field(name="images", label=say("option-images"), kind="photos", required=False)
FIELDS = tuple(Field(name=f"f{n}", label=say("option-name")) for n in range(6))
LONG = Form(id=str(Action("edit", "x")), title=say("form-persona"), fields=(PHOTOS, *FIELDS), send=say("button-create"))


async def test_a_form_has_five_fields_a_page_and_its_photos_on_the_last() -> None:
    assert [[field.name for field in page] for page in steps_of(LONG, A_PAGE)] == [
        ["f0", "f1", "f2", "f3", "f4"],
        ["f5", "images"],
    ]


async def test_a_long_form_is_kept_between_its_parts(world: World) -> None:
    who, place = Who("discord", "77", "Ann"), Place("discord", "88")
    forms = Forms(world.bot.app, Languages(world.bot.app))
    said = await forms.keep(LONG, who, place)
    assert [button.action for row in said.buttons for button in row] == ["discord1:form"]
    more = await forms.filled("discord1:page:0", {"f0": "a"}, who, place)
    assert isinstance(more, Say)
    again = Forms(world.bot.app, Languages(world.bot.app))
    assert await again.filled("discord1:page:1", {"f5": "b"}, who, place) == (LONG.id, {"f0": "a", "f5": "b"})
    assert await again.filled("discord1:page:1", {"f5": "b"}, who, place) is None, "it was sent already"


async def test_a_command_typed_without_what_it_needs_offers_its_form(world: World) -> None:
    eve = world.person("Eve")
    await eve.send_dm("/persona create")
    offer = world.messages(eve.dm_channel.id)[-1]
    assert list(offer.buttons) == ["Open the form"]
    shown = await press(world, eve, offer, "Open the form")
    assert shown.modal
    [name] = [row["component"]["custom_id"] for row in shown.modal["components"]]
    await eve.submit_modal(shown, {name: "Teapot"})
    assert "Teapot" in world.messages(eve.dm_channel.id)[-1].text


async def test_a_form_that_is_over_says_so(world: World) -> None:
    eve = world.person("Eve")
    await eve.send_dm("/persona create")
    offer = world.messages(eve.dm_channel.id)[-1]
    await world.bot.app.keep_dialogue(
        Who("discord", str(eve.id), "Eve"), Place("discord", str(eve.dm_channel.id)), None
    )
    await press(world, eve, offer, "Open the form")
    assert "no longer" in world.messages(eve.dm_channel.id)[-1].text


async def test_settings_are_chosen_in_a_form_with_what_holds_now(server: Server) -> None:
    ann = server.member("Ann")
    await ann.slash(server.channel, "settings", language="fr")
    await ann.slash(server.channel, "settings")
    shown = await press(server.world, ann, server.last, "✏️")
    assert shown.modal
    chosen = [
        option["value"]
        for row in shown.modal["components"]
        for option in row["component"].get("options", ())
        if option.get("default")
    ]
    assert "fr" in chosen
