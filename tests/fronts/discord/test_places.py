"""Being taken into a server, leaving it, and places where we may not write."""

import discord
import pytest

from tests.fronts.discord.world import Server, World

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_server_is_greeted_once_with_an_example(world: World) -> None:
    server = world.server("Atelier")
    world.env.backend.get_guild(server.guild.id).system_channel_id = server.channel.id
    guild = world.front.client.get_guild(server.guild.id)
    assert guild
    for _ in range(2):
        with world.env._bot_scope():
            world.front.client.dispatch("guild_join", guild)
        await world.env.settle()
    [greeting] = server.messages
    assert "/imagine" in greeting.text


async def test_where_we_may_not_write_the_missing_permission_is_told_by_name(server: Server) -> None:
    ann = server.member("Ann")
    await ann.slash(server.channel, "imagine", prompt="a fox [hold]")
    world = server.world
    await world.env.advance_time(17 * 60)
    world.env.inject_error("POST", f"/channels/{server.channel.id}/messages", status=403, code=50013, times=None)
    overwrite = discord.PermissionOverwrite(attach_files=False)
    _deny(server, overwrite)
    await world.scripted.release()
    home = ann.user.dm_channel.id
    result = await world.result(home)
    told = world.messages(home)[0]
    assert server.channel.mention in told.text
    assert "Attach Files" in told.text
    assert len(result.pictures) == 1


async def test_a_deleted_channel_sends_its_result_to_the_person(server: Server) -> None:
    ann = server.member("Ann")
    await ann.slash(server.channel, "imagine", prompt="a fox [hold]")
    world = server.world
    await world.env.advance_time(17 * 60)
    world.env.backend.delete_channel(server.channel.id)
    await world.scripted.release()
    assert (await world.result(ann.user.dm_channel.id)).pictures


async def test_a_deleted_message_is_not_brought_back_by_a_vote(server: Server) -> None:
    ann = server.member("Ann")
    await ann.slash(server.channel, "imagine", prompt="a fox")
    result = await server.result()
    server.world.env.backend.delete_message(result.channel, result.id)
    await ann.slash(server.channel, "curate")
    await server.press(ann, server.last, "Keep")
    assert not [one for one in server.messages if one.pictures and not one.ephemeral]


async def test_a_result_is_posted_though_discord_failed_for_a_moment(server: Server) -> None:
    ann = server.member("Ann")
    await ann.slash(server.channel, "imagine", prompt="a fox [hold]")
    server.world.env.inject_error("PATCH", "/webhooks/*", status=500, times=1)
    await server.world.scripted.release()
    assert (await server.result()).pictures


async def test_a_server_where_people_use_the_app_by_themselves_gets_no_reactions(server: Server) -> None:
    ann = server.member("Ann")
    server.world.front.client._connection._remove_guild(server.world.front.client.get_guild(server.guild.id))
    await ann.slash(server.channel, "imagine", prompt="a fox")
    result = await server.result()
    assert result.reactions == []
    await server.press(ann, result, "Keep")
    assert server.world.now(result).pressed == ["✅ Keep"]


def _deny(server: Server, overwrite: discord.PermissionOverwrite) -> None:
    """Take a right from everybody in the server's channel, us among them."""
    channel = server.world.front.client.get_channel(server.channel.id)
    assert isinstance(channel, discord.TextChannel)
    allow, deny = overwrite.pair()
    data = {"id": str(server.guild.id), "type": 0, "allow": str(allow.value), "deny": str(deny.value)}
    channel._fill_overwrites({"permission_overwrites": [data]})
