"""Being taken into a server where only those may use the bot whom its operator lets in."""

from pathlib import Path

import pytest

from tests.fronts.discord.world import Server, World, discord_of_its_own, opened, press


async def taken_into(world: World, name: str, **options: str) -> Server:
    """A server that has just taken the bot along."""
    server = world.server(name, **options)
    world.env.backend.get_guild(server.guild.id).system_channel_id = server.channel.id
    guild = world.front.client.get_guild(server.guild.id)
    assert guild
    with world.env._bot_scope():
        world.front.client.dispatch("guild_join", guild)
    await world.env.settle()
    return server


@pytest.mark.parametrize(("locale", "hello", "allow"), [("en-US", "Hello!", "Allow"), ("fr", "Bonjour\xa0!", "Allow")])
async def test_the_operator_is_asked_in_private_and_lets_the_server_in(
    tmp_path: Path, locale: str, hello: str, allow: str
) -> None:
    env = discord_of_its_own()
    opal = env.create_user("opal", global_name="Opal")
    async with opened(tmp_path, env, ACCESS="allowlist", ADMINS=f"discord:{opal.id}") as world:
        await opal.send_dm("/start")
        server = await taken_into(world, "Atelier", preferred_locale=locale)
        [greeting] = server.messages
        assert greeting.text.startswith(hello)
        ann = server.member("Ann")
        refused = await ann.slash(server.channel, "imagine", prompt="a fox")
        assert refused.followups[0].ephemeral
        question = world.messages(opal.dm_channel.id)[-1]
        assert "“Atelier”" in question.text
        await press(world, opal, question, allow)
        assert world.now(question).text == "Let in. People there can use me now."
        await ann.slash(server.channel, "imagine", prompt="a fox")
        assert (await server.result()).pictures


async def test_an_operator_who_never_wrote_is_asked_too_whatever_else_is_named(tmp_path: Path) -> None:
    env = discord_of_its_own()
    opal = env.create_user("opal", global_name="Opal")
    async with opened(tmp_path, env, ACCESS="allowlist", ADMINS=f"discord:alice,discord:{opal.id}") as world:
        server = await taken_into(world, "Atelier")
        [question] = world.messages(opal.dm_channel.id)
        assert "“Atelier”" in question.text
        await press(world, opal, question, "Allow")
        ann = server.member("Ann")
        await ann.slash(server.channel, "imagine", prompt="a fox")
        assert (await server.result()).pictures
