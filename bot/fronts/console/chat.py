"""The terminal chat: type words and commands, `@photo.jpg` attaches, `#2` presses a button, an emoji reacts."""

import re
import shlex
from pathlib import Path

from prompt_toolkit import PromptSession
from prompt_toolkit.completion import WordCompleter
from prompt_toolkit.patch_stdout import patch_stdout
from rich.console import Console as Screen
from rich.markup import escape

from bot.core.app import App
from bot.core.catalogue import listed
from bot.core.messages import Form, MessageRef, Outgoing, Progress, Say, Show
from bot.fronts.console.front import Console, FilePhoto
from bot.fronts.console.view import buttons_of, lines_of

_PRESS = re.compile(r"#(\d+)")
_REACT = re.compile(r"([+-]?)([^\w\s/@#\"'.-]+)")


class Chat:
    """A session at the terminal."""

    def __init__(self, app: App, locale: str, out: Path | None) -> None:
        self._app = app
        self._locale = locale
        self._screen = Screen(highlight=False, soft_wrap=True)
        self._buttons: list[tuple[str, str]] = []
        self._last = ""
        self._forms: list[Form] = []
        self.console = Console(app, locale, self._show, out)
        completer = WordCompleter([f"/{command.name}" for command in listed()], sentence=True)
        self._session: PromptSession[str] = PromptSession("› ", completer=completer, complete_while_typing=True)

    async def run(self) -> None:
        """Talk until the person leaves with Ctrl-D."""
        await self.console.say("/start")
        with patch_stdout(raw=True):
            while True:
                try:
                    line = await self._session.prompt_async()
                except (EOFError, KeyboardInterrupt):
                    return
                if line.strip():
                    await self._take(line.strip())
                while self._forms:
                    await self._fill(self._forms.pop(0))

    async def _take(self, line: str) -> None:
        if pressed := _PRESS.fullmatch(line):
            number = int(pressed.group(1))
            if 1 <= number <= len(self._buttons):
                await self.console.press(*self._buttons[number - 1])
        elif (reaction := _REACT.fullmatch(line)) and self._last:
            await self.console.react(self._last, reaction.group(2), added=reaction.group(1) != "-")
        else:
            words, photos = attached(line)
            await self.console.say(words, photos)

    async def _fill(self, form: Form) -> None:
        fields: dict[str, str] = {}
        for field in form.fields:
            choices = ", ".join(choice.value for choice in field.choices)
            label = self._app.words(field.label, self._locale) + (f" ({choices})" if choices else "")
            fields[field.name] = await self._session.prompt_async(f"{label}: ", default=field.value)
        await self.console.submit(form.id, fields)

    def _show(self, ref: MessageRef, outgoing: Outgoing) -> None:
        colour = "red" if isinstance(outgoing, Say) and outgoing.tone == "error" else "default"
        for line in lines_of(self._app, outgoing, self._locale):
            self._screen.print(f"[{colour}]{escape(line)}[/]")
        if isinstance(outgoing, Form):
            self._forms.append(outgoing)
        if isinstance(outgoing, Show | Progress):
            self._last = ref.id
        labels: list[str] = []
        for button in buttons_of(outgoing):
            self._buttons.append((ref.id, button.action))
            labels.append(f"#{len(self._buttons)} {self._app.words(button.label, self._locale)}")
        if labels:
            self._screen.print("[cyan]" + escape("   ".join(labels)) + "[/]")


def attached(line: str) -> tuple[str, tuple[FilePhoto, ...]]:
    """The words of a line and the files it names as `@path`; what is no file stays a word."""
    try:
        parts = shlex.split(line)
    except ValueError:
        return line, ()
    photos = [part for part in parts if part.startswith("@") and Path(part[1:]).expanduser().is_file()]
    words = line
    for part in photos:
        words = words.replace(part, "", 1)
    return words.strip(), tuple(FilePhoto(Path(part[1:]).expanduser()) for part in photos)
