"""Addresses of databases as services hand them out: both drivers connect with them, or they are refused in words."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from storage.db import address
from storage.db.address import BadAddress
from storage.db.database import Database
from storage.db.errors import StorageAbsent, StorageCrowded, StorageDenied, StorageError, StorageUntrusted, translate
from tests.harness.postgres import Postgres
from tests.harness.strict_postgres import PASSWORD, StrictPostgres, made_strict, relayed, signed

PLACE = "keeper:secret@db.example/pictures"
WHO = "SELECT current_user"


@pytest.fixture(scope="module")
def strict(postgres: Postgres) -> Iterator[StrictPostgres]:
    with made_strict(postgres) as server:
        yield server


async def both_drivers_say(where: address.Address) -> list[str]:
    """Who our driver and the job engine's are at a database."""
    database = Database(where)
    async with database.read() as tx:
        ours = await tx.scalar(text(WHO))
    theirs = await asyncio.to_thread(_asked, database)
    await database.close()
    return [ours, theirs]


def _asked(database: Database) -> str:
    engine = database.engine_for_jobs()
    try:
        with engine.connect() as connection:
            return str(connection.scalar(text(WHO)))
    finally:
        engine.dispose()


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+asyncpg"])
def test_each_scheme_reaches_both_drivers(scheme: str) -> None:
    read = address.read(f"{scheme}://{PLACE}")
    assert read.for_asyncio()[0].drivername == "postgresql+asyncpg"
    assert read.for_threads().drivername == "postgresql+psycopg"
    assert not read.is_sqlite


@pytest.mark.parametrize("scheme", ["sqlite", "sqlite+aiosqlite"])
def test_a_file_may_be_named_without_its_driver(scheme: str) -> None:
    read = address.read(f"{scheme}:////data/likeness.sqlite3")
    assert read.is_sqlite
    assert read.url.database == "/data/likeness.sqlite3"


@pytest.mark.parametrize(
    ("query", "mode"),
    [
        ("sslmode=require", "require"), ("ssl=require", "require"), ("ssl=true", "require"), ("ssl=0", "disable"),
        ("sslmode=verify-full&sslrootcert=/ca.pem", "verify-full"), ("ssl=true&sslmode=verify-ca", "verify-ca"),
    ],
)  # fmt: skip
def test_tls_is_told_to_both_drivers_in_their_own_spelling(query: str, mode: str) -> None:
    read = address.read(f"postgres://{PLACE}?{query}")
    url, connect = read.for_asyncio()
    assert not url.query
    assert f"sslmode={mode}" in connect["dsn"]
    assert read.for_threads().query["sslmode"] == mode
    assert "ssl" not in read.for_threads().query


@pytest.mark.parametrize(
    ("given", "fix"),
    [
        ("mysql://localhost/x", "begin it with sqlite:// or postgresql://"),
        ("pictures", "write it like postgresql://user@host/database"),
        ("postgresql://u@host:port/x", "write it like postgresql://user@host/database"),
        ("postgresql://u@host", "name the database at its end"),
        (f"postgres://{PLACE}?sslmode=always", "give sslmode one of disable, allow, prefer"),
        (f"postgres://{PLACE}?ssl=maybe", "give sslmode one of disable, allow, prefer"),
        (f"postgres://{PLACE}?sslmode=require&channel_binding=require", "take channel_binding out"),
        (f"postgres://{PLACE}?pgbouncer=true&pool=3", "take pgbouncer, pool out"),
    ],
)
def test_what_no_driver_could_use_is_refused_with_the_fix(given: str, fix: str) -> None:
    with pytest.raises(BadAddress) as refused:
        address.read(given)
    assert str(refused.value).startswith(fix)
    assert "secret" not in str(refused.value)


def test_a_password_is_given_once() -> None:
    assert address.read("postgres://u@host/x", PASSWORD).url.password == PASSWORD
    with pytest.raises(BadAddress, match="DATABASE_PASSWORD"):
        address.read("postgres://u:one@host/x", "two")


def test_a_password_never_shows() -> None:
    assert "secret" not in repr(address.read(f"postgres://{PLACE}"))


@pytest.mark.parametrize("query", ["", "?sslmode=require", "?ssl=require", "?sslmode=verify-full&sslrootcert={ca}"])
async def test_both_drivers_connect_with_tls(strict: StrictPostgres, tmp_path: Path, query: str) -> None:
    async with relayed(strict.socket, signed(tmp_path)) as relay:
        where = address.read(relay.url(query.format(ca=relay.certificate)))
        assert await both_drivers_say(where) == ["keeper", "keeper"]
        assert relay.encrypted == 2


async def test_a_server_that_is_not_who_it_should_be_is_not_talked_to(strict: StrictPostgres, tmp_path: Path) -> None:
    trusted = signed(tmp_path).rename(tmp_path / "trusted.crt")
    async with relayed(strict.socket, signed(tmp_path)) as relay:
        where = address.read(relay.url(f"?sslmode=verify-full&sslrootcert={trusted}"))
        database = Database(where)
        with pytest.raises(StorageUntrusted):
            await database.check()
        with pytest.raises(Exception, match="certificate") as theirs:
            await asyncio.to_thread(_asked, database)
        assert isinstance(translate(theirs.value), StorageUntrusted)
        await database.close()


async def test_a_password_may_hold_whatever_an_address_cannot(strict: StrictPostgres) -> None:
    assert await both_drivers_say(address.read(strict.url(password=""), PASSWORD)) == ["keeper", "keeper"]


REFUSALS: list[tuple[str, dict[str, str], type[StorageError]]] = [
    ("a wrong password", {"password": "wrong"}, StorageDenied),
    ("no password", {"password": ""}, StorageDenied),
    ("a role that may not log in", {"user": "locked"}, StorageDenied),
    ("an unknown role", {"user": "nobody"}, StorageDenied),
    ("a role that may not connect", {"user": "guest", "database": "closed"}, StorageDenied),
    ("a missing database", {"database": "nowhere"}, StorageAbsent),
]


@pytest.mark.parametrize(("given", "kind"), [row[1:] for row in REFUSALS], ids=[row[0] for row in REFUSALS])
async def test_a_server_that_refuses_is_understood(
    strict: StrictPostgres, given: dict[str, str], kind: type[StorageError]
) -> None:
    database = Database(strict.url(**given))
    with pytest.raises(kind) as refused:
        await database.check()
    assert type(refused.value) is kind
    with pytest.raises(Exception, match=r".") as theirs:
        await asyncio.to_thread(_asked, database)
    assert isinstance(translate(theirs.value), StorageError), "the job engine's driver tells no code while it connects"
    await database.close()


async def test_a_server_without_a_connection_left_is_crowded(strict: StrictPostgres) -> None:
    first, second = Database(strict.url("single")), Database(strict.url("single"))
    async with first.read() as tx:
        await tx.execute(text("SELECT 1"))
        with pytest.raises(StorageCrowded):
            await second.check()
        with pytest.raises(Exception, match="too many connections") as theirs:
            await asyncio.to_thread(_asked, second)
        assert isinstance(translate(theirs.value), StorageCrowded)
    await first.close()
    await second.close()
