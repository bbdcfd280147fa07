"""A restart in the middle: whoever waits for a result gets it, once."""

import asyncio

import pytest
from sqlalchemy import select

from storage.tables.schema import front_facts
from tests.fronts.discord.world import PATIENCE, Server, press

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_result_that_was_asked_for_before_comes_in_its_message(server: Server) -> None:
    ann = server.member("Ann")
    await ann.slash(server.channel, "imagine", prompt="a fox [hold]")
    going = server.last
    await server.world.start()
    await server.world.scripted.release()
    result = await server.result()
    assert result.id == going.id
    assert result.reactions == ["✅", "❌", "⭐"]


async def test_a_late_one_is_posted_anew(server: Server) -> None:
    ann = server.member("Ann")
    await ann.slash(server.channel, "imagine", prompt="a fox [hold]")
    going = server.last
    await server.world.env.advance_time(17 * 60)
    await server.world.start()
    await server.world.scripted.release()
    result = await server.result()
    assert result.id != going.id
    assert [one.id for one in server.messages] == [result.id]


@pytest.mark.parametrize("private", [False, True])
async def test_what_waited_is_forgotten_once_its_result_stands(server: Server, private: bool) -> None:
    ann = server.member("Ann")
    await ann.slash(server.channel, "imagine", prompt="a fox [hold]", private=private)
    going = str(server.last.id)
    assert going in await waiting(server)
    await server.world.scripted.release()
    await server.result()
    async with asyncio.timeout(PATIENCE):  # it is forgotten once the result stands, which may be seen before
        while going in await waiting(server):
            await server.world.env.settle()


async def waiting(server: Server) -> list[str]:
    """The messages that are noted as waiting for their result."""
    async with server.world.bot.database.read() as tx:
        return list(await tx.scalars(select(front_facts.c.name)))


async def test_what_is_judged_later_stays_where_it_is(server: Server) -> None:
    ann = server.member("Ann")
    await ann.slash(server.channel, "imagine", prompt="a fox")
    result = await server.result()
    await server.world.env.advance_time(17 * 60)
    await server.world.start()
    await server.press(ann, result, "Keep")
    await ann.react(server.world.handle(result), "⭐")
    assert [one.id for one in server.messages] == [result.id]
    assert server.world.now(result).pressed == ["✅ Keep", "⭐ Best"]


async def test_a_private_result_comes_to_the_private_chat(server: Server) -> None:
    ann = server.member("Ann")
    await ann.slash(server.channel, "imagine", prompt="a fox [hold]", private=True)
    await server.world.start()
    await server.world.scripted.release()
    result = await server.world.result(ann.user.dm_channel.id)
    assert "a fox" in result.text
    assert not [one for one in server.messages if one.pictures]


async def test_a_private_result_that_was_seen_is_not_sent_again(server: Server) -> None:
    ann = server.member("Ann")
    await ann.slash(server.channel, "imagine", prompt="a fox", private=True)
    await server.result()
    await server.world.start()
    await ann.slash(server.channel, "curate")
    await server.press(ann, server.last, "Keep")
    assert server.world.messages(ann.user.dm_channel.id) == []


async def test_a_late_private_result_is_sent_once_however_it_is_judged(server: Server) -> None:
    ann = server.member("Ann")
    await ann.slash(server.channel, "imagine", prompt="a fox [hold]", private=True)
    await server.world.env.advance_time(17 * 60)
    await server.world.scripted.release()
    home = ann.user.dm_channel.id
    result = await server.world.result(home)
    await server.world.noted(result)
    await press(server.world, ann.user, result, "Keep")
    await press(server.world, ann.user, result, "Best")
    assert [one.id for one in server.world.messages(home)] == [result.id]
    assert server.world.now(result).pressed == ["✅ Keep", "⭐ Best"]
