"""Messages laid out on a terminal; those with buttons or pictures get a number to press or answer them by."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from rich.console import Console as Terminal
from rich.table import Table
from rich.text import Text as Line

from bot.core.chat.messages import Form, Progress, Say, Show, Text
from bot.fronts.common.clock import seconds_since
from bot.fronts.common.contents import buttons_of
from bot.fronts.console.front import Message
from bot.fronts.console.view import Words, bar_of

_COLOURS = {"info": "cyan", "good": "green", "error": "red"}


@dataclass(slots=True)
class Numbered:
    """A message under its number, with the actions of its buttons."""

    id: str
    number: int
    actions: list[str] = field(default_factory=list)
    is_pictures: bool = False


class Screen:
    """What stands on the terminal; `words` renders for the language read at that moment."""

    def __init__(self, terminal: Terminal, words: Callable[[], Words]) -> None:
        self._terminal = terminal
        self._words = words
        self._numbered: dict[str, Numbered] = {}
        self._newest: list[Numbered] = []
        self._told: set[Path] = set()
        self.forms: list[Form] = []

    def show(self, message: Message) -> None:
        """Print a message; of progress only its beginning, since it goes on in the line under the prompt."""
        outgoing = message.outgoing
        if isinstance(outgoing, Progress) and message.id in self._numbered:
            return
        if isinstance(outgoing, Form):
            self.forms.append(outgoing)
            return
        words = self._words()
        lines = [Line(line) for line in words.lines(outgoing)]
        if isinstance(outgoing, Progress):
            lines.pop()
        lines += [Line(f"→ {path}", "green") for path in message.saved.files if path not in self._told]
        self._told.update(message.saved.files)
        lines += [Line(words(problem), "red") for problem in message.saved.problems]
        numbered = self._number(message)
        if numbered and (numbered.actions or numbered.is_pictures):
            lines.append(_buttons(numbered, words.labels(outgoing), self._terminal.width - 2))
        self._print(lines, _COLOURS[outgoing.tone] if isinstance(outgoing, Say) else "cyan")

    def hint(self, *texts: Text, colour: str = "bright_black") -> None:
        """Print words of the terminal's own."""
        self._print([Line(self._words()(text), colour) for text in texts], colour, mark=" ")

    def button(self, message: int | None, number: int) -> tuple[str, str] | None:
        """The message and the action of a button, or None when there is none of that number."""
        for one in reversed(self._newest):
            if one.actions and message in (None, one.number):
                return (one.id, one.actions[number - 1]) if 1 <= number <= len(one.actions) else None
        return None

    def pictures(self, message: int = 0) -> str | None:
        """The message with pictures (or with what is being made) of that number, 0 for the newest."""
        for one in reversed(self._newest):
            if one.number == message or (not message and one.is_pictures):
                return one.id
        return None

    def toolbar(self, working: list[Progress], idle: Text) -> str:
        """The line under the prompt: what is being made, for how long, or a hint."""
        words = self._words()
        if not working:
            return f" {words(idle)}"
        seconds = [seconds_since(progress.since) for progress in working]
        parts = [
            f"{words(progress.lines[0])[:30]} {bar_of(progress)} {passed} s"
            for progress, passed in zip(working, seconds, strict=True)
        ]
        return " " + "  ·  ".join(parts)

    def _number(self, message: Message) -> Numbered | None:
        """The number of a message that has one; it becomes the newest, the first time or changed."""
        actions = [button.action for button in buttons_of(message.outgoing)]
        is_pictures = isinstance(message.outgoing, Show | Progress)
        known = self._numbered.get(message.id)
        if known is None and not actions and not is_pictures:
            return None
        numbered = known or Numbered(message.id, len(self._numbered) + 1)
        numbered.actions, numbered.is_pictures = actions, is_pictures
        self._numbered[message.id] = numbered
        self._newest = [one for one in self._newest if one is not numbered] + [numbered]
        return numbered

    def _print(self, lines: list[Line], colour: str, mark: str = "●") -> None:
        grid = Table.grid(padding=(0, 1))
        grid.add_column(style=colour)
        grid.add_column(overflow="fold")
        grid.add_row(mark, Line("\n").join(lines))
        self._terminal.print(grid)


def _buttons(numbered: Numbered, labels: list[str], width: int) -> Line:
    """A message's buttons in lines of at most `width` cells, broken only between them."""
    line = Line(f"[{numbered.number}]", "bright_black")
    used = line.cell_len
    for number, label in enumerate(labels, 1):
        button = Line.assemble((f"#{number}", "bold cyan"), (f" {label}", "default"))
        used += 2 + button.cell_len
        if used > width:
            line.append("\n   ")
            used = 3 + button.cell_len
        else:
            line.append("  ")
        line.append_text(button)
    return line
