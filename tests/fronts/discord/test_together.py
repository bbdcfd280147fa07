"""A team at work on one message: votes and their tally, somebody without a vote, and what one person shows all."""

import discord
import pytest
import simcord

from tests.fronts.discord.world import Server

pytestmark = pytest.mark.asyncio(loop_scope="module")


def moderator(server: Server, name: str, locale: str = "en-US") -> simcord.MemberActor:
    role = server.guild.create_role("Managers", permissions=discord.Permissions(manage_guild=True))
    return server.member(name, locale, roles=[role])


async def test_a_teams_votes_are_counted_in_the_message_and_decide_at_its_close(server: Server) -> None:
    mona, ann, ben = moderator(server, "Mona"), server.member("Ann"), server.member("Ben")
    await mona.slash(server.channel, "vote settings", mode="team", quorum=2)
    await ann.slash(server.channel, "imagine", prompt="a fox")
    result = await server.result()
    await server.press(ann, result, "Vote")
    assert "🗳 Vote: a picture needs 2 votes." in server.world.now(result).text
    await server.press(ann, result, "Keep")
    assert "1: 1 for, 0 against" in server.world.now(result).text
    await ben.react(server.world.handle(result), "✅")
    await mona.react(server.world.handle(result), "❌")
    assert "1: 2 for, 1 against" in server.world.now(result).text
    await server.press(mona, result, "Close the vote")
    assert "🗳 Vote closed" in server.world.now(result).text
    assert server.world.now(result).pressed == ["✅ Keep"]
    assert "Vote closed: “a fox”" in server.last.text


async def test_a_reaction_of_somebody_without_a_vote_is_ignored_silently(server: Server) -> None:
    mona, ann, ben = moderator(server, "Mona"), server.member("Ann"), server.member("Ben")
    await ann.slash(server.channel, "quota")
    await mona.slash(server.channel, "vote settings", mode="team", who="Ann")
    await ann.slash(server.channel, "imagine", prompt="a fox")
    result = await server.result()
    before = len(server.messages)
    await ben.react(server.world.handle(result), "❌")
    assert server.world.now(result).pressed == []
    assert "0 against" in server.world.now(result).text
    assert len(server.messages) == before
    assert server.world.messages(ben.user.dm_channel.id) == []
    await server.press(ben, result, "Reject")
    assert server.last.ephemeral
    assert server.last.text == "You have no vote on this picture.", "whoever presses is told"


async def test_without_a_team_the_requester_alone_decides(server: Server) -> None:
    ann, ben = server.member("Ann"), server.member("Ben")
    await ann.slash(server.channel, "imagine", prompt="a fox")
    result = await server.result()
    await ben.react(server.world.handle(result), "❌")
    assert server.world.now(result).pressed == []
    assert "1: 0 others for, 1 against" in server.world.now(result).text, "it is shown what others think"
    await ann.react(server.world.handle(result), "👍")
    assert server.world.now(result).pressed == ["✅ Keep"]
    await ben.unreact(server.world.handle(result), "❌")
    assert "others" not in server.world.now(result).text


async def test_a_private_result_can_be_shown_to_all(server: Server) -> None:
    ann = server.member("Ann")
    await ann.slash(server.channel, "imagine", prompt="a fox", private=True)
    alone = await server.result()
    assert alone.ephemeral
    await server.press(ann, alone, "📣 Show everybody")
    [shown] = [one for one in server.messages if one.pictures and not one.ephemeral]
    assert "for Ann" in shown.text
    assert shown.reactions == ["✅", "❌", "⭐"]
    assert server.last.text == "Everybody here sees it now."
    assert not [label for label in server.world.now(alone).buttons if "Show" in label]
    await ann.react(server.world.handle(shown), "👍")
    assert server.world.now(shown).pressed == ["✅ Keep"]
    assert server.world.now(alone).ephemeral


async def test_in_french_it_is_shown_with_french_words(server: Server) -> None:
    room = server.world.server("Atelier", preferred_locale="fr")
    zoe = room.member("Zoé", locale="fr")
    await zoe.slash(room.channel, "imagine", prompt="un renard", private=True)
    alone = await room.result()
    await room.press(zoe, alone, "📣 Montrer à tous")
    [shown] = [one for one in room.messages if one.pictures and not one.ephemeral]
    assert "pour Zoé" in shown.text
    assert "✅ Garder" in shown.buttons
    assert room.last.text == "Tout le monde ici le voit maintenant."
