"""Outgoing values and entries as the page draws them: finished strings in the reader's language, no Fluent keys."""

from collections.abc import Iterable
from typing import Any, TypeAlias

from pydantic import ValidationError

from bot.core.chat import codec
from bot.core.chat.messages import (  # fmt: skip
    Ask,
    Button,
    Document,
    Field,
    Form,
    Outgoing,
    Picture,
    Progress,
    Rows,
    Say,
    Show,
    Text,
    say,
)
from bot.core.front_state.transcript import Entry
from bot.fronts.web.access.people import BOT, Person
from bot.fronts.web.app_port import ChatApp
from bot.fronts.web.chat import payloads

View: TypeAlias = dict[str, Any]


class Viewer:
    """Renders for one language."""

    def __init__(self, app: ChatApp, locale: str) -> None:
        self._app = app
        self._locale = locale

    def outgoing(self, outgoing: Outgoing) -> View:
        """The value as JSON; `kind` names its class."""
        match outgoing:
            case Say():
                return {
                    "kind": "say", "tone": outgoing.tone,
                    "lines": self._lines(outgoing.lines), "buttons": self._rows(outgoing.buttons),
                }  # fmt: skip
            case Show():
                return {
                    "kind": "show", "lines": self._lines(outgoing.lines),
                    "pictures": self._pictures(outgoing.pictures),
                    "details": self._lines(outgoing.details), "buttons": self._rows(outgoing.buttons),
                }  # fmt: skip
            case Ask():
                return {
                    "kind": "ask", "lines": self._lines(outgoing.lines),
                    "pictures": self._pictures(outgoing.pictures), "buttons": self._rows(outgoing.buttons),
                }  # fmt: skip
            case Form():
                return {
                    "kind": "form", "id": outgoing.id, "title": self._words(outgoing.title),
                    "fields": [self._field(field) for field in outgoing.fields],
                    "send": self._words(outgoing.send),
                }  # fmt: skip
            case Progress():
                return {
                    "kind": "progress", "lines": self._lines(outgoing.lines), "state": outgoing.state,
                    "done": outgoing.done, "total": outgoing.total, "place": outgoing.place,
                    "since": outgoing.since, "buttons": self._rows(outgoing.buttons),
                }  # fmt: skip
            case Document():
                return {
                    "kind": "document", "lines": self._lines(outgoing.lines),
                    "file": outgoing.file, "name": outgoing.name,
                }  # fmt: skip

    def body(self, body: payloads.Body) -> View:
        """What an entry holds; one that this version cannot read says so instead of breaking the page."""
        if body.get("type") == payloads.PERSON_TYPE:
            return {
                "kind": "person", "text": body["text"],
                "photos": body["photos"], "reply_to": body["reply_to"],
            }  # fmt: skip
        try:
            return self.outgoing(codec.load(body))
        except (ValidationError, LookupError):  # another version's shape, or words that are no more
            return self.outgoing(Say(lines=(say("web-unreadable"),)))

    def _words(self, text: Text) -> str:
        return self._app.words(text, self._locale)

    def _lines(self, lines: Iterable[Text]) -> list[str]:
        return [self._words(line) for line in lines]

    def _rows(self, rows: Rows) -> list[list[View]]:
        return [[self._button(button) for button in row] for row in rows if row]

    def _button(self, button: Button) -> View:
        return {
            "label": self._words(button.label), "action": button.action,
            "style": button.style, "pressed": button.pressed,
        }  # fmt: skip

    def _pictures(self, pictures: Iterable[Picture]) -> list[View]:
        return [self._picture(picture) for picture in pictures]

    def _picture(self, picture: Picture) -> View:
        return {
            "id": picture.id, "number": picture.number, "width": picture.width, "height": picture.height,
            "alt": self._words(picture.alt), "verdict": picture.verdict, "best": picture.best,
            "mark": self._words(picture.mark) if picture.mark else None, "actions": dict(picture.actions),
        }  # fmt: skip

    def _field(self, field: Field) -> View:
        return {
            "name": field.name, "label": self._words(field.label), "kind": field.kind,
            "required": field.required, "value": field.value, "longest": field.longest,
            "choices": [{"value": choice.value, "label": self._words(choice.label)} for choice in field.choices],
        }  # fmt: skip


def entry_view(app: ChatApp, entry: Entry, reader: Person) -> View:
    """One entry as `reader` sees it; `at` in Unix milliseconds."""
    return {
        "id": entry.id, "at": entry.at, "name": entry.name,
        "author": "bot" if entry.author == BOT else "person",
        "mine": entry.author == reader.who.id,
        "private": entry.private_to is not None,
        "body": Viewer(app, reader.locale).body(entry.body),
        "reactions": _reactions(entry.body, reader.who.id),
    }  # fmt: skip


def _reactions(body: payloads.Body, reader: str) -> list[View]:
    """The offered emoji first, then what else people put there."""
    people = payloads.reactions(body)
    return [
        {"emoji": emoji, "count": len(people.get(emoji, [])), "mine": reader in people.get(emoji, [])}
        for emoji in dict.fromkeys([*body.get("reactions", ()), *people])
    ]
