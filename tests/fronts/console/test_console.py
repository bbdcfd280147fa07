"""The console as a front end of the real bot."""

import asyncio
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from PIL import Image

from bot.core.chat.messages import Document, Form, MessageRef, Progress, Say, Show, say
from bot.fronts.common.contents import buttons_of
from bot.fronts.console.front import PLACE, Console, FilePhoto, Message
from bot.fronts.console.view import Words
from tests.harness.bots import Bot, lose

pytestmark = pytest.mark.asyncio(loop_scope="module")
Opened = Callable[..., Console]


def texts(console: Console) -> str:
    """The words of the newest message."""
    return "\n".join(Words(console.app, "en").lines(list(console.said.values())[-1]))


async def press(console: Console, label: str) -> None:
    """Press the button of the newest message that has one of this label."""
    words = Words(console.app, "en")
    for id_, outgoing in list(console.said.items())[::-1]:
        for button in buttons_of(outgoing):
            if label in words(button.label):
                await console.press(id_, button.action)
                return
    raise AssertionError(f"no button {label!r}")


async def result(console: Console, prompt: str) -> str:
    """Ask for pictures and return the message they came in."""
    await console.say(prompt)
    await console.settled()
    id_, outgoing = list(console.said.items())[-1]
    assert isinstance(outgoing, Show)
    return id_


async def test_work_is_shown_from_its_beginning_to_its_pictures(bot: Bot, opened: Opened, shown: list[Message]) -> None:
    console = opened()
    await console.say("/imagine [hold] a fox")
    assert len(console.working) == 1
    waiting = asyncio.create_task(console.settled())
    await bot.scripted.release()
    await waiting
    assert console.working == []
    assert {message.id for message in shown} == set(console.said)
    kinds = [type(message.outgoing) for message in shown]
    assert (kinds[0], kinds[-1]) == (Progress, Show)
    assert all(before.outgoing != after.outgoing for before, after in pairwise(shown))


async def test_a_message_that_did_not_change_is_not_shown_again(opened: Opened, shown: list[Message]) -> None:
    console = opened()
    same, other = Say(lines=(say("queue-empty"),)), Say(lines=(say("gallery-empty"),))
    ref = await console.send(PLACE, same, "key")
    for outgoing in (same, other, other):
        await console.send(PLACE, outgoing, "key", instead_of=ref)
    assert [message.outgoing for message in shown] == [same, other]


async def test_nothing_to_wait_for_is_settled_at_once(opened: Opened) -> None:
    console = opened()
    await console.say("/queue")
    await console.settled()
    assert isinstance(list(console.said.values())[-1], Say)


async def test_what_is_taken_away_is_not_waited_for(opened: Opened) -> None:
    console = opened()
    ref = await console.send(PLACE, Progress(lines=(), state="queued", done=0, total=1), "key")
    waiting = asyncio.create_task(console.settled())
    await asyncio.sleep(0)  # it waits now
    assert not waiting.done()
    await console.remove(ref)
    await asyncio.wait_for(waiting, 10)
    await console.remove(ref)


async def test_pictures_are_judged_by_button_and_by_reaction(opened: Opened) -> None:
    console = opened()
    id_ = await result(console, "/imagine a fox")

    def verdict() -> str:
        now = console.said[id_]
        assert isinstance(now, Show)
        return now.pictures[0].verdict

    await press(console, "Keep")
    assert verdict() == "kept"
    await console.react(id_, "❌")
    assert verdict() == "rejected"
    await console.react(id_, "❌", added=False)
    assert verdict() == "undecided"


async def test_an_answer_to_pictures_keeps_them_by_number(opened: Opened) -> None:
    console = opened()
    id_ = await result(console, "/imagine foxes --count 3")
    await console.reply(id_, "1 3")
    now = console.said[id_]
    assert isinstance(now, Show)
    assert [picture.verdict for picture in now.pictures] == ["kept", "undecided", "kept"]


async def test_a_photo_becomes_a_persona_by_a_form(opened: Opened, photo: Path) -> None:
    console = opened()
    await console.say("", (FilePhoto(photo),))
    await press(console, "New persona")
    form = list(console.said.values())[-1]
    assert isinstance(form, Form)
    await console.submit(form.id, {"name": "Mila", "kind": "product", "description": ""})
    assert "Mila is here, with one photo." in texts(console)


async def test_finished_pictures_are_saved_whole_and_once(opened: Opened, shown: list[Message], tmp_path: Path) -> None:
    out = tmp_path / "some" / "out"
    console = opened(out=out)
    await result(console, "/imagine foxes --count 2 --private")
    saved = shown[-1].saved
    assert sorted(out.iterdir()) == sorted(saved.files)
    for path in saved.files:
        with Image.open(path) as image:
            assert image.size == (512, 640)
    before = [path.stat().st_mtime_ns for path in saved.files]
    await press(console, "Keep all")
    assert shown[-1].saved == saved
    assert [path.stat().st_mtime_ns for path in saved.files] == before


async def test_an_original_is_saved_like_a_picture(opened: Opened, shown: list[Message], tmp_path: Path) -> None:
    console = opened(out=tmp_path / "out")
    await result(console, "/imagine a fox")
    await press(console, "Original")
    [file] = next(message.saved.files for message in shown if isinstance(message.outgoing, Document))
    assert file.is_file()


async def test_a_folder_that_cannot_be_written_is_named_and_the_picture_stays(
    opened: Opened, shown: list[Message], tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    console = opened(out=tmp_path / "file" / "out")
    await result(console, "/imagine a fox")
    [problem] = shown[-1].saved.problems
    assert f"I could not save the picture in {tmp_path}/file/out: Not a directory." in console.app.words(problem, "en")


async def test_the_language_follows_the_settings(opened: Opened) -> None:
    console = opened("fr-CA")
    await console.say("/queue")
    assert console.locale == "fr-CA"
    await console.say("/settings --language en")
    assert console.locale == "en"


async def test_what_an_earlier_session_asked_for_is_shown_unless_a_script_runs(
    opened: Opened, shown: list[Message]
) -> None:
    late, before = Say(lines=(say("queue-empty"),)), MessageRef("console", "home", "from before")
    await opened().send(PLACE, late, "key", instead_of=before)
    assert [message.id for message in shown] == ["from before"]
    script = opened(earlier=False)
    assert await script.send(PLACE, late, "key", instead_of=before) == before
    assert len(shown) == 1
    assert script.said == {}


async def test_a_picture_whose_file_is_lost_is_named_and_the_others_are_saved(
    bot: Bot, opened: Opened, shown: list[Message], tmp_path: Path
) -> None:
    await result(opened(), "/imagine a fox that gets lost --count 3")
    await lose(bot.running.database, "a fox that gets lost", 2)
    console = opened(out=tmp_path)
    await console.say("/gallery browse fox that gets lost")
    saved = shown[-1].saved
    assert len(saved.files) == 2
    [problem] = [Words(console.app, "en")(text) for text in saved.problems]
    assert problem.startswith("Picture 2 cannot be shown")
