"""What mkdocs.yml calls while it builds the site.

The site's files lie as in the repository, so that every link between pages works in both.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from bot.command_docs import reference
from bot.settings_docs import table

ROOT = Path(__file__).parents[1]
MADE: Mapping[str, Callable[[], str]] = {
    "docs/COMMANDS.md": reference,
    "docs/SETTINGS.md": lambda: f"# Settings\n\n{table('../')}",
}
"""Pages that code makes; the second is on the site alone."""
_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s#]+)")


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Replace the files of docs/ with every page and each file that a page links to."""
    kept = [file for file in files if not _ours(file)]
    pages = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])
    names = dict.fromkeys([*(_name(path) for page in pages for path in (page, *_linked(page))), *MADE])
    return Files([*kept, *(_file(name, config) for name in names)])


def _ours(file: File) -> bool:
    return bool(file.abs_src_path) and Path(str(file.abs_src_path)).is_relative_to(ROOT / "docs")


def _file(name: str, config: MkDocsConfig) -> File:
    if name in MADE:
        return File.generated(config, name, content=MADE[name]())
    return File.generated(config, name, abs_src_path=str(ROOT / name))


def _linked(page: Path) -> Iterator[Path]:
    """The files of the repository that a page links to."""
    for link in _LINK.findall(page.read_text("utf-8")):
        target = (page.parent / link).resolve()
        if target.is_file() and target.is_relative_to(ROOT):
            yield target


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()
