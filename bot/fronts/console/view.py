"""Messages as lines of text: words, pictures as their sizes, buttons as numbers to type."""

from collections.abc import Iterator

from bot.core.app import App
from bot.core.messages import Ask, Button, Document, Form, Outgoing, Picture, Progress, Say, Show, Text

STATES = {"undecided": "", "kept": " ✅", "rejected": " ❌"}


def lines_of(app: App, outgoing: Outgoing, locale: str) -> Iterator[str]:
    """The lines of a message, without its buttons."""

    def words(text: Text) -> str:
        return app.words(text, locale)

    match outgoing:
        case Progress():
            yield from map(words, outgoing.lines)
            yield f"{'█' * outgoing.done}{'░' * (outgoing.total - outgoing.done)} {outgoing.done}/{outgoing.total}"
        case Show():
            yield from map(words, outgoing.lines)
            yield from (_picture(app, picture, locale) for picture in outgoing.pictures)
            yield " · ".join(map(words, outgoing.details))
        case Form():
            yield words(outgoing.title)
        case Ask():
            yield from map(words, outgoing.lines)
            yield from (_picture(app, picture, locale) for picture in outgoing.pictures)
        case Say() | Document():
            yield from map(words, outgoing.lines)


def buttons_of(outgoing: Outgoing) -> list[Button]:
    """The buttons of a message in reading order."""
    rows = () if isinstance(outgoing, Form | Document) else outgoing.buttons
    return [button for row in rows for button in row]


def _picture(app: App, picture: Picture, locale: str) -> str:
    state = STATES[picture.verdict] + (" ⭐" if picture.best else "")
    mark = f" ({app.words(picture.mark, locale)})" if picture.mark else ""
    return f"  {picture.number}. {app.words(picture.alt, locale)}, {picture.width}×{picture.height}{mark}{state}"
