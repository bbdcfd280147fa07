"""Which language people read: their client's, also where Discord does not tell it and after a restart."""

import pytest

from tests.fronts.discord.world import Server, World, press

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_words_after_a_restart_are_answered_in_the_language_that_was_heard_before(server: Server) -> None:
    zoe = server.member("Zoé", locale="fr")
    await zoe.slash(server.channel, "quota")
    assert "Images aujourd’hui" in server.last.text
    await server.world.start()
    await zoe.send_dm("un phare au crépuscule")
    offer = server.world.messages(zoe.user.dm_channel.id)[-1]
    assert offer.text == "Je crée ceci\xa0? «\xa0un phare au crépuscule\xa0» (Free fake, gratuit)"


async def test_a_reaction_after_a_restart_is_answered_in_that_language_too(server: Server) -> None:
    zoe = server.member("Zoé", locale="fr")
    await zoe.slash(server.channel, "imagine", prompt="un renard")
    result = await server.result()
    await server.world.start()
    await zoe.react(server.world.handle(result), "✉️")
    [letter] = server.world.messages(zoe.user.dm_channel.id)
    assert "Modèle" in letter.text or "gratuit" in letter.text


async def test_the_language_that_somebody_chose_comes_before_their_clients(world: World) -> None:
    eve = world.person("Eve")
    await eve.slash("settings", language="fr")
    await eve.send_dm("a lighthouse")
    offer = world.messages(eve.dm_channel.id)[-1]
    assert offer.text.startswith("Je crée ceci")
    await press(world, eve, offer, "Créer")
    assert "✅ Garder" in (await world.result(eve.dm_channel.id)).buttons


async def test_somebody_who_was_never_heard_is_answered_in_english(world: World) -> None:
    zoe = world.person("Zoé", locale="fr")
    await zoe.send_dm("un phare")
    assert world.messages(zoe.dm_channel.id)[-1].text.startswith("Make this?")
