"""Counts the house: Python files a folder and lines a front, for docs/ARCHITECTURE.md. Run: python -m tools.house."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
CODE = ("bot", "providers", "storage", "prompts")
FRONTS = ROOT / "bot" / "fronts"


def files_per_folder(root: Path = ROOT) -> Counter[str]:
    """Python files by folder, without those that only say what a package holds."""
    return Counter(
        str(path.parent.relative_to(root))
        for name in CODE
        for path in (root / name).rglob("*.py")
        if path.name != "__init__.py"
    )


def lines_per_front(fronts: Path = FRONTS) -> dict[str, int]:
    """Lines of Python by front, the shared kit among them."""
    return {
        folder.name: sum(len(path.read_text().splitlines()) for path in folder.rglob("*.py"))
        for folder in sorted(fronts.iterdir())
        if (folder / "__init__.py").exists()
    }


def report() -> Iterator[str]:
    """Two tables in Markdown: the fronts, and the ten largest folders."""
    yield from ("| Front | Lines of Python |", "|---|---|")
    yield from (f"| `{name}` | {lines:,} |" for name, lines in lines_per_front().items())
    yield from ("", "| Folder | Files |", "|---|---|")
    yield from (f"| `{name}/` | {count} |" for name, count in files_per_folder().most_common(10))


if __name__ == "__main__":
    print("\n".join(report()))  # noqa: T201  its output is what it is for
