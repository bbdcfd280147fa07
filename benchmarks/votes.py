"""A vote recorded, tallied and committed among 100,000 images: the goal is a p95 of 5 ms at most.

The floor does the same statements by hand through sqlite3, with the same pragmas.
"""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from benchmarks.crowd import FILE, USERS, image_id, populated
from benchmarks.figures import Figure, p95, paired
from storage.db.database import Database
from storage.tables import events, images, votes
from storage.tables.votes import Vote

IMAGES = 100_000
TIMES = 400


async def figures(folder: Path) -> Sequence[Figure]:
    database = await populated(folder, IMAGES)
    with closing(sqlite3.connect(folder / FILE, isolation_level=None, check_same_thread=False)) as connection:
        for pragma in ("busy_timeout = 30000", "synchronous = full", "foreign_keys = on"):
            connection.execute(f"PRAGMA {pragma}")
        found = await _vote(database, connection)
    await database.close()
    return [found]


async def _vote(database: Database, connection: sqlite3.Connection) -> Figure:
    number = 0

    def floor() -> None:
        nonlocal number
        number += 1
        image, user = image_id(number * 37 % IMAGES), f"user-{number % USERS}"
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO events VALUES (?, ?)", (f"floor-{number}", number))
        connection.execute("DELETE FROM votes WHERE image_id = ? AND user_id = ?", (image, user))
        connection.execute("INSERT INTO votes VALUES (?, ?, 'keep', 0, ?)", (image, user, number))
        cast = connection.execute("SELECT choice FROM votes WHERE image_id = ?", (image,)).fetchall()
        connection.execute("UPDATE images SET verdict = ?, best = 0 WHERE id = ?", ("kept" if cast else "", image))
        connection.execute("COMMIT")

    async def ours() -> None:
        image, user = image_id(number * 41 % IMAGES), f"user-{number % USERS}"
        async with database.write() as tx:
            await events.claim(tx, f"ours-{number}", number)
            await votes.put(tx, Vote(image, user, "keep", False), number)
            cast = await votes.of_images(tx, [image])
            await images.judge(tx, image, "kept" if cast else "undecided", False)

    floors, mine = await paired(floor, ours, TIMES)
    return Figure(f"p95 vote, tally and commit of {IMAGES:,}", p95(floors), p95(mine))
