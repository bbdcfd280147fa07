"""The terminal chat as a person uses it: typed lines go in, laid-out messages come out."""

import asyncio
import io
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import PipeInput, create_pipe_input
from prompt_toolkit.output import DummyOutput
from rich.console import Console as Terminal

from bot.fronts.console.chat import Chat
from tests.harness.bots import Bot

pytestmark = pytest.mark.asyncio(loop_scope="module")
LONGEST = 30
"""Seconds after which a chat that hangs fails its test."""


class Paper(io.StringIO):
    """What the terminal shows, for those who wait for words on it."""

    def __init__(self) -> None:
        super().__init__()
        self._written = asyncio.Event()
        self._read = 0

    def write(self, text: str) -> int:
        self._written.set()
        return super().write(text)

    async def until(self, words: str) -> str:
        """What came since the last look, up to these words."""
        async with asyncio.timeout(LONGEST):
            while (found := self.getvalue().find(words, self._read)) < 0:
                self._written.clear()
                await self._written.wait()
        since, self._read = self._read, found + len(words)
        return self.getvalue()[since : self._read]


class Sitting:
    """Somebody at the terminal."""

    def __init__(self, chat: Chat, paper: Paper, keys: PipeInput) -> None:
        self.chat = chat
        self.until = paper.until
        self._keys = keys

    def types(self, *lines: str) -> None:
        self._keys.send_text("".join(f"{line}\r" for line in lines))

    def leaves(self) -> None:
        self._keys.send_text("\x04")  # Ctrl-D

    def interrupts(self) -> None:
        self._keys.send_text("\x03")  # Ctrl-C


Sit = Callable[..., AbstractAsyncContextManager[Sitting]]


@pytest.fixture
def sit(bot: Bot, tmp_path: Path) -> Sit:
    """Sits down at a terminal, a wide one, and stays until the chat ends."""

    @asynccontextmanager
    async def sitting(locale: str = "en", width: int = 200) -> AsyncIterator[Sitting]:
        paper = Paper()
        with create_pipe_input() as keys, create_app_session(input=keys, output=DummyOutput()):
            terminal = Terminal(file=paper, width=width, highlight=False)
            chat = Chat(bot.running.app, locale, tmp_path / "out", terminal)
            bot.running.fronts[chat.console.platform] = chat.console
            async with asyncio.TaskGroup() as group:
                running = group.create_task(chat.run())
                yield Sitting(chat, paper, keys)
                await asyncio.wait_for(running, LONGEST)

    return sitting


async def test_a_chat_greets_and_says_how_to_attach_press_and_answer(sit: Sit) -> None:
    async with sit() as person:
        greeting = await person.until("Ctrl-D leaves.")
        person.leaves()
    assert "● Hello" in greeting
    assert "@photo.jpg attaches a photo" in greeting
    assert "#2 presses button 2 of the newest message" in greeting


async def test_a_photo_by_its_path_becomes_a_picture_in_the_folder(sit: Sit, photo: Path, tmp_path: Path) -> None:
    async with sit() as person:
        person.types(f'@"{photo}" a fox')
        begun = await person.until("#1 ✖ Cancel")
        assert "● a fox" in begun
        result = await person.until("#1 ✅ Keep")
        person.leaves()
    assert "1. Picture 1, 512×640" in result
    [picture] = (tmp_path / "out").iterdir()
    assert picture.name in result.replace("\n", "")


async def test_buttons_are_pressed_by_number_and_pictures_take_reactions(sit: Sit) -> None:
    async with sit() as person:
        person.types("/imagine foxes --count 2")
        assert "[1]  #1 1  #2 2" in await person.until("Keep all")
        person.types("#2")
        await person.until("2. Picture 2, 512×640 ✅")
        person.types("/imagine a cat")
        await person.until("[2]  #1 ✅ Keep")
        person.types("#1")
        assert "1. Picture 1, 512×640 ✅" in await person.until("[2]  #1 [✅ Keep]")
        person.types("#1.1")
        assert "1. Picture 1, 512×640 ✅" in await person.until("Undo all")
        person.types("-✅")
        taken_back = await person.until("Keep all")
        assert "✅" not in taken_back.split("[1]")[0]
        person.types("> 2")
        await person.until("2. Picture 2, 512×640 ✅")
        person.leaves()


async def test_buttons_are_broken_between_and_paths_are_told_once(sit: Sit) -> None:
    async with sit(width=50) as person:
        person.types("/imagine cats --count 2")
        await person.until("Original")
        person.types("#1")
        again = await person.until("Original")
        person.leaves()
    assert "→" not in again
    rows = again[again.index("  [1]") :].splitlines()
    assert len(rows) > 2
    assert all(len(row) <= 50 and row.strip().startswith(("[1]", "#")) for row in rows)
    assert "#3 ✅ Keep all" in again


async def test_what_cannot_be_done_at_the_terminal_is_said(sit: Sit) -> None:
    async with sit() as person:
        person.types("✅", "#7", "> warmer", "oil @nowhere.jpg")
        await person.until("There are no such pictures to answer or react to yet.")
        await person.until("There is no button 7 there.")
        await person.until("There are no such pictures")
        await person.until("There is no file nowhere.jpg.")
        person.leaves()


async def test_a_form_is_filled_line_by_line_or_left(sit: Sit, photo: Path) -> None:
    async with sit() as person:
        person.types(f"'{photo}'")
        await person.until("New persona")
        person.types("#2")
        await person.until("Ctrl-C leaves the form.")
        person.types("Mila")
        person.interrupts()
        await person.until("Left the form. Nothing was changed.")
        person.types("#2")
        await person.until("Ctrl-C leaves the form.")
        person.types("Mila", "\x15product", "")
        await person.until("Mila is here, with one photo.")
        person.leaves()


async def test_what_is_still_being_made_when_somebody_leaves_is_told(bot: Bot, sit: Sit) -> None:
    async with sit() as person:
        person.types("/imagine [hold] a fox")
        await person.until("Cancel")
        person.leaves()
        await person.until("What is still being made goes on at the next start.")
    await bot.scripted.release()
    await person.chat.console.settled()


async def test_the_terminal_speaks_french(sit: Sit) -> None:
    async with sit("fr_CA") as person:
        await person.until("Ctrl-D quitte.")
        person.types("#7")
        await person.until("Il n’y a pas de bouton 7 à cet endroit.")
        person.leaves()
