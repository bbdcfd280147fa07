"""A team in a server: from a command to judged pictures."""

import pytest
from simcord.builders import ChannelHandle

from tests.fronts.discord.world import Server, press

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_command_is_acknowledged_at_once_and_its_message_becomes_the_result(server: Server) -> None:
    ann = server.member("Ann")
    answer = await ann.slash(server.channel, "imagine", prompt="a red *fox*")
    result = await server.result()
    assert answer.response
    assert result.id == answer.response.id
    assert len(server.messages) == 1
    assert result.text.splitlines()[0] == r"**a red \*fox\***"
    assert "Free fake · free" in result.text
    assert "for Ann" in result.text
    assert [item["description"] for item in result.pictures] == ["Picture 1"]
    assert result.reactions == ["✅", "❌", "⭐"]


async def test_buttons_and_reactions_judge_the_same_picture(server: Server) -> None:
    ann = server.member("Ann")
    await ann.slash(server.channel, "imagine", prompt="a fox")
    result = await server.result()
    await server.press(ann, result, "Keep")
    assert server.last.pressed == ["✅ Keep"]
    await server.press(ann, result, "Undo")
    assert server.last.pressed == []
    await ann.react(server.world.handle(result), "⭐")
    assert "⭐ Best" in server.last.pressed
    await ann.unreact(server.world.handle(result), "⭐")
    await ann.react(server.world.handle(result), "❌")
    assert server.last.pressed == ["❌ Reject"]
    assert server.last.pictures[0]["spoiler"], "a rejected picture is blurred, not deleted"
    assert len(server.messages) == 1


async def test_several_pictures_stand_in_one_message_with_numbers_to_keep(server: Server) -> None:
    ann = server.member("Ann")
    await ann.slash(server.channel, "imagine", prompt="a fox", count=4)
    result = await server.result()
    assert len(result.pictures) == 4
    assert result.reactions == []
    await server.press(ann, result, "2")
    await server.press(ann, result, "Reject the rest")
    assert server.last.pressed == ["2"]
    assert [bool(item.get("spoiler")) for item in server.last.pictures] == [True, False, True, True]
    assert result.files == server.last.files, "the pictures were not sent again"


async def test_nine_pictures_come_in_pages(server: Server) -> None:
    ann = server.member("Ann")
    await ann.slash(server.channel, "imagine", prompt="a fox", count=9)
    result = await server.result()
    assert len(result.pictures) == 8
    await server.press(ann, result, "1 / 2 ▶")
    assert [one["description"] for one in server.world.now(result).pictures] == ["Picture 9"]


async def test_what_a_costly_request_costs_is_asked_in_private_first(server: Server) -> None:
    ann = server.member("Ann")
    asked = await ann.slash(server.channel, "imagine", prompt="a fox", count=5, model="paid")
    assert asked.response is None, "what all would have seen is gone"
    [question] = asked.followups
    assert question.ephemeral
    assert "5 × $0.04 = $0.20" in server.last.text
    await server.press(ann, server.last, "Go on")
    result = await server.result()
    assert len(result.pictures) == 5
    assert not result.ephemeral


async def test_a_picture_is_changed_in_a_form_that_holds_its_words(server: Server) -> None:
    ann = server.member("Ann")
    await ann.slash(server.channel, "imagine", prompt="a red fox")
    first = await server.result()
    shown = await server.press(ann, first, "Edit")
    assert shown.modal
    [field] = [row["component"] for row in shown.modal["components"]]
    assert (shown.modal["title"], field["value"]) == ("Change picture 1", "a red fox")
    await ann.submit_modal(shown, {"prompt": "a blue fox"})
    second = await server.result(2)
    assert second.id != first.id
    assert second.text.splitlines()[0] == "**a blue fox**"
    earlier = await server.press(ann, second, "Earlier")
    assert earlier.followups[0].ephemeral
    assert "a red fox" in server.last.text


async def test_again_by_somebody_else_is_theirs(server: Server) -> None:
    ann, ben = server.member("Ann"), server.member("Ben")
    await ann.slash(server.channel, "imagine", prompt="a fox")
    first = await server.result()
    await server.press(ben, first, "Again")
    second = await server.result(2)
    assert "for Ben" in second.text
    assert "for Ann" in server.world.now(first).text


async def test_recipe_and_original_are_told_to_whoever_asks_alone(server: Server) -> None:
    ann, ben = server.member("Ann"), server.member("Ben")
    await ann.slash(server.channel, "imagine", prompt="a fox_under_trees", seed=7)
    result = await server.result()
    recipe = await server.press(ben, result, "Recipe")
    assert recipe.followups[0].ephemeral
    assert "/imagine" in server.last.text
    original = await server.press(ben, result, "Original")
    assert original.followups[0].ephemeral
    assert server.last.files[0].endswith(".png")


async def test_a_picture_goes_to_the_trash_and_comes_back(server: Server) -> None:
    ann = server.member("Ann")
    await ann.slash(server.channel, "imagine", prompt="a fox")
    result = await server.result()
    await server.press(ann, result, "Trash")
    assert server.last.ephemeral
    assert not server.world.now(result).pictures
    await server.press(ann, server.last, "Take 1 back")
    assert len(server.world.now(result).pictures) == 1


async def test_a_command_in_a_thread_is_answered_in_the_thread(server: Server) -> None:
    ann = server.member("Ann")
    backend = server.world.env.backend
    made = backend.create_thread(server.channel.id, "ideas", owner_id=ann.id)
    thread = ChannelHandle(server.world.env, server.guild, made)
    await ann.slash(thread, "imagine", prompt="a fox")
    result = await server.world.result(thread.id)
    assert result.channel == thread.id
    assert not server.messages


async def test_a_private_chat_has_everything_without_whispering(server: Server) -> None:
    eve = server.world.person("Eve")
    answer = await eve.slash("imagine", prompt="a fox")
    result = await server.world.result(eve.dm_channel.id)
    assert answer.response
    assert not answer.response.ephemeral
    await press(server.world, eve, result, "Keep")
    assert server.world.now(result).pressed == ["✅ Keep"]


async def test_words_in_a_private_chat_are_offered_with_their_price(server: Server) -> None:
    eve = server.world.person("Eve")
    await eve.send_dm("a lighthouse at dusk")
    offer = server.world.messages(eve.dm_channel.id)[-1]
    assert offer.text == "Make this? “a lighthouse at dusk” (Free fake, free)"
    await press(server.world, eve, offer, "Make")
    result = await server.world.result(eve.dm_channel.id)
    assert "a lighthouse at dusk" in result.text


async def test_french_readers_get_french_answers_and_a_server_posts_in_its_own_language(server: Server) -> None:
    room = server.world.server("Atelier", preferred_locale="fr")
    zoe = room.member("Zoé", locale="fr")
    answer = await zoe.slash(room.channel, "quota")
    assert answer.response
    assert answer.response.ephemeral
    assert "Images aujourd’hui" in room.last.text
    await zoe.slash(room.channel, "imagine", prompt="un renard")
    result = await room.result()
    assert "✅ Garder" in result.buttons
    ann = server.member("Zoé", locale="fr")
    await ann.slash(server.channel, "imagine", prompt="un renard")
    assert "✅ Keep" in (await server.result()).buttons, "an English server stays English for all who read there"
