"""Where the settings name no operator, whoever reads the log claims the bot with its one-time code."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from bot.core.runtime.operator_claim import OperatorClaim
from tests.harness.bots import Bot, started
from tests.harness.room import Person, Room

pytestmark = pytest.mark.asyncio(loop_scope="module")

WRONG = "That is not the code, or it was used already. The log shows a new one after a restart."


@pytest_asyncio.fixture(loop_scope="module")
async def folder(tmp_path: Path) -> Path:
    return tmp_path


@pytest_asyncio.fixture(loop_scope="module")
async def bot(folder: Path) -> AsyncIterator[Bot]:
    """A bot nobody operates yet, new for each test: a code works once."""
    async with started(folder, ACCESS="allowlist") as running:
        yield running


def met(bot: Bot) -> tuple[Room, Person]:
    room = bot.room()
    return room, room.person("Anna")


def code_of(bot: Bot) -> str:
    code = bot.running.claim.code
    assert code
    return code


async def test_who_brings_the_code_operates_the_bot_from_then_on(bot: Bot) -> None:
    room, anna = met(bot)
    await anna.say(f"/admin claim {code_of(bot)}")
    assert room.read() == "Welcome, Anna. You operate this bot now. See /help for the admin commands."
    await anna.say("/admin health")
    assert "✅ database" in room.read()
    await anna.say("/imagine a fox --model free")
    await room.quiet()
    assert len(room.results) == 1, "whoever operates the bot may use it"


async def test_the_code_works_once_and_a_wrong_one_never(bot: Bot) -> None:
    room, anna = met(bot)
    other, ben = met(bot)
    code = code_of(bot)
    for wrong in ("0" * 32, code[:-1], f"{code}0", "é" * 32):
        await ben.say(f"/admin claim {wrong}")
        assert other.read() == WRONG
    await anna.command("admin claim", code=f" {code.upper()} ")
    assert room.read().startswith("Welcome, Anna.")
    await ben.say(f"/admin claim {code}")
    assert other.read() == WRONG
    await ben.say("/admin health")
    assert other.read() == "You are not on this bot's list yet. Ask its operator to let you in."


async def test_a_code_shown_to_a_group_is_refused_and_not_spent(bot: Bot) -> None:
    group = bot.room("group")
    anna = group.person("Anna")
    await anna.say(f"/admin claim {code_of(bot)}")
    assert group.read() == "That code is secret. Send it to me in a private chat."
    room = bot.room()
    await anna.elsewhere(room).say(f"/admin claim {code_of(bot)}")
    assert room.read().startswith("Welcome, Anna.")


async def test_the_new_operator_hears_of_wishes_without_saying_hello_first(bot: Bot) -> None:
    room, anna = met(bot)
    await anna.say(f"/admin claim {code_of(bot)}")
    other = bot.room()
    ben = other.person("Ben")
    await anna.say(f"/admin allow test:{ben.who.id}")
    await anna.say(f"/admin limits test:{ben.who.id} --images 0")
    await ben.say("/imagine a fox --model free")
    await ben.press("Ask for more")
    assert other.read() == "I asked the operator. You hear from me here."
    assert room.read() == "Ben used up today's pictures and asks for more."


async def test_the_code_is_in_no_help_and_in_no_menu(bot: Bot) -> None:
    room, anna = met(bot)
    await anna.say(f"/admin claim {code_of(bot)}")
    for command in ("/help", "/admin"):
        await anna.say(command)
        assert "claim" not in room.read()


async def test_after_a_restart_a_claimed_bot_has_no_code_any_more_and_an_unclaimed_one_another(folder: Path) -> None:
    codes = []
    for _ in range(2):
        async with started(folder) as bot:
            codes.append(code_of(bot))
    assert codes[0] != codes[1]
    async with started(folder) as bot:
        _room, anna = met(bot)
        await anna.say(f"/admin claim {code_of(bot)}")
    async with started(folder) as bot:
        assert bot.running.claim.code is None
        there = bot.room()
        await anna.elsewhere(there).say("/quota")
        again = Person(there, anna.who, "en")
        await again.say("/admin health")
        assert "✅ database" in there.read()


async def test_where_the_settings_name_an_operator_there_is_no_code(folder: Path) -> None:
    async with started(folder, ADMINS="test:boss") as bot:
        assert bot.running.claim.code is None
        room, anna = met(bot)
        await anna.say("/admin claim None")
        assert room.read() == WRONG


async def test_a_code_is_compared_whole() -> None:
    closed, claim = OperatorClaim(open_=False), OperatorClaim(open_=True)
    assert not closed.spend("")
    assert not claim.spend("")
    assert claim.code
    assert len(claim.code) == 32
