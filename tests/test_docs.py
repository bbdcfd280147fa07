"""The pages tell the truth: what they name exists, and the command reference is the catalogue."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.command_docs import reference

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])

LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
FENCE = re.compile(r"^```.*?^```$", re.DOTALL | re.MULTILINE)
SPAN = re.compile(r"`([^`\n]+)`")
WRITTEN = (".py", ".toml", ".md", ".txt", ".ftl", ".mako", ".js", ".html")
"""Files of ours; what ends otherwise and stands in no folder of ours is an example."""
every_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))


def read(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def code(page: Path) -> Iterator[str]:
    """What a page sets as code: its spans, and the lines of its blocks."""
    text = page.read_text("utf-8")
    for block in FENCE.findall(text):
        yield from block.splitlines()[1:-1]
    yield from SPAN.findall(FENCE.sub("", text))


def is_path(word: str) -> bool:
    folder, slash, _ = word.partition("/")
    return (bool(folder and slash) and (ROOT / folder).is_dir()) or word.endswith(WRITTEN)


def anchors(page: Path) -> set[str]:
    """The fragments by which GitHub names a page's headings."""
    headings = re.findall(r"^#+ (.+)$", FENCE.sub("", page.read_text("utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_the_command_reference_is_what_the_catalogue_says() -> None:
    assert read("docs/COMMANDS.md") == reference(), "run: .venv/bin/python -m bot.command_docs > docs/COMMANDS.md"


@every_page
def test_every_link_and_picture_leads_somewhere(page: Path) -> None:
    lost = []
    for link in LINK.findall(page.read_text("utf-8")):
        path, _, fragment = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        if not re.match(r"[a-z]+:", link) and (not target.exists() or (fragment and fragment not in anchors(target))):
            lost.append(link)
    assert lost == []


def test_the_site_leads_to_every_page() -> None:
    nav = re.findall(r"^ +- (?:[^:\n]+: )?(\S+\.md)$", read("mkdocs.yml"), re.MULTILINE)
    made = ["docs/SETTINGS.md"]  # from the code, on the site alone
    assert sorted(nav) == sorted([*(str(page.relative_to(ROOT)) for page in PAGES), *made])


@every_page
def test_every_file_named_exists(page: Path) -> None:
    named = {word for line in code(page) if re.fullmatch(r"[\w./*-]+", word := line.strip()) and is_path(word)}
    assert sorted(word for word in named if not any(ROOT.glob(word.rstrip("/")))) == []


@every_page
def test_every_make_target_named_exists(page: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", read("Makefile"), re.MULTILINE))
    assert {target for line in code(page) for target in re.findall(r"\bmake ([a-z]+)", line)} <= targets


def test_the_readme_names_commands_and_flags_that_the_program_takes() -> None:
    lines = [re.sub(r'"[^"]*"', "", line) for line in code(ROOT / "README.md") if "-m bot " in line]
    help_ = subprocess.run([sys.executable, "-m", "bot", "chat", "--help"], cwd=ROOT, capture_output=True, text=True)
    flags = {flag for line in lines for flag in re.findall(r" (--[a-z]+)", line)}
    assert flags
    assert {flag for flag in flags if flag not in help_.stdout} == set()
