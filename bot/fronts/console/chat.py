"""The terminal chat; how a line is read stands in typed.py."""

from pathlib import Path

from prompt_toolkit import PromptSession
from prompt_toolkit.completion import WordCompleter
from prompt_toolkit.patch_stdout import patch_stdout
from rich.console import Console as Terminal

from bot.core.chat.messages import Field, Form, Text, say
from bot.fronts.common.app_port import ChatApp
from bot.fronts.console import forms, typed
from bot.fronts.console.completion import Offers
from bot.fronts.console.front import Console, FilePhoto, Message
from bot.fronts.console.screen import Screen
from bot.fronts.console.typed import NoSuchFile, Pressed, Reacted, Said
from bot.fronts.console.view import Words

_TICK = 0.5
"""Seconds between looks at what is being made, for the line under the prompt."""


class Chat:
    """A session at the terminal; pictures are saved in `out`."""

    def __init__(self, app: ChatApp, locale: str, out: Path | None, terminal: Terminal | None = None) -> None:
        self._app = app
        self.console = Console(app, locale, self._show, out=out)
        self._screen = Screen(terminal or Terminal(highlight=False), self._words)
        self._session: PromptSession[str] = PromptSession(
            "› ",
            completer=Offers(app, self._words, lambda: self.console.locale),
            complete_while_typing=True,
            bottom_toolbar=lambda: self._screen.toolbar(self.console.working, say("console-idle")),
            refresh_interval=_TICK,
        )
        self._fields: PromptSession[str] = PromptSession()

    async def run(self) -> None:
        """Talk until the person leaves with Ctrl-D."""
        await self.console.say("/start")
        self._screen.hint(say("console-hint-photos"), say("console-hint-buttons"), say("console-hint-replies"))
        with patch_stdout(raw=True):
            while True:
                try:
                    line = await self._session.prompt_async()
                except (EOFError, KeyboardInterrupt):
                    break
                if line.strip():
                    await self._take(typed.read(line))
                while self._screen.forms:
                    await self._fill(self._screen.forms.pop(0))
        if self.console.working:
            self._screen.hint(say("console-leaving", count=len(self.console.working)))

    async def _take(self, line: typed.Line) -> None:
        match line:
            case Pressed(message, number):
                if button := self._screen.button(message, number):
                    await self.console.press(*button)
                else:
                    self._complain(say("console-no-button", number=number))
            case Reacted(emoji, added):
                if (pictures := self._screen.pictures()) is None:
                    self._complain(say("console-no-pictures"))
                else:
                    await self.console.react(pictures, emoji, added=added)
            case Said():
                await self._say(line)
            case NoSuchFile(path):
                self._complain(say("console-no-file", path=path))

    async def _say(self, said: Said) -> None:
        photos = tuple(FilePhoto(path) for path in said.files)
        if said.to is None:
            await self.console.say(said.words, photos)
        elif (pictures := self._screen.pictures(said.to)) is None:
            self._complain(say("console-no-pictures"))
        else:
            await self.console.reply(pictures, said.words, photos)

    async def _fill(self, form: Form) -> None:
        self._screen.hint(form.title, say("console-form"), colour="cyan")
        filled = await forms.fill(form, self._ask, self._complain)
        if filled is None:
            self._screen.hint(say("console-form-left"))
            return
        await self.console.submit(form.id, filled.fields, tuple(FilePhoto(path) for path in filled.files))

    async def _ask(self, field: Field) -> str | None:
        choices = [choice.value for choice in field.choices]
        words = self._words()
        label = words(field.label) + (f" ({', '.join(choices)})" if choices else "")
        if not field.required:
            label += f" {words(say('console-optional'))}"
        try:
            return await self._fields.prompt_async(
                f"{label} › ", default=field.value, completer=WordCompleter(choices) if choices else None
            )
        except (EOFError, KeyboardInterrupt):
            return None

    def _show(self, message: Message) -> None:
        self._screen.show(message)

    def _complain(self, text: Text) -> None:
        self._screen.hint(text, colour="red")

    def _words(self) -> Words:
        return Words(self._app, self.console.locale)
