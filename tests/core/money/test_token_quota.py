"""The lifetime token quota: off unless an operator sets it; it never begins anew by itself."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.core.chat.messages import Say, Who
from storage.tables import ledger
from storage.tables.owners import Account
from tests.harness.accounts import user_of
from tests.harness.bots import Bot, started
from tests.harness.room import Person, Room

pytestmark = pytest.mark.asyncio(loop_scope="module")

USED_UP = "Your lifetime tokens are used up. Ask an operator for more."


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def bot(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Bot]:
    async with started(tmp_path_factory.mktemp("data"), ADMINS="test:boss") as running:
        yield running


async def met(bot: Bot, tokens: int | None = None) -> tuple[Room, Person]:
    """Somebody, with a quota where one is given."""
    room = bot.room()
    anna = room.person("Anna")
    await anna.say("/quota")
    if tokens is not None:
        await operator(bot, anna, f"--tokens {tokens}")
    return room, anna


async def operator(bot: Bot, anna: Person, options: str) -> str:
    """What /admin quota says of somebody."""
    desk = bot.room()
    await Person(desk, Who("test", "boss", "Boss"), "en").say(f"/admin quota test:{anna.who.id} {options}")
    return desk.read().replace(anna.who.id, "anna")


async def draw(anna: Person, words: str) -> None:
    await anna.say(f"/imagine a fox {words} --model free")
    await anna.room.quiet()


def warnings(room: Room) -> list[str]:
    return [line for said in room.said.values() if "lifetime tokens. They" in (line := room.read(said))]


async def test_without_a_quota_tokens_are_counted_and_nobody_is_stopped(bot: Bot) -> None:
    room, anna = await met(bot)
    assert "Tokens" not in room.read()
    await draw(anna, "[tokens 1000000]")
    await draw(anna, "[tokens 5]")
    await anna.say("/quota")
    assert "Tokens: 1,000,005 so far" in room.read()
    assert await operator(bot, anna, "") == "test:anna: 1,000,005 tokens used, no quota."


async def test_a_quota_holds_over_all_pictures_and_is_shown(bot: Bot) -> None:
    room, anna = await met(bot, 1000)
    await draw(anna, "[tokens 300]")
    await anna.say("/quota")
    assert "Tokens: 300 of 1,000 for a lifetime" in room.read()
    await draw(anna, "[tokens 700]")
    await draw(anna, "once more")
    assert room.read() == USED_UP
    assert isinstance(room.last, Say)
    assert (room.last.tone, room.last.private) == ("error", True)
    assert len(room.results) == 2


async def test_at_four_fifths_a_person_is_warned_once(bot: Bot) -> None:
    room, anna = await met(bot, 1000)
    await draw(anna, "[tokens 799]")
    await draw(anna, "[tokens 1]")
    assert not warnings(room), "799 of 1000 are below"
    await draw(anna, "[tokens 10]")
    await draw(anna, "[tokens 10]")
    assert warnings(room) == [
        "You used 800 of your 1,000 lifetime tokens. They do not come back by themselves; "
        "an operator can give you more."
    ]


async def test_a_higher_quota_lets_go_on_and_warns_anew(bot: Bot) -> None:
    room, anna = await met(bot, 100)
    await draw(anna, "[tokens 90]")
    await draw(anna, "[tokens 10]")
    await draw(anna, "too much")
    assert room.read() == USED_UP
    assert await operator(bot, anna, "--tokens 120") == "test:anna: 100 of 120 tokens used."
    await draw(anna, "[tokens 1]")
    assert len(warnings(room)) == 2


async def test_only_a_reset_by_the_operator_begins_anew_and_then_warns_again(bot: Bot) -> None:
    room, anna = await met(bot, 100)
    await draw(anna, "[tokens 80]")
    await draw(anna, "[tokens 20]")
    assert await operator(bot, anna, "--reset") == "test:anna: 0 of 100 tokens used."
    await draw(anna, "[tokens 80]")
    assert len(warnings(room)) == 1
    await draw(anna, "[tokens 1]")
    assert len(warnings(room)) == 2
    async with bot.running.database.read() as tx:
        usage = await ledger.usage(tx, Account.user(await user_of(bot, anna)), "token")
    assert (usage.reserved, usage.spent) == (0, 181), "the books forget nothing"


async def test_a_quota_of_nothing_takes_it_away(bot: Bot) -> None:
    room, anna = await met(bot, 10)
    await draw(anna, "[tokens 10]")
    assert await operator(bot, anna, "--tokens 0") == "test:anna: 10 tokens used, no quota."
    await draw(anna, "again")
    assert len(room.results) == 2


async def test_failed_pictures_take_no_tokens_of_anybody(bot: Bot) -> None:
    room, anna = await met(bot, 10)
    await draw(anna, "[tokens 50] [fail refused]")
    await anna.say("/quota")
    assert "Tokens: 0 of 10 for a lifetime" in room.read()


async def test_each_picture_of_a_request_counts_what_it_took(bot: Bot) -> None:
    room, anna = await met(bot)
    await anna.say("/imagine foxes [tokens 7] --model free --count 3")
    await room.quiet()
    await anna.say("/quota")
    assert "Tokens: 21 so far" in room.read()


async def test_a_quota_is_one_persons(bot: Bot) -> None:
    desk = bot.room("group")
    await Person(desk, Who("test", "boss", "Boss"), "en").say("/admin quota here --tokens 5")
    assert desk.read() == "A token quota is one person's. Name them: platform:id."
