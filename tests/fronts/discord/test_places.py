"""Servers, threads, groups, and places where we are no member or may not do everything."""

from typing import Any

import discord
import pytest
import simcord
from simcord.backend.models import Channel
from simcord.builders import ChannelHandle
from simcord.enums import ChannelType
from simcord.interactions import base_payload

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


async def test_a_missing_right_to_react_is_told_by_name_and_once(server: Server) -> None:
    ann = server.member("Ann")
    world = server.world
    _deny(server, discord.PermissionOverwrite(add_reactions=False, attach_files=False))
    world.env.inject_error("PUT", f"/channels/{server.channel.id}/*", status=403, code=50013, times=None)
    for count in (1, 2):
        await ann.slash(server.channel, "imagine", prompt="a fox")
        result = await server.result(count)
        assert result.reactions == []
    ben = server.member("Ben")
    await ben.slash(server.channel, "imagine", prompt="a fox")
    await world.until(ben.user.dm_channel.id, bool)  # he is told last
    [told] = world.messages(ann.user.dm_channel.id)
    assert server.channel.mention in told.text
    assert "Add Reactions" in told.text
    assert "Attach Files" not in told.text, "only what this takes is named"


async def test_an_answer_that_may_not_carry_a_picture_comes_in_private_with_the_reason(server: Server) -> None:
    ann = server.member("Ann")
    world = server.world
    await ann.slash(server.channel, "imagine", prompt="a fox")
    result = await server.result()
    _deny(server, discord.PermissionOverwrite(attach_files=False))
    world.env.inject_error("POST", "/webhooks/*", status=403, code=50013, times=None)
    await server.press(ann, result, "Original")
    world.env.backend.faults.clear()
    told, original = world.messages(ann.user.dm_channel.id)
    assert "Attach Files" in told.text
    assert original.files[0].endswith(".png")


async def test_a_post_of_a_forum_is_a_place_like_a_thread(server: Server) -> None:
    forum = server.guild.create_forum_channel("commissions")
    ann = server.member("Ann")
    world = server.world
    post = _thread(server, forum.id, ann.id)
    await ann.slash(post, "imagine", prompt="a fox [hold]")
    await world.env.advance_time(17 * 60)
    await world.scripted.release()
    result = await world.result(post.id)
    assert (result.channel, result.reactions) == (post.id, ["✅", "❌", "⭐"]), "late, too, it comes in the post"
    await world.noted(result)
    us = f"<@{world.env.backend.bot_user.id}>"
    await ann.send(post, f"{us} warmer light", reply_to=world.handle(result))
    assert "Change the picture? “warmer light”" in world.messages(post.id)[-1].text
    await ann.react(world.handle(result), "⭐")
    assert world.now(result).pressed


async def test_a_thread_that_is_deleted_sends_its_result_to_the_person(server: Server) -> None:
    ann = server.member("Ann")
    world = server.world
    thread = _thread(server, server.channel.id, ann.id)
    await ann.slash(thread, "imagine", prompt="a fox [hold]")
    await world.env.advance_time(17 * 60)
    world.env.backend.delete_channel(thread.id)
    await world.scripted.release()
    assert (await world.result(ann.user.dm_channel.id)).pictures


async def test_a_server_we_are_removed_from_leaves_its_results_to_those_who_asked(server: Server) -> None:
    ann = server.member("Ann")
    world = server.world
    await ann.slash(server.channel, "imagine", prompt="a fox [hold]")
    await world.env.advance_time(17 * 60)
    world.env.backend.emit("GUILD_DELETE", {"id": str(server.guild.id)})
    world.env.inject_error("*", f"/channels/{server.channel.id}/*", status=403, code=50001, times=None)
    await world.env.settle()
    assert world.front.client.get_guild(server.guild.id) is None
    await world.scripted.release()
    assert (await world.result(ann.user.dm_channel.id)).pictures
    [letter] = world.messages(ann.user.dm_channel.id)
    assert "allow me" not in letter.text, "nobody can allow it any more"


async def test_somebody_with_the_app_of_their_own_uses_it_where_we_are_no_member(server: Server) -> None:
    ann = server.member("Ann")
    world = server.world
    world.front.client._connection._remove_guild(world.front.client.get_guild(server.guild.id))
    await ann.slash(server.channel, "imagine", prompt="a fox [hold]")
    await world.env.advance_time(17 * 60)
    world.env.inject_error("*", f"/channels/{server.channel.id}/*", status=403, code=50001, times=None)
    await world.scripted.release()
    result = await world.result(ann.user.dm_channel.id)
    assert "a fox" in result.text, "once the token has ended there is no way into the channel"


async def test_a_group_of_people_reads_what_is_made_and_one_of_them_what_is_private(world: World) -> None:
    ann, ben = world.person("Ann"), world.person("Ben", locale="fr")
    group = world.env.backend.create_channel(None, "friends", type=3)
    await _in_group(world, group, ann, "imagine", prompt="a fox")
    result = await world.result(group.id)
    assert "for Ann" in result.text, "others read here, so it is said who asked"
    assert (result.ephemeral, result.reactions) == (False, []), "no reaction of a group reaches us"
    await _in_group(world, group, ben, "quota")
    answer = world.messages(group.id)[-1]
    assert answer.ephemeral
    assert "Images aujourd’hui" in answer.text


async def test_a_late_result_of_a_group_comes_in_private(world: World) -> None:
    ann = world.person("Ann")
    group = world.env.backend.create_channel(None, "friends", type=3)
    await _in_group(world, group, ann, "imagine", prompt="a fox [hold]")
    await world.env.advance_time(17 * 60)
    world.env.inject_error("*", f"/channels/{group.id}/*", status=403, code=50001, times=None)
    await world.scripted.release()
    assert (await world.result(ann.dm_channel.id)).pictures


def _thread(server: Server, parent: int, owner: int) -> ChannelHandle:
    world = server.world
    made = world.env.backend.create_thread(parent, "ideas", owner_id=owner, type=ChannelType.PUBLIC_THREAD)
    return ChannelHandle(world.env, server.guild, made)


async def _in_group(world: World, group: Channel, person: simcord.UserHandle, name: str, **options: Any) -> None:
    """A command in a group of people, where the app is there by one of them (Discord: Interaction Contexts)."""
    backend = world.env.backend
    root = backend.find_command(name, None, type=1)
    given = [{"name": key, "type": 3, "value": value} for key, value in options.items()]
    data = {"id": root["id"], "name": name, "type": 1, "options": given}
    _, payload = base_payload(backend, type=2, channel_id=group.id, guild_id=None, user_id=person.id, data=data)
    channel = {"id": str(group.id), "type": 3, "name": group.name, "recipients": [], "owner_id": str(person.id)}
    owners = {"1": str(person.id)}
    payload |= {"context": 2, "channel": channel, "authorizing_integration_owners": owners}
    backend.emit("INTERACTION_CREATE", payload)
    await world.env.settle()


def _deny(server: Server, overwrite: discord.PermissionOverwrite) -> None:
    """Take a right from everybody in the server's channel, us among them."""
    channel = server.world.front.client.get_channel(server.channel.id)
    assert isinstance(channel, discord.TextChannel)
    allow, deny = overwrite.pair()
    data = {"id": str(server.guild.id), "type": 0, "allow": str(allow.value), "deny": str(deny.value)}
    channel._fill_overwrites({"permission_overwrites": [data]})
