"""A gallery page among a thousand and among a million images: the goal is a p95 of at most 1 ms, flat over both.

The floor is the same query by hand through sqlite3, both on a connection that is open. The transaction around a page
has a line of its own.
"""

import random
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from itertools import product
from pathlib import Path
from typing import Any

from benchmarks.crowd import FILE, image_id, owner, populated
from benchmarks.figures import Figure, p95, paired
from storage.db.database import Database, Transaction
from storage.queries import gallery
from storage.queries.gallery import Filter

SIZES = (1_000, 1_000_000)
OWNERS = ("user", "workspace", "persona")
PAGE = 8
TIMES = 400


async def figures(folder: Path) -> Sequence[Figure]:
    found: list[Figure] = []
    for images in SIZES:
        (place := folder / str(images)).mkdir()
        database = await populated(place, images)
        with closing(sqlite3.connect(place / FILE, isolation_level=None, check_same_thread=False)) as connection:
            for kind, verdict in product(OWNERS, (None, "kept")):
                found += [await _query(database, Browsing(connection, images, kind, verdict))]
            found += [await _transaction(database, Browsing(connection, images, "user", None))]
        await database.close()
    return found


class Browsing:
    """Pages of one kind of gallery; each call of the floor takes another place, and ours follows it there."""

    def __init__(self, connection: sqlite3.Connection, images: int, kind: str, verdict: str | None) -> None:
        self._connection = connection
        self._places = random.Random(images)
        self.images, self.kind, self.verdict = images, kind, verdict
        self._anchor = 0

    def floor(self) -> None:
        self._anchor = self._places.randrange(self.images)
        values = [owner(self.kind, self._anchor), *([self.verdict] if self.verdict else []), image_id(self._anchor)]
        rows = self._connection.execute(_sql(self.kind, self.verdict), values).fetchall()
        assert len(rows) <= PAGE

    def floor_in_transaction(self) -> None:
        self._connection.execute("BEGIN")
        self.floor()
        self._connection.execute("ROLLBACK")

    async def ours(self, tx: Transaction) -> None:
        """The floor's last page as the program reads it."""
        whose: dict[str, Any] = {self.kind: owner(self.kind, self._anchor)}
        wanted = Filter(verdict=self.verdict, **whose)
        await gallery.page(tx, wanted, before=image_id(self._anchor), limit=PAGE)


async def _query(database: Database, pages: Browsing) -> Figure:
    async with database.read() as tx:
        floors, mine = await paired(pages.floor, lambda: pages.ours(tx), TIMES)
    which = f"{pages.kind} and verdict" if pages.verdict else pages.kind
    return Figure(f"p95 page by {which} of {pages.images:,}", p95(floors), p95(mine))


async def _transaction(database: Database, pages: Browsing) -> Figure:
    async def ours() -> None:
        async with database.read() as tx:
            await pages.ours(tx)

    floors, mine = await paired(pages.floor_in_transaction, ours, TIMES)
    return Figure(f"p95 transaction with a page of {pages.images:,}", p95(floors), p95(mine))


def _sql(kind: str, verdict: str | None) -> str:
    return (
        f"SELECT * FROM images WHERE {kind}_id = ? AND status = 'done' AND trashed_at IS NULL "
        + ("AND NOT private " if kind == "workspace" else "")
        + ("AND verdict = ? " if verdict else "")
        + f"AND id < ? ORDER BY id DESC LIMIT {PAGE}"
    )
