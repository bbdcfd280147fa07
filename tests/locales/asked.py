"""Which messages the code asks for: read from its source, so that a forgotten or dead key shows without running it.

A part that is only known at run time stands as "*" in a key; `families` says what it can be.
"""

import ast
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, TypeAlias

ROOT = Path(__file__).parents[2]
WEB = ROOT / "bot" / "fronts" / "web"
PAGE_WORDS = "page_words.py"
"""Lists the words that the page is given; asking for them is done by its templates and scripts."""

Use: TypeAlias = Literal["words", "button", "field"]

_ASKERS = ("say", "UserError", "OverLimit", "button", "Text", "render")
_KEPT_FOR_LATER = {("Ruling", "refused"): "", ("move", "problem"): "problem-"}
"""Keywords that hold a key (or what follows its prefix) which is asked for elsewhere."""
_SHOWN_AS: dict[tuple[str, str], Use] = {
    ("Button", "label"): "button",
    ("Form", "send"): "button",
    ("Form", "title"): "field",
    ("Field", "label"): "field",
}
_MODULES = ("messages", "words", "locales", "images")
_LITERAL = re.compile(r"""["'`{](web(?:-[a-z]+)+)["'`}]""")
_TEMPLATE = re.compile(r"`(web-(?:[a-z]+-)*)\$\{\w+\}`")


@dataclass(frozen=True, slots=True)
class Asked:
    """A key asked for: where, what it is shown as, and the variables it is given (None: not to be seen there)."""

    key: str
    where: str
    use: Use = "words"
    gives: frozenset[str] | None = None


@cache
def all_asked() -> tuple[Asked, ...]:
    """Every message the code, the page of the web chat and the model list ask for."""
    return (*_of_python(), *_of_web(), *_of_models())


def _of_python() -> Iterator[Asked]:
    for path in sorted((ROOT / "bot").rglob("*.py")):
        yield from in_source(path.read_text("utf-8"), str(path.relative_to(ROOT)))


def in_source(source: str, file: str) -> Iterator[Asked]:
    """What one Python file asks for by literal, conditional and f-string keys."""
    uses: dict[ast.AST, Use] = {}
    for call in ast.walk(ast.parse(source)):  # breadth first: a button is met before its label
        if not isinstance(call, ast.Call):
            continue
        name = _callee(call.func)
        where = f"{file}:{call.lineno}"
        for keyword in call.keywords:
            at = (name, keyword.arg or "")
            if at in _SHOWN_AS:
                uses[keyword.value] = _SHOWN_AS[at]
            if at in _KEPT_FOR_LATER:
                yield from (Asked(_KEPT_FOR_LATER[at] + key, where) for key in _keys(keyword.value))
        if name in _ASKERS and call.args:
            use = "button" if name == "button" else uses.get(call, "words")
            yield from (Asked(key, where, use, _gives(name, call)) for key in _keys(call.args[0]))


def _callee(node: ast.expr) -> str:
    """The bare name of a function; methods that happen to have the name of one of ours are none."""
    match node:
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=ast.Name(id=module), attr=name) if module in _MODULES:
            return name
        case _:
            return ""


def _keys(node: ast.expr) -> list[str]:
    match node:
        case ast.Constant(value=str(key)):
            return [key]
        case ast.IfExp(body=body, orelse=orelse):
            return _keys(body) + _keys(orelse)
        case ast.JoinedStr(values=values):
            parts = [str(part.value) if isinstance(part, ast.Constant) else "*" for part in values]
            return ["".join(parts)]
        case _:
            return []


def _gives(name: str, call: ast.Call) -> frozenset[str] | None:
    if name in ("Text", "render"):
        given = call.args[1] if len(call.args) > 1 else ast.Dict([], [])
        keys = given.keys if isinstance(given, ast.Dict) else [None]
        names = [key.value if isinstance(key, ast.Constant) else None for key in keys]
    else:
        names = [keyword.arg and keyword.arg.replace("_", "-") for keyword in call.keywords]
    return None if None in names else frozenset(str(given) for given in names)


def _of_web() -> Iterator[Asked]:
    """Keys in the web chat's sources, whatever passes them on: "web-…", {{web-…}} and `web-${…}`."""
    for path in sorted(WEB.rglob("*")):
        if path.suffix in (".py", ".js", ".html") and path.name != PAGE_WORDS:
            text, where = path.read_text("utf-8"), str(path.relative_to(ROOT))
            yield from (Asked(key, where) for key in _LITERAL.findall(text))
            yield from (Asked(f"{key}*", where) for key in _TEMPLATE.findall(text))


def _of_models() -> Iterator[Asked]:
    tables = tomllib.loads((ROOT / "providers" / "models.toml").read_text("utf-8"))
    for id_, table in tables["models"].items():
        if "label" in table:
            yield Asked(table["label"], f"models.toml: {id_}", gives=frozenset())
