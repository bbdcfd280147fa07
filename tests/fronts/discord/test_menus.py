"""Menus on messages: somebody's photo as a reference or for a persona, and the recipe of a result."""

import pytest

from tests.fronts.discord.world import Server, picture

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_somebody_elses_photo_is_used_only_once_they_agreed(server: Server) -> None:
    ann, ben = server.member("Ann"), server.member("Ben")
    photo = await ann.send(server.channel, "look!", attachments=[("me.jpg", picture())])
    await ben.context_menu(server.channel, "Use as reference", photo)
    question = server.last
    assert not question.ephemeral
    assert ann.mention in question.text, "she is called"
    assert "Ann, Ben would like to make pictures" in question.text
    await server.press(ben, question, "Yes, use it")
    assert "Only the person whose photo it is" in server.last.text
    await server.press(ann, question, "Yes, use it")
    offer = server.world.now(question)
    assert "Ann said yes. Ben, what shall I do with it?" in offer.text
    shown = await server.press(ben, offer, "Make")
    await ben.submit_modal(shown, {"prompt": "a castle"})
    assert "a castle" in (await server.result()).text


async def test_a_photo_is_kept_back(server: Server) -> None:
    ann, ben = server.member("Ann"), server.member("Ben")
    photo = await ann.send(server.channel, "look!", attachments=[("me.jpg", picture())])
    await ben.context_menu(server.channel, "Add to persona", photo)
    await server.press(ann, server.last, "No")
    assert "Ann would rather not, Ben." in server.last.text


async def test_ones_own_photo_needs_nobodys_word(server: Server) -> None:
    ann = server.member("Ann")
    photo = await ann.send(server.channel, "me", attachments=[("me.jpg", picture())])
    answer = await ann.context_menu(server.channel, "Use as reference", photo)
    assert answer.ephemeral
    assert "What shall I do with it?" in server.last.text


async def test_a_message_without_a_picture_has_nothing_to_use(server: Server) -> None:
    ann, ben = server.member("Ann"), server.member("Ben")
    words = await ann.send(server.channel, "hello", attachments=[("notes.txt", b"hello")])
    await ben.context_menu(server.channel, "Use as reference", words)
    assert server.last.ephemeral


async def test_another_bots_picture_is_nobodys_to_lend(server: Server) -> None:
    ben = server.member("Ben")
    other = server.guild.add_member(server.world.env.create_user("otherbot", bot=True))
    photo = await other.send(server.channel, "art", attachments=[("art.png", picture())])
    await ben.context_menu(server.channel, "Use as reference", photo)
    assert server.last.ephemeral
    assert "another bot" in server.last.text


async def test_the_recipe_of_a_result_is_told_in_private(server: Server) -> None:
    ann, ben = server.member("Ann"), server.member("Ben")
    await ann.slash(server.channel, "imagine", prompt="a fox")
    result = await server.result()
    answer = await ben.context_menu(server.channel, "Recipe", server.world.handle(result))
    assert answer.ephemeral
    assert "a fox" in server.last.text
    words = await ann.send(server.channel, "hello")
    await ben.context_menu(server.channel, "Recipe", words)
    assert server.last.ephemeral
