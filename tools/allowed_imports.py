"""An import-linter contract: each room lists all that it may import; anything else breaks the build.

import-linter's own contracts forbid or protect named modules, so a library or a helper that nobody thought of passes
them. This one starts from nothing: the standard library and the room itself are free, the rest must be on the list.
"""

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


@dataclass(frozen=True, slots=True)
class Violation:
    """A direct import that its room does not allow."""

    importer: str
    imported: str
    line: int


class AllowedImports(Contract):
    """Every module of the graph belongs to the most specific room listed and keeps to its list.

    `rooms` holds lines such as "bot.core -> storage, structlog": direct imports only, packages with all below them.
    """

    rooms = fields.ListField(subfield=fields.StringField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        rules = _parsed(self.rooms)  # type: ignore[arg-type]  # a field is a list once the contract is built
        found = sorted(_violations(graph, rules), key=lambda one: (one.importer, one.imported))
        return ContractCheck(kept=not found, metadata={"violations": found})

    def render_broken_contract(self, check: ContractCheck) -> None:
        for one in check.metadata["violations"]:
            output.print_error(f"{one.importer} may not import {one.imported} (line {one.line})", bold=False)
        output.new_line()
        output.print_error("Allow it in the room's list in pyproject.toml only if DESIGN and ARCHITECTURE agree.")


def _parsed(lines: list[str]) -> Mapping[str, tuple[str, ...]]:
    """Room by room what it may import."""
    split = (line.partition("->") for line in lines)
    return {room.strip(): tuple(name.strip() for name in names.split(",") if name.strip()) for room, _, names in split}


def _violations(graph: ImportGraph, rules: Mapping[str, tuple[str, ...]]) -> Iterator[Violation]:
    for importer in graph.modules:
        if graph.is_module_squashed(importer):  # a library
            continue
        room = max((room for room in rules if _within(importer, room)), key=len, default=None)
        if room is None:
            yield Violation(importer, "anything: no room holds it", 0)
            continue
        for imported in graph.find_modules_directly_imported_by(importer):
            if not _allowed(imported, room, rules[room]):
                details = graph.get_import_details(importer=importer, imported=imported)
                yield Violation(importer, imported, details[0]["line_number"] if details else 0)


def _allowed(imported: str, room: str, names: tuple[str, ...]) -> bool:
    is_standard = imported.split(".")[0] in sys.stdlib_module_names
    return is_standard or any(_within(imported, name) for name in (room, *names))


def _within(module: str, package: str) -> bool:
    return module == package or module.startswith(f"{package}.")
