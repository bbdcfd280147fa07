"""Questions one after the other: for forms, for options that are missing, and for photos over many messages."""

import asyncio
from contextlib import suppress
from typing import Any

import pytest

from tests.fronts.telegram.talking import FAST, Before, Talk, fronted
from tests.servers.telegram import telegram

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_missing_prompt_is_asked_for(talk: Talk) -> None:
    ada = talk.person()
    await ada.writes("/imagine")
    question = await ada.hears("What should the picture show?")
    assert question.forces_reply
    await ada.writes("a blue fox")
    await ada.hears("a blue fox", kind="photo")


async def test_in_a_group_only_an_answer_to_the_question_counts(talk: Talk) -> None:
    team, ada = talk.group(bot="administrator"), talk.person()
    await ada.writes("/imagine a hill", team)
    result = await team.hears("a hill", kind="photo")
    sent = await ada.writes("/imagine", team)
    question = await team.hears("What should the picture show?")
    assert question.answers == sent
    await ada.writes("just talking", team)
    await ada.writes("at dawn", team, to=result.id)
    await team.shows("Edit (free)")
    await ada.writes("a green fox", team, to=question.id)
    await team.hears("a green fox", kind="photo")


async def test_edit_asks_what_to_change_and_shows_the_words_so_far(talk: Talk) -> None:
    ada = talk.person()
    await ada.writes("/imagine a quiet lake")
    await ada.presses("Edit", await ada.hears("a quiet lake", kind="photo"))
    question = await ada.shows("Cancel")
    await ada.writes("add a boat", to=question.id)
    await ada.hears("add a boat", kind="photo")


async def test_a_persona_is_made_step_by_step(talk: Talk, photo: bytes) -> None:
    ada = talk.person()
    await ada.sends_photo(photo)
    await ada.presses("New persona", await ada.shows("New persona"))
    await ada.hears("Its name")
    await ada.writes("Rex")
    await ada.presses("product", await ada.shows("product"))
    await ada.presses("Skip", await ada.shows("Skip"))
    await ada.hears("Rex is here", kind="photo")


async def test_settings_are_chosen_by_buttons(talk: Talk) -> None:
    ada = talk.person()
    await ada.writes("/settings")
    await ada.presses("Change", await ada.shows("Change"))
    await ada.presses("French", await ada.shows("French"))
    while "Language:" not in ada.last.text and "Langue" not in ada.last.text:
        await ada.presses(ada.last.buttons[0], ada.last)
    await ada.writes("/quota")
    await ada.hears("aujourd’hui")


async def test_cancel_ends_the_questions(talk: Talk) -> None:
    ada = talk.person()
    await ada.writes("/imagine")
    await ada.hears("What should the picture show?")
    await ada.writes("/cancel")
    await ada.hears("I asked enough")
    await ada.writes("a yellow fox")
    await ada.hears("Make this?")


async def test_another_command_ends_the_questions(talk: Talk) -> None:
    ada = talk.person()
    await ada.writes("/imagine")
    await ada.hears("What should the picture show?")
    await ada.writes("/queue")
    await ada.hears("Nothing of yours")
    await ada.writes("a pink fox")
    await ada.hears("Make this?")


async def test_buttons_of_questions_that_are_over_say_so(talk: Talk, photo: bytes) -> None:
    ada = talk.person()
    await ada.sends_photo(photo)
    await ada.presses("New persona", await ada.shows("New persona"))
    await ada.hears("Its name")
    await ada.writes("Max")
    kinds = await ada.shows("product")
    await ada.writes("/cancel")
    await ada.hears("I asked enough")
    popup = await ada.presses("product", kinds)
    assert "already answered" in popup["text"]


async def test_menus_of_commands_are_buttons(talk: Talk) -> None:
    ada = talk.person()
    for command, label in (("/persona", "/persona create"), ("/privacy", "/privacy export"), ("/vote", "/vote start")):
        await ada.writes(command)
        await ada.shows(label)


async def test_photos_for_a_persona_are_gathered_over_messages(talk: Talk, photo: bytes) -> None:
    ada = talk.person()
    await ada.sends_photo(photo, "/persona create Nora --kind product")
    await ada.hears("Nora is here")
    await ada.writes("/reference add Nora")
    question = await ada.shows("Done")
    await ada.sends_photo(photo)
    await ada.sends_album([photo, photo])
    await ada.until(lambda: "3" in question.text)
    await ada.presses("Done", question)
    await ada.writes("/persona list")
    await ada.hears("Nora, product")


class Slow(Before):
    """A core that keeps a dialogue only when it was asked for, or a moment later."""

    def __init__(self, app: Any) -> None:
        super().__init__(app)
        self.asked = asyncio.Event()

    async def dialogue(self, *whose: Any) -> Any:
        self.asked.set()
        return await self.app.dialogue(*whose)

    async def keep_dialogue(self, *what: Any) -> None:
        self.asked.clear()
        with suppress(TimeoutError):
            await asyncio.wait_for(self.asked.wait(), 0.3)
        await self.app.keep_dialogue(*what)


async def test_an_answer_quicker_than_the_note_of_its_question_is_an_answer(talk: Talk, photo: bytes) -> None:
    async with telegram() as server, fronted(talk.bot, server, FAST, Slow(talk.bot.running.app)):
        ada = server.person("Ada")
        await ada.sends_photo(photo)
        await ada.presses("New persona", await ada.shows("New persona"))
        await ada.hears("Its name")
        await ada.writes("Quick")
        await ada.presses("product", await ada.shows("product"))
        await ada.presses("Skip", await ada.shows("Skip"))
        await ada.hears("Quick is here", kind="photo")
    talk.bot.running.fronts[talk.front.platform] = talk.front
