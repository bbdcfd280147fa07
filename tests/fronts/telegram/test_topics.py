"""Topics of a forum: what is said in one stays in it, in the language of whoever said it."""

import pytest

from tests.fronts.telegram.talking import Talk
from tests.servers.telegram_people import Room

pytestmark = pytest.mark.asyncio(loop_scope="module")
TOPIC = 7


def strays(room: Room) -> list[str]:
    """What the bot said outside the topic."""
    return [one.text for one in room.said if one.message.get("message_thread_id") != TOPIC]


async def test_an_album_its_buttons_and_answers_to_it_stay_in_the_topic(talk: Talk) -> None:
    team, ada = talk.group(forum=True), talk.person()
    await ada.writes("/imagine meadows --count 3 --model paid", team, thread=TOPIC)
    control = await team.shows("Keep all")
    await ada.presses("2", control)
    await team.hears("2 ✅")
    await ada.writes("1: with poppies", team, to=control.id, thread=TOPIC)
    await ada.presses("Edit ($0.04)", await team.hears("with poppies"))
    await team.hears("with poppies", kind="photo")
    assert strays(team) == []


async def test_words_that_answer_nobody_are_no_answer_to_what_opened_the_topic(talk: Talk) -> None:
    team, ada = talk.group(forum=True, bot="administrator"), talk.person()
    await ada.writes("what a meadow", team, thread=TOPIC)
    await ada.writes("/imagine a first meadow", team, thread=TOPIC)
    await team.hears("a first meadow", kind="photo")
    assert len(team.said) == 1


async def test_a_photo_with_a_caption_is_a_request_in_its_topic(talk: Talk, photo: bytes) -> None:
    team, ada = talk.group(forum=True), talk.person()
    await ada.sends_photo(photo, "@LikenessBot as an etching", team, thread=TOPIC)
    await team.hears("as an etching", kind="photo")
    assert len(talk.scripted.journal[-1].request.references) == 1
    assert strays(team) == []


async def test_somebody_elses_photo_is_asked_for_in_the_topic(talk: Talk, photo: bytes) -> None:
    team, ada, bob = talk.group(forum=True), talk.person(), talk.person("Bob")
    sent = await bob.sends_photo(photo, room=team, thread=TOPIC)
    await ada.writes("/imagine as a stamp", team, to=sent, thread=TOPIC)
    await bob.presses("Yes, use it", await team.shows("Yes, use it"))
    await ada.presses("Make", await team.shows("Make"))
    await team.hears("as a stamp", kind="photo")
    assert strays(team) == []


async def test_a_question_is_asked_and_answered_in_french_in_the_topic(talk: Talk) -> None:
    team, zoe = talk.group(forum=True), talk.person("Zoé", "fr")
    sent = await zoe.writes("/imagine", team, thread=TOPIC)
    question = await team.hears("Que doit montrer l’image")
    assert question.answers == sent
    await zoe.writes("un pré", team, to=question.id, thread=TOPIC)
    result = await team.hears("un pré", kind="photo")
    await zoe.writes("de nuit", team, to=result.id, thread=TOPIC)
    await zoe.presses("Modifier (gratuit)", await team.hears("de nuit"))
    await team.hears("de nuit", kind="photo")
    assert strays(team) == []


async def test_private_pictures_of_a_topic_come_to_the_person_and_can_be_shown_in_it(talk: Talk) -> None:
    team, zoe = talk.group(forum=True), talk.person("Zoé", "fr")
    await zoe.writes("/imagine deux prés --count 2 –private", team, thread=TOPIC)
    control = await zoe.shows("Tout garder")
    assert team.said == []
    await zoe.presses("Montrer à tous", control)
    await team.hears("deux prés")
    assert strays(team) == []


async def test_progress_acts_in_the_topic(talk: Talk) -> None:
    team, ada = talk.group(forum=True), talk.person()
    await ada.writes("/imagine a slow meadow [hold]", team, thread=TOPIC)
    await team.shows("Cancel")
    await team.until(lambda: "upload_photo" in team.chat.actions)
    acted = [call for call in talk.server.methods.calls if call.method == "sendChatAction"]
    here = [call.given for call in acted if call.given["chat_id"] == str(team.chat.id)]
    assert {given.get("message_thread_id") for given in here} == {str(TOPIC)}
    await talk.scripted.release()
    await team.hears("a slow meadow", kind="photo")
