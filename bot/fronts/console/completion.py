"""What Tab offers: commands, their options and values, and the paths of photos after `@`."""

import re
from collections.abc import AsyncGenerator, Callable, Iterable, Iterator
from pathlib import Path

from prompt_toolkit.completion import CompleteEvent, Completer, Completion, PathCompleter
from prompt_toolkit.document import Document

from bot.core.chat.catalogue import CommandSpec, listed
from bot.core.chat.messages import say
from bot.fronts.common.app_port import Asking, ChatApp
from bot.fronts.console.front import PLACE, WHO
from bot.fronts.console.typed import PICTURES
from bot.fronts.console.view import Words

_PATH = re.compile(r'(?:^|\s)@(")?([^"]*|(?:\\.|[^\s"\\])*)$')
_VALUE = re.compile(r'\s--([\w-]+)(?:=|\s+)("?)([^"\s]*)$')
_OPTION = re.compile(r"\s--([\w-]*)$")


class Offers(Completer):
    """Completes a line; `words` renders for the language read at that moment, `locale` names it."""

    def __init__(self, app: ChatApp, words: Callable[[], Words], locale: Callable[[], str]) -> None:
        self._app = app
        self._words = words
        self._locale = locale
        self._paths = PathCompleter(expanduser=True, file_filter=_leads_to_pictures)

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterable[Completion]:
        """Paths and commands, which need no waiting."""
        typed = document.text_before_cursor
        if path := _PATH.search(typed):
            yield from self._files(path[2], bool(path[1]), complete_event)
        elif typed.startswith("/"):
            spec = _spec(typed)
            if option := _OPTION.search(typed):
                yield from self._options(spec, typed, option[1])
            else:
                yield from self._commands(typed)

    async def get_completions_async(
        self, document: Document, complete_event: CompleteEvent
    ) -> AsyncGenerator[Completion, None]:
        """These, and the values of options, which the core knows."""
        typed = document.text_before_cursor
        spec = _spec(typed)
        if spec and (value := _VALUE.search(typed)):
            option, quote, begun = value.groups()
            asking = Asking(WHO, PLACE, self._locale(), spec.name, option, begun)
            for one in await self._app.suggest(asking):
                text = f'"{one.value}"' if " " in one.value or quote else one.value
                yield Completion(
                    text, -len(begun) - len(quote), display_meta=one.label if one.label != one.value else None
                )
            return
        for completion in self.get_completions(document, complete_event):
            yield completion

    def _commands(self, typed: str) -> Iterator[Completion]:
        words = self._words()
        for spec in listed():
            if f"/{spec.name}".startswith(typed.casefold()):
                yield Completion(f"/{spec.name}", -len(typed), display_meta=words(say(spec.key)))

    def _options(self, spec: CommandSpec | None, typed: str, begun: str) -> Iterator[Completion]:
        words = self._words()
        for option in spec.options if spec else ():
            is_new = not re.search(rf"--{option.name}(?=[\s=])", typed)
            if option.kind != "photos" and is_new and option.name.startswith(begun.casefold()):
                yield Completion(f"--{option.name}", -len(begun) - 2, display_meta=words(say(option.key)))

    def _files(self, begun: str, is_quoted: bool, event: CompleteEvent) -> Iterator[Completion]:
        plain = begun if is_quoted else re.sub(r"\\(.)", r"\1", begun)
        for one in self._paths.get_completions(Document(plain), event):
            text = one.text if is_quoted else one.text.replace(" ", "\\ ")
            yield Completion(text, one.start_position, display=one.display)


def _spec(typed: str) -> CommandSpec | None:
    """The command a line begins with, the longest name first."""
    specs = sorted(listed(), key=lambda spec: -len(spec.name))
    return next((spec for spec in specs if typed.casefold().startswith(f"/{spec.name} ")), None)


def _leads_to_pictures(path: str) -> bool:
    return path.casefold().endswith(PICTURES) or Path(path).is_dir()
