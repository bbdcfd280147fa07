"""The operator's money: a month's limit holds for everybody and over restarts, and every charge leads to its calls."""

from pathlib import Path

from tests.harness.bots import started
from tests.operations.books import books, traced

OVER = "The bot's limit of $0.10 a month is reached; a new month starts on "


async def test_the_monthly_limit_counts_users_and_operator_costs_across_a_restart(
    tmp_path: Path,
) -> None:
    limit = {"SPEND_LIMIT_USD_MONTH": "0.10"}
    async with started(tmp_path, **limit) as bot:
        room = bot.room("group")
        ann, bob = room.person("Ann"), room.person("Bob")
        await ann.say("/imagine a fox --model paid")
        await bob.elsewhere(bot.room()).say("/imagine [refuse result] [cost 40000] an owl --model paid")
        await room.quiet()
        await room.person("Cid").say("/imagine a hare --model paid")
        assert room.read().startswith(OVER)
    async with started(tmp_path, **limit) as bot:
        room = bot.room()
        dee = room.person("Dee")
        await dee.say("/imagine a hare --model paid")
        assert room.read().startswith(OVER)
        await dee.say("/imagine a hare --model free")
        await room.quiet()
        assert len(room.results) == 1, "free models still work"
        found = await books(bot.running.database)
    assert (found.commits, found.operator_cost, found.reserved) == (40_000, 40_000, 0)


async def test_every_charge_leads_to_the_calls_it_pays_for(tmp_path: Path) -> None:
    async with started(tmp_path) as bot:
        for words in (
            "a fox", "[cost 90000] dearer than said", "[cost 100] cheaper", "[fail unavailable 1] [cost 30000] later",
            "[refuse result] [cost 40000] refused", "[text] [cost 20000] words alone", "[fail unknown_outcome] lost",
            "[fail unavailable] away",
        ):  # fmt: skip
            room = bot.room()
            await room.person("Ann").say(f"/imagine {words} --model paid")
            await room.quiet()
        await traced(bot.running.database)
        found = await books(bot.running.database)
    assert found.reserved == 0
    assert found.commits == 40_000 + 40_000 + 100 + 30_000
    assert found.operator_cost == 50_000 + 30_000 + 40_000 + 2 * 20_000 + 40_000
