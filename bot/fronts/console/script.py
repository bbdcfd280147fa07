"""One message said by a script, run to its end."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.core.chat.codec import dump
from bot.core.chat.messages import Ask, Outgoing, Progress, Say
from bot.fronts.common.app_port import ChatApp
from bot.fronts.common.contents import buttons_of
from bot.fronts.console.front import Console, FilePhoto, Message
from bot.fronts.console.view import Words


@dataclass(frozen=True, slots=True)
class Script:
    """What to say: words, photos to attach, the folder for pictures, and how questions are answered.

    `consent` answers who is on a photo (me, adult, child, unreal); `agree` says yes to a price.
    """

    say: str
    attach: Sequence[Path] = ()
    out: Path | None = None
    as_json: bool = False
    consent: str = "me"
    agree: bool = False
    locale: str = "en"


class Printer:
    """Prints answers; `failed` says whether one of them was an error or a picture could not be saved."""

    def __init__(self, app: ChatApp, script: Script, write: Callable[[str], Any]) -> None:
        self._app = app
        self._script = script
        self._write = write
        self._progress: dict[str, int] = {}
        self._errors: dict[str, bool] = {}
        self.console = Console(app, script.locale, self.show, out=script.out, earlier=False)

    @property
    def failed(self) -> bool:
        return any(self._errors.values())

    def show(self, message: Message) -> None:
        words = Words(self._app, self.console.locale)
        outgoing, saved = message.outgoing, message.saved
        self._errors[message.id] = _is_error(outgoing) or bool(saved.problems)
        problems = [words(problem) for problem in saved.problems]
        if self._script.as_json:
            files = [str(path) for path in saved.files]
            line = {
                "id": message.id, **dump(outgoing), "words": [*words.lines(outgoing), *problems], "files": files,
            }  # fmt: skip
            self._write(json.dumps(line, ensure_ascii=False))
        elif not self._is_known(message):
            self._write("\n".join([*words.lines(outgoing), *(f"  → {path}" for path in saved.files), *problems]))

    def _is_known(self, message: Message) -> bool:
        """Whether a message only says again how much is done."""
        if not isinstance(message.outgoing, Progress):
            return False
        before = self._progress.get(message.id)
        self._progress[message.id] = message.outgoing.done
        return before == message.outgoing.done


async def run(printer: Printer, script: Script) -> int:
    """Say it, answer the questions, wait for the pictures; 0, or 1 when the bot answered with an error."""
    console = printer.console
    await console.say(script.say, tuple(FilePhoto(path) for path in script.attach))
    answered: set[str] = set()
    while True:
        await console.settled()
        waiting = [(id_, action) for id_, action in _answers(console, script) if action not in answered]
        if not waiting:
            return int(printer.failed)
        for id_, action in waiting:
            answered.add(action)
            await console.press(id_, action)


def _is_error(outgoing: Outgoing) -> bool:
    return isinstance(outgoing, Say) and outgoing.tone == "error"


def _answers(console: Console, script: Script) -> list[tuple[str, str]]:
    """The presses that answer the questions that are open, by message."""
    found: list[tuple[str, str]] = []
    for id_, outgoing in console.said.items():
        if not isinstance(outgoing, Ask):
            continue
        for button in buttons_of(outgoing):
            verb, _, rest = button.action.removeprefix("v1:").partition(":")
            if (verb == "consent" and rest.endswith(f":{script.consent}")) or (verb == "confirm" and script.agree):
                found.append((id_, button.action))
    return found
