"""What people do in groups: who is heard, where answers go, and what happens to the group."""

import pytest
from structlog.testing import capture_logs

from storage.tables import settings, workspaces
from storage.tables.owners import Scope
from tests.fronts.telegram.talking import Talk
from tests.servers.telegram_people import Group

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_command_is_answered_in_the_group(talk: Talk) -> None:
    team, ada = talk.group(), talk.person()
    sent = await ada.writes("/imagine a red fox", team)
    result = await team.hears("a red fox", kind="photo")
    assert "for Ada" in result.text
    assert result.answers == sent


async def test_ordinary_talk_is_left_alone(talk: Talk, photo: bytes) -> None:
    team, ada = talk.group(bot="administrator"), talk.person()
    await ada.writes("what a nice day", team)
    await ada.sends_photo(photo, "me at the sea", team)
    await ada.writes("/weather today", team)
    await ada.writes("/imagine@OtherBot a red fox", team)
    await ada.writes("/help", team)
    await ada.hears("Here is what I understand")
    assert team.said == []


async def test_in_privacy_mode_commands_answers_and_its_name_are_enough(talk: Talk, photo: bytes) -> None:
    team, ada, bob = talk.group(), talk.person(), talk.person("Bob")
    await ada.writes("good morning", team)
    sent = await bob.sends_photo(photo, "me at the sea", team)
    await ada.writes("/imagine a quiet boat", team)
    result = await team.hears("a quiet boat", kind="photo")
    await bob.writes("with a sail", team, to=result.id)
    await bob.presses("Edit (free)", await team.hears("with a sail"))
    await ada.writes("@LikenessBot as a mosaic", team, to=sent)
    await bob.presses("Yes, use it", await team.shows("Yes, use it"))
    await ada.presses("Make", await team.shows("Make"))
    await team.hears("as a mosaic", kind="photo")


async def test_naming_the_bot_makes_a_photo_a_request(talk: Talk, photo: bytes) -> None:
    team, ada = talk.group(), talk.person()
    await ada.sends_photo(photo, "@LikenessBot in watercolour", team)
    result = await team.hears("in watercolour", kind="photo")
    assert "@" not in result.text


async def test_an_answer_to_a_picture_offers_the_edit_with_its_price(talk: Talk) -> None:
    team, ada, bob = talk.group(), talk.person(), talk.person("Bob")
    await ada.writes("/imagine a tower", team)
    result = await team.hears("a tower", kind="photo")
    await bob.writes("at night", team, to=result.id)
    await bob.presses("Edit (free)", await team.hears("at night"), team)
    await team.hears("for Bob", kind="photo")


async def test_private_pictures_of_a_group_come_to_the_person(talk: Talk) -> None:
    team, ada = talk.group(), talk.person()
    await ada.writes("/imagine a secret --private", team)
    result = await ada.hears("a secret", kind="photo")
    assert team.said == []
    await ada.presses("Again", result)
    await ada.until(lambda: len([one for one in ada.said if one.kind == "photo"]) == 2)
    assert team.said == []


async def test_private_pictures_for_who_never_pressed_start_wait_in_the_gallery(talk: Talk) -> None:
    team, eve = talk.group(), talk.person("Eve", met=False)
    await eve.writes("/imagine a hidden fox --private", team)
    note = await team.hears("Eve, your private pictures are ready")
    assert not any("hidden fox" in one.text or one.kind != "text" for one in team.said)
    await eve.starts(note.rows[0][0]["url"].partition("=")[2])
    await eve.hears("Hello Eve!")
    await eve.writes("/gallery browse")
    await eve.hears("One picture", kind="photo")


async def test_private_pictures_of_a_group_can_be_shown_to_all(talk: Talk) -> None:
    team, ada = talk.group(), talk.person()
    await ada.writes("/imagine a surprise --private", team)
    await ada.presses("Show everybody", await ada.hears("a surprise", kind="photo"))
    shown = await team.hears("a surprise", kind="photo")
    assert "for Ada" in shown.text


async def test_photos_asked_for_in_a_group_are_gathered_in_the_private_chat(talk: Talk, photo: bytes) -> None:
    team, ada = talk.group(), talk.person()
    await ada.sends_photo(photo, "/persona create Greta --kind product")
    await ada.hears("Greta is here")
    await ada.writes("/reference add Greta", team)
    question = await ada.shows("Done")
    await ada.sends_photo(photo)
    await ada.until(lambda: "One photo" in question.text)
    await ada.sends_album([photo, photo])
    await ada.until(lambda: "3 photos" in question.text)
    await ada.presses("Done", question)
    await ada.hears("gathered for Greta")
    assert team.said == []
    await ada.sends_photo(photo)
    await ada.shows("Make")


async def test_a_question_asked_in_private_leads_back_to_the_group(talk: Talk, face: bytes) -> None:
    team, ada = talk.group(), talk.person()
    await ada.sends_photo(face, "/imagine as a painting", team)
    await ada.presses("It is me", await ada.hears("Who is on the photo?", kind="photo"))
    await team.hears("as a painting", kind="photo")


async def test_who_never_pressed_start_gets_a_link(talk: Talk) -> None:
    team, eve = talk.group(), talk.person("Eve", met=False)
    sent = await eve.writes("/quota", team)
    note = await team.hears("Eve, my answer is for you alone")
    assert note.answers == sent
    url = note.rows[0][0]["url"]
    assert url == "https://t.me/LikenessBot?start=c_quota"
    await eve.starts(url.partition("=")[2])
    await eve.hears("Today:")


async def test_a_press_by_somebody_who_never_pressed_start_opens_the_private_chat(talk: Talk) -> None:
    team, ada, eve = talk.group(), talk.person(), talk.person("Eve", met=False)
    await ada.writes("/imagine a castle", team)
    result = await team.hears("a castle", kind="photo")
    await eve.presses("Keep", result)
    popup = await eve.presses("Recipe", result)
    assert "?start=a_recipe_" in popup["url"]
    await eve.starts(popup["url"].partition("=")[2])
    await eve.hears("/imagine a castle")


async def test_an_error_of_a_press_stands_above_the_button(talk: Talk) -> None:
    team, ada, bob = talk.group(), talk.person(), talk.person("Bob")
    await ada.writes("/imagine a slow tower [hold]", team)
    progress = await team.shows("Cancel")
    popup = await bob.presses("Cancel", progress)
    assert popup["text"] == "Only the person who asked for it can stop this."
    assert popup["show_alert"] == "true"
    await ada.presses("Cancel", progress)
    await team.hears("Cancelled")


async def test_a_topic_keeps_its_answers(talk: Talk) -> None:
    team, ada = talk.group(forum=True), talk.person()
    await ada.writes("/imagine a meadow", team, thread=7)
    result = await team.hears("a meadow", kind="photo")
    assert result.message["message_thread_id"] == 7


async def test_slow_mode_loses_no_answer(talk: Talk) -> None:
    team, ada, bob = talk.group(), talk.person(), talk.person("Bob")
    team.chat.slow = 1.0
    for somebody, words in ((ada, "a slow hare"), (bob, "a slow snail"), (ada, "a slow sloth")):
        await somebody.writes(f"/imagine {words}", team)
    for words in ("a slow hare", "a slow snail", "a slow sloth"):
        await team.hears(words, kind="photo")


async def test_anonymous_administrators_are_heard(talk: Talk) -> None:
    team, ada = talk.group(), talk.person()
    await ada.writes("/imagine a cliff", team, anonymous=True)
    await team.hears("a cliff", kind="photo")
    await ada.writes("/quota", team, anonymous=True)
    await team.hears("I cannot see who you are")


async def test_a_group_that_becomes_a_supergroup_goes_on(talk: Talk) -> None:
    team, ada = talk.group(type="group"), talk.person()
    await ada.writes("/imagine a slow valley [hold]", team)
    await team.shows("Cancel")
    with capture_logs() as logs:
        fresh = await team.becomes_supergroup()
        await fresh.until(lambda: not fresh.world.updates)
    assert [line for line in logs if line["log_level"] == "error"] == []
    await talk.scripted.release()
    await fresh.hears("a slow valley", kind="photo")
    await ada.writes("/gallery browse", fresh)
    await ada.hears("One picture")


async def test_a_result_for_a_group_that_put_the_bot_out_goes_to_the_person(talk: Talk) -> None:
    team, ada = talk.group(), talk.person()
    await ada.writes("/imagine a lonely island [hold]", team)
    await team.shows("Cancel")
    await team.bot_is("kicked", by=ada)
    await talk.scripted.release()
    await ada.hears("a lonely island", kind="photo")


@pytest.mark.parametrize(
    "refusal",
    ["TOPIC_CLOSED", "not enough rights to send text messages to the chat", "message thread not found",
     "have no rights to send a message", "chat not found", "CHAT_WRITE_FORBIDDEN"],
)  # fmt: skip
async def test_a_result_that_may_not_be_posted_any_more_goes_to_the_person_and_nothing_runs_on(
    talk: Talk, refusal: str
) -> None:
    team, ada = talk.group(forum=True), talk.person()
    await ada.writes("/imagine a walled garden [hold]", team)
    await team.shows("Cancel")
    team.chat.refuses = refusal
    await talk.scripted.release()
    await ada.hears("a walled garden", kind="photo")
    await ada.writes("/queue")
    await ada.hears("Nothing")


async def test_where_photos_are_forbidden_the_result_goes_to_the_person_and_the_group_is_told(talk: Talk) -> None:
    team, ada = talk.group(), talk.person()
    team.chat.takes_photos = False
    await ada.writes("/imagine a bare wall [hold]", team)
    progress = await team.shows("Cancel")
    await talk.scripted.release()
    await ada.hears("a bare wall", kind="photo")
    told = await team.hears("Ada, I may not post that here: it is in our private chat.")
    assert told.id == progress.id, "in the place of the progress"
    assert told.buttons == []


async def test_somebody_elses_photo_needs_their_button(talk: Talk, photo: bytes) -> None:
    team, ada, bob = talk.group(), talk.person(), talk.person("Bob")
    sent = await bob.sends_photo(photo, room=team)
    await ada.writes("/imagine as a statue", team, to=sent)
    question = await team.shows("Yes, use it")
    popup = await ada.presses("Yes, use it", question)
    assert popup["text"]
    await bob.presses("Yes, use it", question)
    await ada.presses("Make", await team.shows("Make"))
    await team.hears("as a statue", kind="photo")


async def test_being_taken_into_a_group_greets_and_tells_about_reactions(talk: Talk) -> None:
    team, ada = talk.group("Painters", bot="left"), talk.person()
    await team.bot_is("member", by=ada)
    await team.hears("Hello Ada!")
    await team.hears("I do not see reactions in “Painters” yet")
    await team.bot_is("administrator", by=ada)
    await team.hears("count as votes. The buttons")


async def test_reactions_are_votes_and_taking_them_away_takes_them_back(talk: Talk) -> None:
    team, ada = talk.group(bot="administrator"), talk.person()
    await ada.writes("/imagine a river", team)
    result = await team.hears("a river", kind="photo")
    await ada.reacts(result, [], ["👍"])
    await team.shows("✓ ✅ Keep")
    await ada.reacts(result, ["👍"], ["❤"])
    await team.shows("✓ ⭐ Best")
    await ada.reacts(result, ["❤"], [])
    await team.until(lambda: "✓ ⭐ Best" not in result.buttons)


async def test_a_reaction_to_a_picture_of_an_album_is_no_vote(talk: Talk) -> None:
    team, ada = talk.group(bot="administrator"), talk.person()
    await ada.writes("/imagine two rivers --count 2", team)
    control = await team.shows("Keep all")
    album = [one for one in team.said if "media_group_id" in one.message]
    await ada.reacts(album[0], [], ["👍"])
    await ada.reacts(control, [], ["👎"])
    await team.hears("1 ❌  2 ❌")


async def test_anonymous_reactions_are_shown_and_counted_as_nobodys_vote(talk: Talk) -> None:
    team, ada = talk.group(bot="administrator"), talk.person()
    await ada.writes("/imagine a fountain", team)
    result = await team.hears("a fountain", kind="photo")
    await ada.presses("Recipe", result)
    await ada.hears("/imagine a fountain")
    await ada.counts(result, **{"👍": 3})
    shown = await team.hears("👍 3 (anonymous, so not counted as votes)")
    await ada.counts(result, **{"👍": 3, "👎": 1})
    assert (await team.hears("👍 3 · 👎 1 (anonymous")).id == shown.id
    assert not any("✓" in label for label in result.buttons)


async def test_what_anonymous_people_think_is_told_in_the_language_of_the_group(talk: Talk) -> None:
    team, ada = talk.group(bot="administrator"), talk.person()
    await ada.writes("/imagine a dry fountain", team)
    result = await team.hears("a dry fountain", kind="photo")
    await speaks_french(talk, team)
    await ada.counts(result, **{"👍": 2})
    await team.hears("👍 2 (anonymes, donc pas comptés comme votes)")


async def test_who_manages_a_group_may_do_what_moderators_do(talk: Talk) -> None:
    team, ada, bob = talk.group(), talk.person(), talk.person("Bob")
    team.chat.admins.add(bob.id)
    await ada.writes("/imagine a barn", team)
    result = await team.hears("a barn", kind="photo")
    await bob.presses("Trash", result)
    await team.shows("Take 1 back")


async def test_a_french_reader_gets_french_in_an_english_group(talk: Talk) -> None:
    team, zoe = talk.group(), talk.person("Zoé", "fr")
    await zoe.writes("/imagine un phare", team)
    result = await team.hears("un phare", kind="photo")
    assert "✅ Garder" in result.buttons
    await zoe.writes("/quota", team)
    await zoe.hears("aujourd’hui")


async def test_what_a_whole_group_reads_is_in_the_language_set_for_it(talk: Talk) -> None:
    team, ada = talk.group(), talk.person()
    await ada.writes("/imagine an old well", team)
    await team.hears("an old well", kind="photo")
    await speaks_french(talk, team)
    await ada.writes("/imagine a new well", team)
    result = await team.hears("a new well", kind="photo")
    assert "✅ Garder" in result.buttons


async def test_a_moderator_opens_the_menu_of_what_moderators_do_and_others_do_not(talk: Talk) -> None:
    team, ada, bob = talk.group(), talk.person(), talk.person("Bob")
    team.chat.admins.add(bob.id)
    await bob.writes("/admin", team)
    menu = await bob.shows("/admin limits")
    assert "/admin stats" not in menu.buttons
    await ada.writes("/admin", team)
    await ada.hears("Only an operator")


async def test_a_photo_of_somebody_elses_album_needs_their_button_too(talk: Talk, photo: bytes) -> None:
    team, zoe, bob = talk.group(), talk.person("Zoé", "fr"), talk.person("Bob")
    sent = await bob.sends_album([photo, photo], room=team)
    await zoe.writes("/imagine en vitrail", team, to=sent[1])
    question = await team.until(lambda: next((one for one in team.said if one.buttons), None))
    popup = await zoe.presses_data(question.rows[0][0]["callback_data"], question)
    assert popup["show_alert"] == "true"
    await bob.presses_data(question.rows[0][0]["callback_data"], question)
    await zoe.presses("🎨", await team.shows("🎨"))
    await team.hears("en vitrail", kind="photo")
    assert len(talk.scripted.journal[-1].request.references) == 1


async def speaks_french(talk: Talk, team: Group) -> None:
    """The group reads French from now on."""
    async with talk.bot.running.database.write() as tx:
        known = await workspaces.find(tx, "telegram", str(team.chat.id))
        assert known
        await settings.put(tx, Scope.workspace(known.id), "language", "fr")
