"""Outgoing values as Telegram shows them: words, buttons and pictures, in the reader's language."""

from collections.abc import Iterable, Sequence

from telegram import InlineKeyboardMarkup

from bot.core.chat.front_rules import FEW
from bot.core.chat.messages import Ask, Button, Document, Form, Outgoing, Picture, Progress, Rows, Say, Show, Text, say
from bot.fronts.common.app_port import ChatApp
from bot.fronts.common.clock import seconds_since
from bot.fronts.common.contents import marks_of
from bot.fronts.common.progress import bar
from bot.fronts.telegram.sending.inline_keyboard import keyboard

BAR = 12
"""Cells of the longest bar of progress."""
OPEN = "t:open:"
"""What a button sends that shows one picture of several alone, before the picture's id."""
_VERDICTS = {"kept": "✅", "rejected": "❌"}


class Renderer:
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
        openers = _openers(outgoing) if isinstance(outgoing, Show) else ()
        return keyboard((*openers, *outgoing.buttons), self.words)

    def label(self, picture: Picture) -> str:
        """The caption of a picture among several."""
        return " · ".join([self.words(picture.alt), *self._marks([picture])])

    def _lines(self, lines: Iterable[Text]) -> list[str]:
        return [self.words(line) for line in lines]

    def _marks(self, pictures: Iterable[Picture]) -> list[str]:
        return [f"({mark})" for mark in marks_of(pictures, self.words)]

    def _pictures(self, pictures: Sequence[Picture]) -> list[str]:
        judged = [
            f"{picture.number} {'⭐' if picture.best else _VERDICTS[picture.verdict]}"
            for picture in pictures
            if picture.best or picture.verdict in _VERDICTS
        ]
        hint = self.words(say("telegram-numbers")) if len(pictures) > FEW else ""
        return [*self._marks(pictures), "  ".join(judged) if len(pictures) > 1 else "", hint]

    def _bar(self, progress: Progress) -> str:
        seconds = seconds_since(progress.since)
        told = say("telegram-progress", done=progress.done, total=progress.total, seconds=seconds)
        return f"{bar(progress.done, progress.total, cells=BAR, full='▰', empty='▱')} {self.words(told)}"


def _openers(shown: Show) -> Rows:
    """A numbered button for each picture that can be judged, unless its own buttons stand there already."""
    pictures = shown.pictures
    if len(pictures) < 2 or shown.numbered_buttons or not any(picture.actions for picture in pictures):
        return ()
    return (
        tuple(
            Button(label=say("telegram-open", number=picture.number), action=f"{OPEN}{picture.id}")
            for picture in pictures
        ),
    )
