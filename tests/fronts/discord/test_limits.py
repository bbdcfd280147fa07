"""What Discord does not take: heavy files, long texts, answers that come too late, and changes that come too fast."""

import pytest

from bot.core.chat.messages import MessageRef, Picture, Place, Progress, Say, Who, say
from bot.fronts.discord.sending.upload_files import Files
from tests.fronts.discord.world import Server, World

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_picture_above_the_limit_of_the_place_goes_out_smaller(server: Server) -> None:
    ann = server.member("Ann")
    await ann.slash(server.channel, "imagine", prompt="a fox")
    result = await server.result()
    [image] = {id_.split(":")[2] for label, id_ in result.buttons.items() if "Keep" in label}
    shown = Picture(id=f"i:{image}", number=1, width=1, height=1, alt=say("picture-alt", number=1, noted="no", note=""))
    who = Who("discord", str(ann.id), "Ann")
    [whole] = await Files(server.world.bot.app).gallery([shown], who, limit=10_000_000)
    [smaller] = await Files(server.world.bot.app).gallery([shown], who, limit=len(whole.data) - 1)
    assert (whole.copy, whole.name[-4:]) == ("whole", ".png")
    assert (smaller.copy, smaller.name[-10:]) == ("small", "-small.jpg")


async def test_what_is_too_heavy_for_the_place_is_shown_smaller_and_its_original_comes_by_letter(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    ann = server.member("Ann")
    monkeypatch.setattr(server.world, "heaviest", 1000)
    await ann.slash(server.channel, "imagine", prompt="a fox")
    result = await server.result()
    assert result.files[0].endswith("-small.jpg")
    assert "Shown smaller: the full pictures are too large for this place." in result.text
    await server.press(ann, result, "Original")
    assert server.last.files[0].endswith("-small.jpg")
    assert "The original is too large for Discord here" in server.last.text
    await ann.react(server.world.handle(result), "✉️")
    letter = server.world.messages(ann.user.dm_channel.id)[0]
    assert letter.files[0].endswith("-1.png"), "a private chat takes more"


async def test_words_that_are_too_many_for_a_message_hang_on_it_as_a_file(world: World) -> None:
    eve = world.person("Eve")
    place = Place("discord", str(eve.dm_channel.id))
    lines = tuple(say("recipe-prompt", prompt="fox " * 500) for _ in range(3))
    await world.bot.fronts["discord"].send(place, Say(lines=lines), "long", to=str(eve.id))
    [message] = world.messages(eve.dm_channel.id)
    assert message.files == ["words.txt"]
    assert message.text.endswith("…")
    [url] = [attachment["url"] for attachment in message.raw["attachments"]]
    assert (world.env.backend.cdn.get(url) or b"").count(b"fox") == 1500


async def test_an_answer_for_which_discord_no_longer_waits_comes_in_the_channel(server: Server) -> None:
    ann = server.member("Ann")
    server.world.env.inject_error("POST", "/interactions/*/callback", status=404, code=10062)
    await ann.slash(server.channel, "imagine", prompt="a fox")
    assert (await server.result()).text.startswith("**a fox**")


async def test_a_private_answer_for_which_discord_no_longer_waits_comes_in_the_private_chat(server: Server) -> None:
    ann = server.member("Ann")
    server.world.env.inject_error("POST", "/interactions/*/callback", status=404, code=10062)
    await ann.slash(server.channel, "quota")
    assert server.messages == []
    [told] = server.world.messages(ann.user.dm_channel.id)
    assert "pictures" in told.text


async def test_progress_is_shown_every_three_seconds_and_the_newest_wins(world: World) -> None:
    eve = world.person("Eve")
    place = Place("discord", str(eve.dm_channel.id))
    front = world.bot.fronts["discord"]

    async def shows(done: int, ref: MessageRef | None) -> MessageRef:
        going = Progress(lines=(say("progress-prompt", prompt="a fox"),), state="running", done=done, total=9)
        return await front.send(place, going, "going", instead_of=ref, to=str(eve.id))

    ref = await shows(0, None)
    since = len(world.env.http_requests)
    for done in range(1, 9):
        await shows(done, ref)
    assert [one for one in world.env.http_requests[since:] if one.method == "PATCH"] == []
    [message] = await world.until(eve.dm_channel.id, lambda ours: [one for one in ours if "8 of 9 done" in one.text])
    assert str(message.id) == ref.id
    await front.send(place, Say(lines=(say("queue-empty"),)), "going", instead_of=ref, to=str(eve.id))
    assert "of 9" not in world.now(message).text
