"""A command named in part: the buttons of its family, and a form for what is missing."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from sqlalchemy import select

from bot.core.chat.catalogue import COMMANDS
from bot.core.chat.messages import Ask, Form, Outgoing, Say, Who
from bot.core.incoming.menus import family
from storage.tables.schema import reference_photos
from tests.harness.accounts import user_of
from tests.harness.bots import Bot, started
from tests.harness.room import Bytes, Person, Room

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def bot(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Bot]:
    """A bot whose operator is not everybody."""
    async with started(tmp_path_factory.mktemp("data"), ADMINS="test:boss") as running:
        yield running


def met(bot: Bot, audience: str = "private") -> tuple[Room, Person]:
    room = bot.room(audience)  # type: ignore[arg-type]
    return room, room.person("Anna")


def labels(room: Room, outgoing: Outgoing | None = None) -> list[str]:
    outgoing = outgoing or room.last
    assert isinstance(outgoing, Say | Ask)
    return [room.app.words(button.label, "en") for row in outgoing.buttons for button in row]


def form(room: Room) -> Form:
    assert isinstance(room.last, Form), room.read()
    return room.last


# ── families ─────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", ["persona", "reference", "gallery", "vote", "privacy"])
async def test_the_name_of_a_family_brings_all_its_commands_as_buttons(bot: Bot, name: str) -> None:
    room, anna = met(bot)
    await anna.command(name)
    assert labels(room) == [f"/{spec.name}" for spec in family(name)]
    lines = room.read().splitlines()
    assert lines[0] == f"/{name}: what would you like to do?"
    assert len(lines) == 1 + len(labels(room))


async def test_a_family_can_be_typed_too(bot: Bot) -> None:
    room, anna = met(bot)
    await anna.say("/persona")
    assert "/persona create" in labels(room)
    assert "/persona create – Make a persona" in room.read()


async def test_a_button_of_a_menu_runs_its_command(bot: Bot) -> None:
    room, anna = met(bot)
    await anna.command("persona")
    await anna.press("/persona list")
    assert room.read().startswith("You have no personas yet.")


async def test_a_button_of_a_menu_asks_for_what_its_command_needs(bot: Bot) -> None:
    room, anna = met(bot)
    await anna.command("persona")
    await anna.press("/persona create")
    await anna.submit(form(room), name="Mila")
    assert room.read().startswith("Mila is here.")


async def test_members_are_shown_no_admin_menu_and_get_nothing_from_its_buttons(bot: Bot) -> None:
    room, anna = met(bot)
    await anna.command("admin")
    assert room.read() == "Only an operator of this bot can do that."
    await anna.press_id("v1:menu:admin-health")
    assert room.read() == "Only an operator of this bot can do that."


async def test_a_moderator_is_shown_what_moderators_may(bot: Bot) -> None:
    room, anna = met(bot, "group")
    moderator = Person(room, Who("test", anna.who.id, "Anna", manages=True), "en")
    await moderator.command("admin")
    assert labels(room) == ["/admin limits"]


async def test_an_operator_is_shown_all_but_the_code_they_have_no_more_use_for(bot: Bot) -> None:
    room = bot.room()
    await Person(room, Who("test", "boss", "Boss"), "en").command("admin")
    admins = [spec.name for spec in COMMANDS if spec.name.startswith("admin ") and spec.listed]
    assert labels(room) == [f"/{name}" for name in admins]
    assert "admin claim" not in admins


async def test_a_menu_button_of_a_command_that_is_no_more_gets_a_polite_answer(bot: Bot) -> None:
    room, anna = met(bot)
    await anna.press_id("v1:menu:persona-marry")
    assert room.read().startswith("There is no command /persona marry.")


# ── what is missing ──────────────────────────────────────────────────────────────────────────────────────


async def test_a_command_without_its_words_is_answered_by_a_form_for_them(bot: Bot) -> None:
    room, anna = met(bot)
    await anna.command("imagine", model="free", count="2")
    asked = form(room)
    assert (room.read(), [field.name for field in asked.fields]) == ("/imagine", ["prompt"])
    await anna.submit(asked, prompt="a red fox")
    await room.quiet()
    [shown] = room.results
    assert room.read(shown) == "a red fox"
    assert len(shown.pictures) == 2


async def test_only_what_is_missing_is_asked_for(bot: Bot) -> None:
    room, anna = met(bot)
    await anna.say("/persona create Mila")
    await anna.command("reference remove", persona="Mila")
    assert [field.name for field in form(room).fields] == ["number"]
    await anna.submit(form(room), number="3")
    assert room.read().startswith("There is no photo 3; Mila has none.")


async def test_a_missing_persona_is_chosen_among_ones_own(bot: Bot) -> None:
    room, anna = met(bot)
    await room.person("Ben").say("/persona create Bens secret")
    for name in ("Noor", "Mila"):
        await anna.say(f"/persona create {name}")
    await anna.command("persona show")
    [field] = form(room).fields
    assert field.kind == "choice"
    assert [choice.value for choice in field.choices] == ["Mila", "Noor"]
    await anna.submit(form(room), persona="Noor")
    assert room.read().startswith("Noor, fictional adult")


async def test_who_has_no_persona_is_told_how_to_make_one_instead_of_an_empty_choice(bot: Bot) -> None:
    room, anna = met(bot)
    await anna.command("persona show")
    assert room.read() == "You have no persona yet. Press “New persona”, or use /persona create."


async def test_a_form_sent_empty_asks_again_and_one_sent_twice_runs_once(bot: Bot) -> None:
    room, anna = met(bot)
    await anna.command("imagine", model="free")
    first = form(room)
    await anna.submit(first, prompt="  ")
    second = form(room)
    assert second.id != first.id
    await anna.submit(second, prompt="a fox")
    await anna.submit(second, prompt="a fox")
    assert room.read() == "This question is already answered or too old. Send your request again."
    await room.quiet()
    assert len(room.results) == 1


async def test_what_is_filled_in_is_checked_like_what_is_typed(bot: Bot) -> None:
    room, anna = met(bot)
    await anna.say("/persona create Mila")
    await anna.command("reference remove", persona="Mila")
    await anna.submit(form(room), number="many")
    assert room.read() == "--number takes a whole number from 1 to 999, not “many”."


async def test_a_form_is_for_whoever_asked(bot: Bot) -> None:
    room, anna = met(bot, "group")
    await anna.command("imagine", model="free")
    await room.person("Ben").submit(form(room), prompt="a fox")
    assert room.read() == "This button no longer works."
    assert not room.results


async def test_a_missing_photo_is_asked_for_with_the_words_that_are_missing_too(bot: Bot, photo: Bytes) -> None:
    room, anna = met(bot)
    await anna.command("edit", model="paid")
    assert [(field.name, field.kind) for field in form(room).fields] == [("prompt", "words"), ("images", "photos")]
    await anna.submit(form(room), photo, prompt="at night")
    await room.quiet()
    [shown] = room.results
    assert room.read(shown) == "at night"
    assert len(bot.scripted.journal[-1].request.references) == 1


async def test_a_photo_that_came_without_words_waits_for_them(bot: Bot, photo: Bytes) -> None:
    room, anna = met(bot)
    await anna.command("imagine", photo, model="paid")
    assert [field.name for field in form(room).fields] == ["prompt"]
    await anna.submit(form(room), prompt="in a museum")
    await room.quiet()
    assert len(room.results) == 1
    assert len(bot.scripted.journal[-1].request.references) == 1
    async with bot.running.database.read() as tx:
        kept = select(reference_photos.c.id).where(reference_photos.c.owner_id == await user_of(bot, anna))
        assert len((await tx.execute(kept)).all()) == 1, "it is not taken in twice"


async def test_a_form_for_a_photo_that_is_sent_without_one_asks_again(bot: Bot) -> None:
    room, anna = met(bot)
    await anna.command("edit", prompt="at night")
    await anna.submit(form(room))
    assert [field.name for field in form(room).fields] == ["images"]


async def test_the_secret_code_is_never_asked_for_in_a_form(bot: Bot) -> None:
    room, anna = met(bot)
    await anna.command("admin claim")
    assert room.read() == "/admin claim needs more: “The code I gave you” (--code)."
