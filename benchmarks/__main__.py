"""`python -m benchmarks [name …]`: runs the benchmarks of these names, or all, and prints their table.

A benchmark is a module of this package with `async def figures(folder: Path) -> Sequence[Figure]`; the folder is
empty and is removed afterwards. Figures of different runs are not comparable: look at the ratios.
"""

import argparse
import asyncio
import importlib
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.table import Table

from benchmarks.figures import Figure

BENCHMARKS = (
    "gallery",
    "votes",
    "bodies",
    "jobs",
    "pipeline",
    "acknowledge_telegram",
    "acknowledge_discord",
    "private_names",
)
"""One line adds a benchmark."""


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Our figures beside their floors.")
    parser.add_argument(
        "names", metavar="name", nargs="*", help=f"which to run: {', '.join(BENCHMARKS)} (default: all)"
    )
    wanted = parser.parse_args().names or BENCHMARKS
    if unknown := [name for name in wanted if name not in BENCHMARKS]:
        parser.error(f"there is no benchmark {', '.join(unknown)}; there are {', '.join(BENCHMARKS)}")
    console = Console(soft_wrap=True)
    for name in wanted:
        console.print(_table(name, _measured(name)))
    return 0


def _measured(name: str) -> Sequence[Figure]:
    module = importlib.import_module(f"benchmarks.{name}")
    with TemporaryDirectory(prefix=f"benchmark-{name}-") as folder:
        figures: Sequence[Figure] = asyncio.run(module.figures(Path(folder)))
    return figures


def _table(name: str, figures: Sequence[Figure]) -> Table:
    table = Table("what", title=name, title_justify="left")
    for column in ("floor", "ours", "ratio"):
        table.add_column(column, justify="right")
    for figure in figures:
        shown = [f"{value:.2f} {figure.unit}" for value in (figure.floor, figure.ours)]
        table.add_row(figure.what, *shown, f"{figure.ratio:.1f} ×")
    return table


if __name__ == "__main__":
    sys.exit(main())
