"""Pages of the settings: `python -m bot.settings_docs` writes README.md's table and .env.example from the code."""

import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.setting_group import Group
from bot.settings import GROUPS, TerminalSettings
from providers.registry import PROVIDERS

ROOT = Path(__file__).parents[1]
README, EXAMPLE = ROOT / "README.md", ROOT / ".env.example"
START, END = "<!-- settings: python -m bot.settings_docs -->\n\n", "\n<!-- end of settings -->\n"
"""Lines of README.md between which the table stands."""
_HEAD = """\
# Settings of Likeness. Copy this file to .env and change what you need; the environment goes over it.
# An empty setting means its default. `python -m bot check` says whether all of it works.
"""
_PROVIDERS = "Image providers: each is on once its key or address is set"


@dataclass(frozen=True, slots=True)
class Row:
    """One setting on the pages; `about` and `default` are Markdown with links relative to the root of the project."""

    key: str
    about: str
    default: str


def table(links: str = "") -> str:
    """Return the table of all settings in Markdown; `links` goes before each relative link, such as "../"."""
    lines = ["| Key | Meaning | Default |", "|---|---|---|"]
    for rows in sections().values():
        lines += [f"| `{row.key}` | {_linked(row.about, links)} | {_linked(row.default, links)} |" for row in rows]
    return "\n".join(lines) + "\n"


def example() -> str:
    """Return the text of .env.example: every setting, explained and empty."""
    parts = [_HEAD]
    for title, rows in sections().items():
        if title != TerminalSettings.title:  # the terminal sets LANG
            parts.append(f"\n# ── {title} {'─' * (100 - len(title))}\n")
            parts += [f"{_comment(row)}\n{row.key}=\n" for row in rows]
    return "".join(parts)


def readme() -> str:
    """Return the text of README.md with the table of today."""
    before, _, rest = README.read_text("utf-8").partition(START)
    return f"{before}{START}{table()}{END}{rest.partition(END)[2]}"


def sections() -> dict[str, list[Row]]:
    """Return the rows by the title of their group; a key that several groups read stands once."""
    seen: set[str] = set()
    found = {group.title: [row for row in _rows(group) if not _repeated(row, seen)] for group in GROUPS}
    declared = [
        Row(setting.key, setting.about, setting.default) for one in PROVIDERS.values() for setting in one.settings
    ]
    found[_PROVIDERS] = [row for row in declared if not _repeated(row, seen)]
    return found


def _rows(group: type[Group]) -> Iterator[Row]:
    for field in group.model_fields.values():
        extra: Any = field.json_schema_extra
        yield Row(str(field.alias), field.description or "", extra["default"])


def _repeated(row: Row, seen: set[str]) -> bool:
    repeated = row.key in seen
    seen.add(row.key)
    return repeated


def _linked(text: str, links: str) -> str:
    return re.sub(r"\]\((?!\w+:)", f"]({links}", text)


def _comment(row: Row) -> str:
    """The explanation without Markdown, in lines of a comment."""
    words = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", f"{row.about[0].upper()}{row.about[1:]} (default: {row.default}).")
    return "\n".join(f"# {line}" for line in textwrap.wrap(words.replace("`", ""), 116))


if __name__ == "__main__":
    README.write_text(readme(), "utf-8")
    EXAMPLE.write_text(example(), "utf-8")
