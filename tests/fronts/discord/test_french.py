"""What French people read where it is not a result: forms, menus, errors, offers, and what is missing."""

import pytest

from tests.fronts.discord.world import Server, picture, press, woman

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_form_and_its_answer(server: Server) -> None:
    zoe = server.member("Zoé", locale="fr")
    shown = await zoe.slash(server.channel, "persona create")
    assert shown.modal
    assert shown.modal["components"][0]["label"] == "Son nom"
    await zoe.submit_modal(shown, {"name": "Théière", "kind": ["product"], "images": [("a.jpg", picture())]})
    assert "Théière" in server.last.text
    assert "est là" in server.last.text


async def test_an_error_and_the_question_about_a_face(server: Server) -> None:
    zoe = server.member("Zoé", locale="fr")
    await zoe.slash(server.channel, "imagine", prompt="un renard", persona="personne")
    assert server.last.ephemeral
    assert "personne" in server.last.text
    assert "persona" in server.last.text
    await zoe.slash(server.channel, "imagine", prompt="un portrait", image1=("moi.jpg", woman()))
    assert "C’est moi" in " ".join(server.last.buttons)


async def test_a_menu_asks_in_the_language_of_the_server(server: Server) -> None:
    room = server.world.server("Atelier", preferred_locale="fr")
    zoe, ben = room.member("Zoé", locale="fr"), room.member("Ben")
    photo = await zoe.send(room.channel, "moi", attachments=[("moi.jpg", picture())])
    await ben.context_menu(room.channel, "Use as reference", photo)
    assert "Zoé, Ben aimerait" in room.last.text
    await room.press(zoe, room.last, "Oui")
    assert "Zoé" in room.last.text


async def test_a_reply_offers_the_change(server: Server) -> None:
    room = server.world.server("Atelier", preferred_locale="fr")
    zoe = room.member("Zoé", locale="fr")
    await zoe.slash(room.channel, "imagine", prompt="un renard", model="paid")
    result = await room.result()
    us = f"<@{room.world.env.backend.bot_user.id}>"
    await zoe.send(room.channel, f"{us} plus chaud", reply_to=room.world.handle(result))
    assert "plus chaud" in room.last.text
    assert "0,04\xa0$" in room.last.text
    await room.press(zoe, room.last, "Modifier")
    assert "plus chaud" in (await room.result(2)).text


async def test_a_photo_in_a_private_chat_gets_offers(server: Server) -> None:
    zoe = server.member("Zoé", locale="fr")
    await zoe.slash(server.channel, "quota")
    home = zoe.user.dm_channel.id
    files = server.world.env.backend.store_attachments(home, [("a.jpg", picture())])
    await zoe.send_dm("", attachments=files)
    offer = server.world.messages(home)[-1]
    assert any("Créer" in label for label in offer.buttons), offer.buttons
    shown = await press(server.world, zoe.user, offer, "Créer")
    assert shown.modal
