"""Whether requests can be taken now, and what keeps them from it."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from bot.core.runtime.readiness import Readiness
from storage.blobs.store import Blobs, open_blobs
from storage.db.database import Database, sqlite_url
from tests.servers.s3 import S3, serving_s3


@pytest_asyncio.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    opened = Database(sqlite_url(tmp_path))
    yield opened
    await opened.close()


def looking(database: Database, blobs: Blobs) -> Readiness:
    """One that looks whenever it is asked."""
    return Readiness(database, blobs, fresh=-1.0)


async def test_with_both_stores_requests_are_taken(database: Database, tmp_path: Path) -> None:
    assert await looking(database, open_blobs(tmp_path / "blobs")).trouble() is None


async def test_a_database_that_is_away_is_named(database: Database, tmp_path: Path) -> None:
    ready = looking(database, open_blobs(tmp_path / "blobs"))
    await database.close()
    assert await ready.trouble() == "database"


async def test_a_folder_of_pictures_that_is_gone_is_named_and_found_again(database: Database, tmp_path: Path) -> None:
    folder = tmp_path / "blobs"
    ready = looking(database, open_blobs(folder))
    shutil.move(folder, tmp_path / "elsewhere")
    assert await ready.trouble() == "pictures"
    shutil.move(tmp_path / "elsewhere", folder)
    assert await ready.trouble() is None


async def test_a_server_of_pictures_in_trouble_is_named(database: Database) -> None:
    async with serving_s3() as s3:
        ready = looking(database, _on(s3))
        assert await ready.trouble() is None
        s3.trouble = "AccessDenied"
        assert await ready.trouble() == "pictures"


async def test_an_answer_is_good_for_a_while_however_many_ask(database: Database, tmp_path: Path) -> None:
    ready = Readiness(database, open_blobs(tmp_path / "blobs"), fresh=60.0)
    assert await ready.trouble() is None
    await database.close()
    assert await ready.trouble() is None


def _on(s3: S3) -> Blobs:
    options = {key: value for key, value in s3.settings.items() if key.startswith("AWS_")}
    return open_blobs(Path(), s3.settings["BLOB_URL"], None, options)
