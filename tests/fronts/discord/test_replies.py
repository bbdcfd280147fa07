"""Words in answer to a result."""

import pytest

from tests.fronts.discord.world import Server

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_in_a_server_a_reply_offers_the_change_with_its_price(server: Server) -> None:
    ann = server.member("Ann")
    await ann.slash(server.channel, "imagine", prompt="a fox", model="paid")
    result = await server.result()
    us = f"<@{server.world.env.backend.bot_user.id}>"
    await ann.send(server.channel, f"{us} warmer light", reply_to=server.world.handle(result))
    offer = server.last
    assert offer.text == "Change the picture? “warmer light” ($0.04)"
    await server.press(ann, offer, "Edit ($0.04)")
    changed = await server.result(2)
    assert "warmer light" in changed.text
    assert "↰ Earlier" in changed.buttons


async def test_numbers_keep_those_pictures(server: Server) -> None:
    ann = server.member("Ann")
    await ann.slash(server.channel, "imagine", prompt="a fox", count=4)
    result = await server.result()
    us = f"<@{server.world.env.backend.bot_user.id}>"
    await ann.send(server.channel, f"1 4 {us}", reply_to=server.world.handle(result))
    assert server.world.now(result).pressed == ["1", "4"]


async def test_in_a_private_chat_a_reply_changes_at_once(server: Server) -> None:
    eve = server.world.person("Eve")
    await eve.slash("imagine", prompt="a fox", count=2)
    channel = eve.dm_channel.id
    result = await server.world.result(channel)
    reference = {"channel_id": str(channel), "message_id": str(result.id), "type": 0}
    await eve.send_dm(
        "2: warmer light", reference=server.world.env.backend.normalize_message_reference(channel, reference)
    )
    changed = await server.world.result(channel, 2)
    assert "warmer light" in changed.text


async def test_talk_that_does_not_call_the_bot_is_left_alone(server: Server) -> None:
    ann = server.member("Ann")
    await ann.send(server.channel, "a red fox", attachments=[])
    await ann.send(server.channel, "nice")
    assert server.messages == []
