"""A database with as many images as wanted, written in one go past everything that would slow it down."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from storage.db.database import Database, sqlite_url
from storage.db.migrate import migrate

USERS, WORKSPACES, PERSONAS = 20, 10, 50
FILE = "likeness.sqlite3"
MOMENT = 1_800_000_000_000
GENERATION_IMAGES = 4


def image_id(number: int) -> str:
    """The id of an image by its place in time; ids sort by it as real ones do."""
    return f"{number:032x}"


def owner(kind: str, number: int) -> str:
    """The id of the user, workspace or persona that an image of this number belongs to."""
    count = {"user": USERS, "workspace": WORKSPACES, "persona": PERSONAS}[kind]
    # 7919 is prime, so that no two kinds of owner walk in step.
    return f"{kind}-{number * 7919 // 7 % count}"


async def populated(folder: Path, images: int) -> Database:
    """A new SQLite database in the folder with this many images, about nine of ten in a gallery."""
    database = Database(sqlite_url(folder))
    await migrate(database)
    await database.close()
    with closing(sqlite3.connect(folder / FILE)) as connection:
        connection.executescript("PRAGMA synchronous = off; PRAGMA journal_mode = off;")
        indexes = _dropped_indexes(connection)
        _write_owners(connection)
        _write_images(connection, images)
        for index in indexes:
            connection.execute(index)
        connection.commit()
        connection.execute("PRAGMA journal_mode = wal")
    return Database(sqlite_url(folder))


def _dropped_indexes(connection: sqlite3.Connection) -> list[str]:
    query = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = 'images' AND sql IS NOT NULL"
    found = connection.execute(query).fetchall()
    for name, _ in found:
        connection.execute(f"DROP INDEX {name}")
    return [sql for _, sql in found]


def _write_owners(connection: sqlite3.Connection) -> None:
    ids = {
        kind: [f"{kind}-{number}" for number in range(count)]
        for kind, count in (("user", USERS), ("workspace", WORKSPACES), ("persona", PERSONAS))
    }
    connection.executemany("INSERT INTO users VALUES (?, ?, 0)", [(id_, id_) for id_ in ids["user"]])
    connection.executemany(
        "INSERT INTO workspaces VALUES (?, 'test', ?, 'group', 0)", [(id_, id_) for id_ in ids["workspace"]]
    )
    _insert(
        connection, "personas", "id owner_id workspace_id name name_key kind description created_at",
        ((id_, "user-0", "workspace-0", id_, id_, "fictional", "", 0) for id_ in ids["persona"]),
    )  # fmt: skip


def _write_images(connection: sqlite3.Connection, images: int) -> None:
    generations = (
        (
            f"generation-{number}", f"event-{number}", owner("user", number), owner("workspace", number), "test",
            "room", "group", False, "en", "imagine", "a red fox", "a red fox", "local", "auto", "1K",
            GENERATION_IMAGES, "{}", 0, MOMENT + number,
        )
        for number in range(images // GENERATION_IMAGES + 1)
    )  # fmt: skip
    _insert(
        connection, "generations",
        "id event_id user_id workspace_id platform chat audience private locale command prompt final_prompt model "
        "aspect size count parameters price created_at",
        generations,
    )  # fmt: skip
    _insert(
        connection, "images",
        "id generation_id number user_id workspace_id persona_id private model status verdict best blob thumbnail "
        "media_type width height bytes sha256 phash cost seconds created_at finished_at trashed_at",
        (_image(number) for number in range(images)),
    )  # fmt: skip


def _image(number: int) -> tuple[object, ...]:
    digest = f"{number * 2654435761 % 2**64:016x}" * 4
    return (
        image_id(number), f"generation-{number // GENERATION_IMAGES}", number % GENERATION_IMAGES,
        owner("user", number), owner("workspace", number), owner("persona", number), number % 5 == 0, "local",
        "failed" if number % 20 == 0 else "done", ("undecided", "kept", "undecided", "rejected")[number // 3 % 4],
        number % 9 == 0, f"{digest[:2]}/{digest[2:4]}/{digest}", f"{digest[2:4]}/{digest[4:6]}/{digest[::-1]}",
        "image/png", 1024, 1024, 1_400_000, digest, digest[:16], 0, 4.2, MOMENT + number, MOMENT + number + 4200,
        MOMENT if number % 33 == 0 else None,
    )  # fmt: skip


def _insert(connection: sqlite3.Connection, table: str, columns: str, rows: Iterator[tuple[object, ...]]) -> None:
    names = columns.split()
    places = ", ".join("?" * len(names))
    connection.executemany(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({places})", rows)
