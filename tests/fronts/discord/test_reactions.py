"""Reactions: whose count, what they mean, and those that nobody heard at the time."""

import pytest

from tests.fronts.discord.world import Seen, Server

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def drawn(server: Server) -> Seen:
    await server.member("Zoe").slash(server.channel, "imagine", prompt="a fox")
    return await server.result(len([one for one in server.messages if one.pictures]) + 1)


async def test_an_unknown_emoji_and_another_bots_reaction_mean_nothing(server: Server) -> None:
    result = await drawn(server)
    ann = server.member("Ann")
    robot = server.guild.add_member(server.world.env.create_user("robot", bot=True))
    before = len(server.messages)
    await ann.react(server.world.handle(result), "🦊")
    await robot.react(server.world.handle(result), "✅")
    assert server.world.now(result).pressed == []
    assert len(server.messages) == before


async def test_a_reaction_on_somebody_elses_message_is_not_looked_at(server: Server) -> None:
    ann, ben = server.member("Ann"), server.member("Ben")
    message = await ann.send(server.channel, "hello")
    await ben.react(message, "✅")
    assert server.messages == []


async def test_the_requesters_cross_stops_what_is_being_made(server: Server) -> None:
    ann, ben = server.member("Ann"), server.member("Ben")
    await ann.slash(server.channel, "imagine", prompt="a fox [hold]")
    going = server.last
    await ben.react(server.world.handle(going), "❌")
    assert server.world.now(going).working, "nobody else's does"
    await ann.react(server.world.handle(going), "❌")
    ended = await server.world.until(
        server.channel.id, lambda ours: next((one for one in ours if "Cancelled." in one.text), None)
    )
    assert ended.id == going.id


async def test_an_envelope_brings_the_original_to_the_private_chat(server: Server) -> None:
    ann = server.member("Ann")
    await ann.slash(server.channel, "imagine", prompt="a fox")
    result = await server.result()
    await ann.react(server.world.handle(result), "✉️")
    [letter] = server.world.messages(ann.user.dm_channel.id)
    assert letter.files[0].endswith(".png")
    assert "/imagine a fox" in letter.text


async def test_votes_cast_while_the_bot_was_away_count_at_its_next_start(server: Server) -> None:
    ann = server.member("Ann")
    await ann.slash(server.channel, "imagine", prompt="a fox")
    result = await server.result()
    world = server.world
    feed = world.env._gateway_feed
    world.env.backend.subscribers.remove(feed)
    world.env.backend.set_reaction(result.channel, result.id, "✅", ann.id, True)
    assert world.now(result).pressed == []
    world.env.backend.subscribers.append(feed)
    await world.start()
    assert world.now(result).pressed == ["✅ Keep"]


async def test_a_reaction_counts_each_time_it_is_put_on(server: Server) -> None:
    ann = server.member("Ann")
    await ann.slash(server.channel, "imagine", prompt="a fox")
    result = await server.result()
    for _ in range(2):
        await ann.react(server.world.handle(result), "✅")
        assert server.world.now(result).pressed == ["✅ Keep"]
        await ann.unreact(server.world.handle(result), "✅")
        assert server.world.now(result).pressed == []
