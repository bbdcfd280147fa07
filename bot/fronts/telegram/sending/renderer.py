"""Outgoing values as Telegram shows them: words, buttons and pictures, in the reader's language."""

import time
from collections.abc import Iterable, Sequence
from typing import TypeAlias

from telegram import InlineKeyboardMarkup

from bot.core.chat.action_ids import parse
from bot.core.chat.messages import Ask, Button, Document, Form, Outgoing, Picture, Progress, Rows, Say, Show, Text, say
from bot.fronts.telegram.app_port import ChatApp
from bot.fronts.telegram.sending.inline_keyboard import keyboard

Shown: TypeAlias = Say | Show | Ask
BAR = 12
"""Cells of the longest bar of progress."""
FEW = 2
"""Pictures whose numbers nobody has to look up."""
OPEN = "t:open:"
"""What a button sends that shows one picture of several alone, before the picture's id."""
_VERDICTS = {"kept": "✅", "rejected": "❌"}


class Viewer:
    """Renders for one language."""

    def __init__(self, app: ChatApp, locale: str) -> None:
        self._app = app
        self.locale = locale

    def words(self, text: Text) -> str:
        return self._app.words(text, self.locale)

    def text(self, outgoing: Outgoing) -> str:
        """All the words of a message, its pictures' labels among them."""
        match outgoing:
            case Say() | Document():
                lines = self._lines(outgoing.lines)
            case Ask():
                lines = [*self._lines(outgoing.lines), *self._marks(outgoing.pictures)]
            case Show():
                lines = [*self._lines(outgoing.lines), *self._pictures(outgoing.pictures)]
                lines.append(" · ".join(self._lines(outgoing.details)))
            case Progress():
                lines = [*self._lines(outgoing.lines), self._bar(outgoing)]
            case Form():
                lines = [self.words(outgoing.title)]
        return "\n".join(line for line in lines if line) or "…"

    def keyboard(self, outgoing: Outgoing) -> InlineKeyboardMarkup | None:
        """The buttons of a message, and where there are none for its pictures one to open each."""
        if isinstance(outgoing, Form | Document):
            return None
        rows = outgoing.buttons
        return keyboard((*_openers(outgoing.pictures, rows), *rows) if isinstance(outgoing, Show) else rows, self.words)

    def label(self, picture: Picture) -> str:
        """The caption of a picture among several."""
        return " · ".join([self.words(picture.alt), *self._marks([picture])])

    def _lines(self, lines: Iterable[Text]) -> list[str]:
        return [self.words(line) for line in lines]

    def _marks(self, pictures: Iterable[Picture]) -> list[str]:
        """Each label that must stand wherever the pictures appear, once."""
        return list(dict.fromkeys(f"({self.words(picture.mark)})" for picture in pictures if picture.mark))

    def _pictures(self, pictures: Sequence[Picture]) -> list[str]:
        judged = [
            f"{picture.number} {'⭐' if picture.best else _VERDICTS[picture.verdict]}"
            for picture in pictures
            if picture.best or picture.verdict in _VERDICTS
        ]
        hint = self.words(say("telegram-numbers")) if len(pictures) > FEW else ""
        return [*self._marks(pictures), "  ".join(judged) if len(pictures) > 1 else "", hint]

    def _bar(self, progress: Progress) -> str:
        cells = min(progress.total, BAR)
        done = progress.done * cells // max(1, progress.total)
        seconds = max(0, round(time.time() - progress.since)) if progress.since else 0
        told = say("telegram-progress", done=progress.done, total=progress.total, seconds=seconds)
        return f"{'▰' * done}{'▱' * (cells - done)} {self.words(told)}"


def pictures_of(outgoing: Outgoing) -> tuple[Picture, ...]:
    """The pictures a message shows."""
    return outgoing.pictures if isinstance(outgoing, Show | Ask) else ()


def _openers(pictures: Sequence[Picture], rows: Rows) -> Rows:
    """A numbered button for each picture that can be judged, unless its own buttons stand there already."""
    verbs = {action.verb for row in rows for button in row if (action := parse(button.action))}
    if len(pictures) < 2 or "toggle" in verbs or not any(picture.actions for picture in pictures):
        return ()
    return (
        tuple(
            Button(label=say("telegram-open", number=picture.number), action=f"{OPEN}{picture.id}")
            for picture in pictures
        ),
    )
