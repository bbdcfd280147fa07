"""The least that has to happen to an image, as straight code: no engine, no event loop, no chat.

A photo is brought to 1024 px and stored, a drawn picture is stored as it came; both get a thumbnail and two hashes, and
their rows one transaction. Everything is on the disk at the end.
"""

import hashlib
import os
import sqlite3
import threading
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import imagehash
from PIL import Image

MOST_PIXELS = 40_000_000
REFERENCE, THUMBNAIL = (1024, 1024), (512, 512)
_TABLES = """
CREATE TABLE IF NOT EXISTS generation (id INTEGER PRIMARY KEY, event TEXT UNIQUE, person TEXT, prompt TEXT, at INTEGER);
CREATE TABLE IF NOT EXISTS photo (id INTEGER PRIMARY KEY, generation INTEGER, sha256 TEXT, phash TEXT);
CREATE TABLE IF NOT EXISTS image (id INTEGER PRIMARY KEY, generation INTEGER, sha256 TEXT, phash TEXT, cost INTEGER);
CREATE TABLE IF NOT EXISTS ledger (id INTEGER PRIMARY KEY, image INTEGER, kind TEXT, amount INTEGER);
"""


class Floor:
    """Straight code over a folder and an SQLite file in it; each thread has a connection of its own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._own = threading.local()
        self._connection().executescript(_TABLES)

    def image(self, photos: Sequence[bytes], picture: bytes) -> None:
        """Take in the photos, keep the picture, and write it all down."""
        taken = [self._photo(photo) for photo in photos]
        drawn = self._picture(picture)
        self.rows(taken, drawn)

    def rows(self, photos: Sequence[tuple[str, str]] = (), picture: tuple[str, str] = ("", "")) -> None:
        """The rows of one image in one transaction."""
        connection = self._connection()
        connection.execute("BEGIN IMMEDIATE")
        event = os.urandom(16).hex()
        made = connection.execute("INSERT INTO generation VALUES (NULL, ?, 'anna', 'a red fox', 0)", (event,)).lastrowid
        for photo in photos:
            connection.execute("INSERT INTO photo VALUES (NULL, ?, ?, ?)", (made, *photo))
        image = connection.execute("INSERT INTO image VALUES (NULL, ?, ?, ?, 40000)", (made, *picture)).lastrowid
        for kind in ("reserve", "commit", "release"):
            connection.execute("INSERT INTO ledger VALUES (NULL, ?, ?, 40000)", (image, kind))
        connection.execute("COMMIT")

    def _photo(self, data: bytes) -> tuple[str, str]:
        image = Image.open(BytesIO(data))
        assert image.width * image.height <= MOST_PIXELS
        image.draft("RGB", REFERENCE)
        image.thumbnail(REFERENCE, Image.Resampling.LANCZOS, reducing_gap=None)
        buffer = BytesIO()
        image.save(buffer, "JPEG", quality=93)
        return self._kept(buffer.getvalue(), image)

    def _picture(self, data: bytes) -> tuple[str, str]:
        image = Image.open(BytesIO(data))
        assert image.width * image.height <= MOST_PIXELS
        return self._kept(data, image)

    def _kept(self, data: bytes, image: Image.Image) -> tuple[str, str]:
        image.thumbnail(THUMBNAIL, Image.Resampling.LANCZOS, reducing_gap=None)
        small = BytesIO()
        image.save(small, "JPEG", quality=85)
        digest = hashlib.sha256(data).hexdigest()
        self._write(digest, data)
        self._write(f"{digest}-small", small.getvalue())
        return digest, str(imagehash.phash(image))

    def _write(self, name: str, data: bytes) -> None:
        with (self._folder / name).open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())

    def _connection(self) -> sqlite3.Connection:
        known: sqlite3.Connection | None = getattr(self._own, "connection", None)
        if known is None:
            known = self._own.connection = sqlite3.connect(self._folder / "floor.sqlite3", isolation_level=None)
            for pragma in ("busy_timeout = 30000", "journal_mode = wal", "synchronous = full"):
                known.execute(f"PRAGMA {pragma}")
        return known
