"""A disk without room: one clear sentence, nothing half-written, nothing charged, and all is well with room again."""

import asyncio
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from storage.blobs.store import open_blobs
from storage.db.database import Database, sqlite_url
from storage.tables import ledger, people
from storage.tables.owners import Account
from tests.operations.processes import ran

FULL = "The disk is full, so I could not save that. Nothing was charged. Please tell the operator to make room."


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """A photo of about 3 MB with nobody on it."""
    path = tmp_path / "noise.jpg"
    Image.frombytes("RGB", (1600, 1200), os.urandom(1600 * 1200 * 3)).save(path, quality=98)
    assert path.stat().st_size > 2_500_000
    return path


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 2 MB."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", place], capture_output=True, text=True)
    if mounted.returncode:
        pytest.skip(f"mounting a small disk needs more rights: {mounted.stderr.strip()}")
    yield place
    subprocess.run(["umount", place], check=True)


async def test_a_photo_that_does_not_fit_is_refused_in_words_and_fits_later(tmp_path: Path, photo: Path) -> None:
    data = tmp_path / "data"
    ended = await ran("chat", "--say", "/imagine oil", "--attach", photo, largest=1_500_000, DATA_DIR=data)
    assert (ended.code, ended.out.strip()) == (1, FULL)
    assert not any(path.stat().st_size for path in (data / "blobs").rglob("*") if path.is_file())
    await nothing_was_charged(data)
    again = await ran("chat", "--say", "/persona create Noise --kind product", "--attach", photo, DATA_DIR=data)
    assert (again.code, again.err) == (0, "")


async def test_the_test_disk_really_fills_up(small_disk: Path, photo: Path) -> None:
    ended = await ran("chat", "--say", "/imagine oil unicorn", "--attach", photo, DATA_DIR=small_disk / "data")
    assert (ended.code, ended.out.strip()) == (1, FULL)
    assert "unicorn" not in ended.err


async def test_a_disk_that_is_full_at_the_start_ends_with_one_sentence(small_disk: Path) -> None:
    (small_disk / "filler").write_bytes(bytes(1_700_000))
    ended = await ran("run", DATA_DIR=small_disk / "data", WEB_PORT="0")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.splitlines()[-1].startswith("DATA_DIR: the disk is full; make room")


async def test_a_disk_that_may_only_be_read_ends_with_one_sentence(small_disk: Path) -> None:
    remounted = await asyncio.create_subprocess_exec("mount", "-o", "remount,ro", small_disk)
    assert await remounted.wait() == 0
    ended = await ran("run", DATA_DIR=small_disk)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith("DATA_DIR: nothing may be written there; give this user the right to")
    assert len(ended.err.splitlines()) == 1


async def nothing_was_charged(data: Path) -> None:
    assert open_blobs(data / "blobs")
    database = Database(sqlite_url(data))
    try:
        async with database.read() as tx:
            user = await people.find(tx, "local", "operator")
            assert user
            usage = await ledger.usage(tx, Account.user(user.id), "image")
        assert (usage.reserved, usage.spent) == (0, 0)
    finally:
        await database.close()
