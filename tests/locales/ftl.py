"""The messages of a language as they stand in its .ftl files."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from fluent.syntax import FluentParser, ast
from fluent.syntax.visitor import Visitor

from bot.locales.words import FOLDER


@dataclass(frozen=True, slots=True)
class Message:
    """One message: the file it stands in, its key, and the variables its placeables and selectors use."""

    file: str
    key: str
    variables: frozenset[str]


class _Variables(Visitor):
    def __init__(self) -> None:
        self.names: set[str] = set()

    def visit_VariableReference(self, node: ast.VariableReference) -> None:
        self.names.add(node.id.name)


@cache
def messages(language: str) -> tuple[Message, ...]:
    """Every message of a language, file by file, in the order they are written."""
    return tuple(
        Message(file, entry.id.name, _variables(entry))
        for file, entry in _entries(language)
        if isinstance(entry, ast.Message)
    )


def by_key(language: str) -> dict[str, Message]:
    return {message.key: message for message in messages(language)}


def misspelt(language: str) -> list[str]:
    """What the Fluent parser could not read and the renderer would silently leave out."""
    return [f"{file}: {entry.content}" for file, entry in _entries(language) if isinstance(entry, ast.Junk)]


def _entries(language: str) -> Iterator[tuple[str, ast.EntryType]]:
    for path in sorted((FOLDER / language).glob("*.ftl")):
        for entry in FluentParser().parse(path.read_text("utf-8")).body:
            yield path.name, entry


def _variables(message: ast.Message) -> frozenset[str]:
    found = _Variables()
    found.visit(message)
    return frozenset(found.names)
