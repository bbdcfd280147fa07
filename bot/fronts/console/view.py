"""Messages as lines of text: words, pictures as their sizes, forms as what they ask."""

from collections.abc import Iterator

from bot.core.chat.messages import Ask, Document, Field, Form, Outgoing, Picture, Progress, Say, Show, Text
from bot.fronts.common.app_port import ChatApp
from bot.fronts.common.contents import buttons_of
from bot.fronts.common.progress import bar

STATES = {"undecided": "", "kept": " ✅", "rejected": " ❌"}
BAR = 20
"""Characters of the longest bar of progress."""


class Words:
    """Renders for one language."""

    def __init__(self, app: ChatApp, locale: str) -> None:
        self._app = app
        self._locale = locale

    def __call__(self, text: Text) -> str:
        return self._app.words(text, self._locale)

    def lines(self, outgoing: Outgoing) -> list[str]:
        """The lines of a message without its buttons."""
        return [line for line in self._lines(outgoing) if line]

    def labels(self, outgoing: Outgoing) -> list[str]:
        """The buttons of a message in reading order; a pressed one stands in brackets."""
        labels = [(self(button.label), button.pressed) for button in buttons_of(outgoing)]
        return [f"[{label}]" if pressed else label for label, pressed in labels]

    def _lines(self, outgoing: Outgoing) -> Iterator[str]:
        match outgoing:
            case Progress():
                yield from map(self, outgoing.lines)
                yield bar_of(outgoing)
            case Show():
                yield from map(self, outgoing.lines)
                yield from map(self._picture, outgoing.pictures)
                yield " · ".join(map(self, outgoing.details))
            case Form():
                yield self(outgoing.title)
                yield from map(self._field, outgoing.fields)
            case Ask():
                yield from map(self, outgoing.lines)
                yield from map(self._picture, outgoing.pictures)
            case Say() | Document():
                yield from map(self, outgoing.lines)

    def _picture(self, picture: Picture) -> str:
        state = STATES[picture.verdict] + (" ⭐" if picture.best else "")
        mark = f" ({self(picture.mark)})" if picture.mark else ""
        return f"  {picture.number}. {self(picture.alt)}, {picture.width}×{picture.height}{mark}{state}"

    def _field(self, field: Field) -> str:
        choices = ", ".join(choice.value for choice in field.choices)
        return f"  {self(field.label)}" + (f" ({choices})" if choices else "")


def bar_of(progress: Progress) -> str:
    """How much is done, such as ███░ 3/4."""
    return f"{bar(progress.done, progress.total, cells=BAR, full='█', empty='░')} {progress.done}/{progress.total}"
