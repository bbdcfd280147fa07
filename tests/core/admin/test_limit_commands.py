"""Moderators divide what the operator granted their place: below it, for all of it and for single members."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.core.chat.messages import Who
from tests.harness.bots import Bot, started
from tests.harness.room import Person, Room

pytestmark = pytest.mark.asyncio(loop_scope="module")

OPERATOR_ONLY = "Only an operator of this bot can do that."


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def bot(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Bot]:
    async with started(tmp_path_factory.mktemp("data"), ADMINS="test:boss") as running:
        yield running


def place(bot: Bot) -> tuple[Room, Person, Person, Person]:
    """A group, its moderator, its member Anna, and the operator."""
    room = bot.room("group")
    mod = Person(room, Who("test", f"mod-{room.place.chat[:8]}", "Mod", manages=True), "en")
    return room, mod, room.person("Anna"), Person(room, Who("test", "boss", "Boss"), "en")


async def draw(who: Person, count: int = 1, model: str = "free", room: Room | None = None) -> None:
    await (who.elsewhere(room) if room else who).say(f"/imagine a fox --model {model} --count {count}")
    await (room or who.room).quiet()


# ── the whole place ──────────────────────────────────────────────────────────────────────────────────────


async def test_a_moderator_sets_the_place_a_lower_limit_than_it_was_granted(bot: Bot) -> None:
    room, mod, anna, boss = place(bot)
    await boss.say("/admin limits here --images 10 --dollars 5")
    await mod.say("/admin limits here --images 2 --dollars 0.04")
    assert room.read().startswith("here: 2 pictures a day, $0.04 a month")
    await draw(anna, 3)
    assert room.read().startswith("The limit here is 2 pictures a day for everybody together.")
    await draw(anna, 1, "paid")
    await draw(anna, 1, "paid")
    assert room.read().startswith("The limit here is $0.04 a month for everybody together.")


async def test_a_moderators_higher_limit_grants_nothing(bot: Bot) -> None:
    room, mod, anna, boss = place(bot)
    await boss.say("/admin limits here --images 2")
    await mod.say("/admin limits here --images 100000")
    assert room.read().startswith("here: 2 pictures a day")
    await draw(anna, 3)
    assert room.read().startswith("The limit here is 2 pictures a day for everybody together.")


async def test_when_the_operator_lowers_the_grant_the_lower_of_both_holds(bot: Bot) -> None:
    room, mod, _, boss = place(bot)
    await boss.say("/admin limits here --images 10")
    await mod.say("/admin limits here --images 5")
    await boss.say("/admin limits here --images 3")
    assert room.read().startswith("here: 3 pictures a day")
    await boss.say("/admin limits here --images 20")
    assert room.read().startswith("here: 5 pictures a day"), "what the moderator set still holds below the grant"


async def test_without_numbers_the_limits_are_shown_and_nothing_changes(bot: Bot) -> None:
    room, mod, _, boss = place(bot)
    await boss.say("/admin limits here --images 10")
    for _ in range(2):
        await mod.say("/admin limits here")
        assert room.read().startswith("here: 10 pictures a day")


# ── one member ───────────────────────────────────────────────────────────────────────────────────────────


async def test_a_members_limit_holds_in_this_place_and_for_them_alone(bot: Bot) -> None:
    room, mod, anna, _ = place(bot)
    await mod.say(f"/admin limits test:{anna.who.id} --images 1")
    assert f"test:{anna.who.id} here: 1 pictures a day" in room.read()
    await draw(anna)
    await draw(anna)
    assert room.read().startswith("The moderators here let you make 1 pictures a day, and you made 1.")
    await draw(room.person("Ben"), 2)
    assert len(room.results) == 2
    other = bot.room("group")
    await draw(anna, 2, room=other)
    assert len(other.results) == 1


async def test_a_members_money_is_limited_too(bot: Bot) -> None:
    room, mod, anna, _ = place(bot)
    await mod.say(f"/admin limits test:{anna.who.id} --dollars 0.05")
    await draw(anna, 1, "paid")
    await draw(anna, 1, "paid")
    assert room.read().startswith("The moderators here let you spend $0.05 a month, and you spent $0.04.")
    await draw(anna, 1, "free")
    assert len(room.results) == 2


async def test_what_is_being_made_counts_and_what_failed_does_not(bot: Bot) -> None:
    room, mod, anna, _ = place(bot)
    await mod.say(f"/admin limits test:{anna.who.id} --images 1")
    await anna.say("/imagine [fail refused] a fox --model free")
    await room.quiet()
    await anna.say("/imagine [hold] a fox --model free")
    await anna.say("/imagine a fox --model free")
    assert room.read().startswith("The moderators here let you make 1 pictures a day")
    await bot.scripted.release()
    await room.quiet()
    assert len(room.results) == 1


async def test_a_members_limit_cannot_raise_what_the_operator_gave_them(bot: Bot) -> None:
    room, mod, anna, boss = place(bot)
    await boss.say(f"/admin limits test:{anna.who.id} --images 1")
    await mod.say(f"/admin limits test:{anna.who.id} --images 50")
    await draw(anna, 2)
    assert room.read().startswith("Your limit is 1 pictures a day.")


# ── what a moderator may not ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "command", ["allow here", "block test:1", "quota test:1 --tokens 5", "models", "stats", "health"]
)
async def test_everything_else_is_the_operators(bot: Bot, command: str) -> None:
    room, mod, _, _ = place(bot)
    await mod.say(f"/admin {command}")
    assert room.read() == OPERATOR_ONLY


async def test_requests_a_minute_hold_everywhere_so_no_moderator_sets_them(bot: Bot) -> None:
    room, mod, anna, _ = place(bot)
    await mod.say(f"/admin limits test:{anna.who.id} --requests 1")
    assert room.read() == "Requests a minute hold everywhere, so only an operator sets them."


async def test_a_member_is_no_moderator_and_a_moderator_is_none_elsewhere(bot: Bot) -> None:
    room, mod, anna, _ = place(bot)
    await anna.say("/admin limits here --images 1000")
    assert room.read() == "Only a moderator of this place or an operator can do that."
    for audience in ("group", "private"):
        other = bot.room(audience)  # type: ignore[arg-type]
        there = Person(other, Who("test", mod.who.id, "Mod", manages=False), "en")
        await there.say("/admin limits here --images 1000")
        assert other.read() == "Only a moderator of this place or an operator can do that."


async def test_the_settings_of_a_place_are_its_moderators_to_change(bot: Bot) -> None:
    room, mod, anna, _ = place(bot)
    await anna.say("/settings --for here --model paid")
    assert room.read() == "Only a moderator of this place or an operator can do that."
    await mod.say("/settings --for here --model paid --fallback any")
    assert "Model: Paid fake" in room.read()
    await anna.say("/imagine a fox")
    await room.quiet()
    assert bot.scripted.journal[-1].request.model == "paid"
