"""One `run` per database, and a name of its own for each process on it; whatever is wrong is said in one sentence."""

from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from tests.harness.postgres import Postgres
from tests.operations.processes import ran, serving


async def test_a_second_run_on_the_same_sqlite_file_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "shared.sqlite3"
    url = f"sqlite+aiosqlite:///{file}"
    async with serving(tmp_path / "one", DATABASE_URL=url):
        second = await ran("run", DATA_DIR=tmp_path / "two", DATABASE_URL=url, WEB_PORT="0")
    assert (second.code, second.out) == (2, "")
    assert second.err == (
        f"Another Likeness process already works in {file}: stop it first, or choose another with DATABASE_URL.\n"
    )


async def test_a_second_run_on_the_same_server_is_refused_and_so_is_a_name_that_is_taken(
    tmp_path: Path, postgres: Postgres
) -> None:
    url, shared = postgres.create(), {"BLOB_URL": f"file://{tmp_path}"}
    async with serving(tmp_path / "one", DATABASE_URL=url, EXECUTOR_ID="first") as first:
        second = await ran("run", DATA_DIR=tmp_path / "two", DATABASE_URL=url, EXECUTOR_ID="second", WEB_PORT="0")
        same = await ran("worker", DATABASE_URL=url, EXECUTOR_ID="first", DATA_DIR=tmp_path / "three", **shared)
        assert await first.stop() == 0
    assert (second.code, second.out, same.code, same.out) == (2, "", 2, "")
    assert second.err == (
        "Another Likeness process, first, already runs on this database: "
        "stop it first, or start this one as a worker.\n"
    )
    assert same.err == (
        "Another Likeness process on this database is called first, too: stop it, or choose another EXECUTOR_ID.\n"
    )
    async with serving(tmp_path / "two", DATABASE_URL=url, EXECUTOR_ID="second") as next_:
        assert await next_.stop() == 0


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({}, "DATABASE_URL: a worker shares the database of `run`: give the same postgresql://…\n"),
        (
            {"DATABASE_URL": "postgresql+asyncpg://nobody@127.0.0.1:1/none"},
            "BLOB_URL: a worker shares the pictures of `run`: give the same s3://…, gs://… or az://…\n",
        ),
    ],
)
async def test_a_worker_without_a_shared_database_and_store_is_refused(
    tmp_path: Path, settings: dict[str, str], words: str
) -> None:
    ended = await ran("worker", DATA_DIR=tmp_path / "data", **settings)
    assert (ended.code, ended.out, ended.err) == (2, "", words)
    assert not (tmp_path / "data").exists()


async def test_a_server_that_does_not_run_is_named(tmp_path: Path) -> None:
    ended = await ran("run", DATA_DIR=tmp_path, DATABASE_URL="postgresql+asyncpg://nobody@127.0.0.1:1/none")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith(
        "DATABASE_URL: the database cannot be opened; check that the address is right and the server runs"
    )
    assert len(ended.err.splitlines()) == 1


async def test_a_wrong_user_or_password_is_named_without_the_password(tmp_path: Path, postgres: Postgres) -> None:
    url = make_url(postgres.create()).set(username="stranger", password="hunter2").render_as_string(False)
    ended = await ran("run", DATA_DIR=tmp_path, DATABASE_URL=url)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith("DATABASE_URL: ")
    assert "hunter2" not in ended.err
    assert len(ended.err.splitlines()) == 1


async def test_a_database_of_a_newer_version_is_left_alone(tmp_path: Path, postgres: Postgres) -> None:
    url = postgres.create()
    assert (await ran("migrate", DATA_DIR=tmp_path, DATABASE_URL=url)).code == 0
    engine = create_engine(make_url(url).set(drivername="postgresql+psycopg"))
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    ended = await ran("run", DATA_DIR=tmp_path, DATABASE_URL=url)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith("DATABASE_URL: the database was made by a newer version; update Likeness")
    assert len(ended.err.splitlines()) == 1
