"""Outgoing values as Discord's components: words, a gallery of pictures, rows of buttons."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import discord
from discord import ui

from bot.core.chat.messages import Ask, Button, Document, Form, Outgoing, Picture, Progress, Rows, Say, Show, Text, say
from bot.fronts.common.app_port import ChatApp
from bot.fronts.common.contents import marks_of
from bot.fronts.common.text_limits import cut
from bot.fronts.discord.receiving.persistent_buttons import ROW, ActionButton, button_of
from bot.fronts.discord.sending.upload_files import Copy

WORDS = 3900
"""Characters of all words of a message: 4,000 (Discord: Components, Text Display), less what stands around them."""
BUTTONS = 26
"""Buttons of a message: with their rows, the gallery and the words they stay within 40 components."""
ALT = 1024
ALL_WORDS = "words"
"""Names the text file with words that were too many for a message."""
_COLOURS = {"good": discord.Colour.green(), "error": discord.Colour.red()}
_RUNNING = discord.Colour.blurple()


@dataclass(frozen=True, slots=True)
class AttachedFile:
    """A picture's file as the message refers to it."""

    name: str
    copy: Copy = "whole"

    @property
    def url(self) -> str:
        return f"attachment://{self.name}"


class Components:
    """Renders for one language; `attached` names the files that hang on the message, by picture id.

    `lost` tells of pictures that could not be fetched.
    """

    def __init__(
        self, app: ChatApp, locale: str, attached: Mapping[str, AttachedFile], lost: Sequence[Text] = ()
    ) -> None:
        self._app = app
        self._locale = locale
        self._hung = attached
        self._lost = lost

    def view(self, outgoing: Outgoing, above: str = "") -> ui.LayoutView:
        """The message; `above` stands over it as it is, such as a mention."""
        view = ui.LayoutView(timeout=None)
        if above:
            view.add_item(ui.TextDisplay(above))
        for item in self._items(outgoing):
            view.add_item(item)
        return view

    def _items(self, outgoing: Outgoing) -> Iterable[ui.Item[Any]]:
        match outgoing:
            case Say():
                return self._said(outgoing)
            case Show():
                return self._shown(outgoing)
            case Ask():
                asked = self._paragraph(outgoing.lines)
                return (*asked, *self._gallery(outgoing.pictures), *self._rows(outgoing.buttons))
            case Progress():
                return self._going(outgoing)
            case Document():
                return self._document(outgoing)
            case Form():
                return self._paragraph((outgoing.title,))

    def _said(self, said: Say) -> Iterable[ui.Item[Any]]:
        if said.tone == "info":
            whole = self._hung.get(ALL_WORDS)
            file = (ui.File[Any](whole.url),) if whole else ()
            return (*self._paragraph(said.lines), *file, *self._rows(said.buttons))
        box = ui.Container[Any](*self._paragraph(said.lines), accent_colour=_COLOURS[said.tone])
        return (box, *self._rows(said.buttons))

    def _shown(self, shown: Show) -> Iterable[ui.Item[Any]]:
        return (
            *self._headed(shown.lines),
            *self._gallery(shown.pictures),
            *self._small_print(shown),
            *self._rows(shown.buttons),
        )

    def _going(self, going: Progress) -> Iterable[ui.Item[Any]]:
        counted = self._words(say("discord-progress", done=going.done, total=going.total))
        since = f" · <t:{int(going.since)}:R>" if going.since else ""
        lines = [*self._lines(going.lines)[:1], f"-# {counted}{since}"]
        lines += [f"-# {line}" for line in self._lines(going.lines)[1:]]
        box = ui.Container[Any](ui.TextDisplay(cut("\n".join(lines), WORDS)), accent_colour=_RUNNING)
        return (box, *self._rows(going.buttons))

    def _document(self, document: Document) -> Iterable[ui.Item[Any]]:
        attached = self._hung.get(document.file)
        if attached is None:
            return self._paragraph((*document.lines, say("discord-file-gone")))
        lines = (*document.lines, say("discord-file-heavy")) if attached.copy == "small" else document.lines
        return (*self._paragraph(lines), ui.File(attached.url))

    def _headed(self, lines: Sequence[Text]) -> Iterable[ui.Item[Any]]:
        """Words of which the first line is the title."""
        head, *rest = self._lines(lines) or [""]
        text = "\n".join([f"**{head}**" if head else "", *rest]).strip()
        return (ui.TextDisplay(cut(text, WORDS)),) if text else ()

    def _paragraph(self, lines: Iterable[Text]) -> Iterable[ui.Item[Any]]:
        text = "\n".join(self._lines(lines))
        return (ui.TextDisplay(cut(text, WORDS)),) if text.strip() else ()

    def _gallery(self, pictures: Sequence[Picture]) -> Iterable[ui.Item[Any]]:
        """The pictures in their order; one that was rejected is blurred until somebody taps it."""
        attachments = [(picture, attached) for picture in pictures if (attached := self._hung.get(picture.id))]
        if not attachments:
            return ()
        items = [
            discord.MediaGalleryItem(
                attached.url, description=self._words(picture.alt)[:ALT], spoiler=picture.verdict == "rejected"
            )
            for picture, attached in attachments[:10]
        ]
        return (ui.MediaGallery(*items),)

    def _small_print(self, shown: Show) -> Iterable[ui.Item[Any]]:
        details = self._lines(shown.details)
        marks = marks_of(shown.pictures, self._words)
        named = {detail.casefold() for detail in details}  # a model may be called what the mark says
        details = [escaped(mark) for mark in marks if mark.casefold() not in named] + details
        lines = [*self._lines(self._lost), *([" · ".join(details)] if details else [])]
        if any(attached.copy == "small" for attached in self._hung.values()):
            lines.append(self._words(say("discord-pictures-heavy")))
        return (ui.TextDisplay(cut("\n".join(f"-# {line}" for line in lines), WORDS)),) if lines else ()

    def _rows(self, rows: Rows) -> Iterable[ui.ActionRow[Any]]:
        """The rows, those above five buttons broken evenly; a message holds so many buttons and no more."""
        left = BUTTONS
        seen: Counter[str] = Counter()
        for row in rows:
            fitting, left = row[:left], max(0, left - len(row))
            wide = -(-len(fitting) // max(1, -(-len(fitting) // ROW)))
            for start in range(0, len(fitting), max(1, wide)):
                yield ui.ActionRow(*(self._button(button, seen) for button in fitting[start : start + wide]))

    def _button(self, button: Button, seen: Counter[str]) -> ActionButton:
        seen[button.action] += 1
        return button_of(button, self._words(button.label), again=seen[button.action] - 1)

    def _lines(self, lines: Iterable[Text]) -> list[str]:
        return [escaped(self._words(line)) for line in lines]

    def _words(self, text: Text) -> str:
        return self._app.words(text, self._locale)


def escaped(words: str) -> str:
    """Words as they are: what people write in a prompt is not Discord's markup."""
    return discord.utils.escape_markdown(words)
