"""Photos that come in: with commands, in private chats, and those that cannot be used."""

import aiohttp
import pytest
import simcord

from tests.fronts.discord.world import Server, World, picture, press, woman

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def sent(world: World, eve: simcord.UserHandle, text: str, *files: tuple[str, bytes]) -> None:
    """A message with files in a private chat."""
    channel = eve.dm_channel.id
    await eve.send_dm(text, attachments=world.env.backend.store_attachments(channel, files))


async def test_attached_photos_are_references_of_the_picture(server: Server) -> None:
    ann = server.member("Ann")
    await ann.slash(
        server.channel,
        "imagine",
        prompt="a fox [two photos]",
        image1=("a.jpg", picture()),
        image3=("b.jpg", picture(400, 300)),
    )
    await server.result()
    [call] = [one for one in server.world.scripted.journal if "[two photos]" in one.request.prompt]
    assert len(call.request.references) == 2


async def test_a_face_asks_the_person_alone_who_it_is_and_the_picture_follows_for_all(server: Server) -> None:
    ann = server.member("Ann")
    asked = await ann.slash(server.channel, "imagine", prompt="a portrait", image1=("me.jpg", woman()))
    assert asked.response is None
    assert [one.ephemeral for one in asked.followups] == [True]
    question = server.last
    assert len(question.pictures) == 1
    await server.press(ann, question, "It is me")
    result = await server.result(1)
    assert not result.ephemeral
    assert "Noted: It is me." in server.world.now(question).text


async def test_a_photo_without_words_in_a_private_chat_gets_offers(world: World) -> None:
    eve = world.person("Eve")
    await sent(world, eve, "", ("a.jpg", picture()))
    offer = world.messages(eve.dm_channel.id)[-1]
    assert "What shall I do with it?" in offer.text
    shown = await press(world, eve, offer, "Make")
    assert shown.modal
    await eve.submit_modal(shown, {"prompt": "a castle"})
    assert "a castle" in (await world.result(eve.dm_channel.id)).text


async def test_a_photo_with_words_in_a_private_chat_is_a_request(world: World) -> None:
    eve = world.person("Eve")
    await sent(world, eve, "a castle", ("a.jpg", picture()))
    assert "a castle" in (await world.result(eve.dm_channel.id)).text


async def test_a_typed_command_in_a_private_chat_is_understood(world: World) -> None:
    eve = world.person("Eve")
    await eve.send_dm("/imagine a castle --count 2")
    assert len((await world.result(eve.dm_channel.id)).pictures) == 2


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ([("a.mov", b"\0\0\0\x18ftypqt  ")], "a.mov"),
        ([("page.jpg", b"<html>404</html>")], "page.jpg"),
        ([(f"{n}.jpg", b"x") for n in range(11)], "11"),
        ([("huge.jpg", b"x" * 30_000_000)], "30"),
    ],
    ids=["a film", "a page instead of a picture", "eleven files", "thirty megabytes"],
)
async def test_files_that_cannot_be_used_are_named(world: World, files: list[tuple[str, bytes]], told: str) -> None:
    eve = world.person("Eve")
    await sent(world, eve, "a castle", *files)
    answer = world.messages(eve.dm_channel.id)[-1]
    assert told in answer.text
    assert not answer.working


async def test_a_file_that_is_gone_before_it_is_read_is_asked_for_again(server: Server) -> None:
    ann = server.member("Ann")
    cdn = server.world.env.backend.cdn
    store = cdn.store_attachment

    def lost(*args: object) -> dict[str, object]:
        kept = store(*args)
        cdn._blobs.clear()
        return kept

    cdn.store_attachment = lost
    try:
        answer = await ann.slash(server.channel, "imagine", prompt="a fox", image1=("gone.jpg", picture()))
    finally:
        cdn.store_attachment = store
    assert answer.response is None
    assert server.last.text == "gone.jpg is no longer on Discord. Please send it again."


@pytest.mark.parametrize(
    ("name", "data"),
    [("a.mov", b"\0\0\0\x18ftypqt  "), ("page.jpg", b"<html>404</html>"), ("huge.jpg", b"x" * 30_000_000)],
    ids=["a film", "a page instead of a picture", "thirty megabytes"],
)
async def test_a_command_with_such_a_file_takes_its_post_away_and_names_it_in_private(
    server: Server, name: str, data: bytes
) -> None:
    ann = server.member("Ann")
    answer = await ann.slash(server.channel, "imagine", prompt="a castle", image1=(name, data))
    assert answer.response is None
    [told] = server.messages
    assert told.ephemeral
    assert name in told.text


async def test_a_photo_that_discord_does_not_hand_over_is_named(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    zoe = server.member("Zoé", locale="fr")

    def broken(url: str) -> bytes:
        raise aiohttp.ServerDisconnectedError

    monkeypatch.setattr(server.world.env.backend.cdn, "get", broken)
    await zoe.slash(server.channel, "imagine", prompt="un renard", image1=("moi.jpg", picture()))
    assert server.last.ephemeral
    assert server.last.text == "Discord n’a pas remis moi.jpg. Envoyez-la de nouveau dans un instant."


async def test_a_prompt_of_four_thousand_characters_is_cut_where_it_is_shown(server: Server) -> None:
    ann = server.member("Ann")
    await ann.slash(server.channel, "imagine", prompt="fox " * 1000)
    result = await server.result()
    assert "…" in result.text
    assert len(result.text) < 1000
    await server.press(ann, result, "Recipe")
    assert server.last.text.count("fox") > 900, "the recipe has all of it"
