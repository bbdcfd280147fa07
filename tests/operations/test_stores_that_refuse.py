"""What a start and a check say when the database or the picture store refuses: one sentence with the setting."""

import asyncio
import re
from base64 import b64encode
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import Event, Thread

import pytest

from bot.__main__ import main
from tests.harness.postgres import Postgres
from tests.harness.strict_postgres import StrictPostgres, made_strict
from tests.operations.processes import PHOTOS
from tests.servers.s3 import S3, serving_s3

pytestmark = pytest.mark.usefixtures("own_logging")
KEY, OTHER = b64encode(bytes(32)).decode(), b64encode(bytes(range(32))).decode()


@pytest.fixture(scope="module")
def strict(postgres: Postgres) -> Iterator[StrictPostgres]:
    with made_strict(postgres) as server:
        yield server


@pytest.fixture(scope="module")
def s3() -> Iterator[S3]:
    """A server in a thread of its own, since a command has a loop of its own."""
    with ExitStack() as stack:
        yield stack.enter_context(_in_a_thread())


@contextmanager
def _in_a_thread() -> Iterator[S3]:
    served: list[S3] = []
    ready, end = Event(), Event()

    async def serve() -> None:
        async with serving_s3() as server:
            served.append(server)
            ready.set()
            await asyncio.to_thread(end.wait)

    thread = Thread(target=lambda: asyncio.run(serve()))
    thread.start()
    ready.wait()
    yield served[0]
    end.set()
    thread.join()


def refused(capsys: pytest.CaptureFixture[str], settings: dict[str, str]) -> str:
    """The sentence that a start ends with; `check` shows the same in its table."""
    assert main(["run"], settings) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    (sentence,) = printed.err.splitlines()
    assert main(["check"], settings) == 1
    (wrong,) = [line for line in capsys.readouterr().out.splitlines() if line.startswith("❌")]
    assert wrong.endswith(f"  {sentence}")
    return sentence


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (
            {"password": "wrong"},
            "DATABASE_URL: the database does not let this user in; correct the name and the password",
        ),
        ({"user": "locked"}, "DATABASE_URL: the database does not let this user in"),
        ({"user": "guest", "database": "closed"}, "DATABASE_URL: the database does not let this user in"),
        ({"database": "nowhere"}, "DATABASE_URL: the server has no such database; create it, or correct the name"),
        ({"user": "single"}, "DATABASE_URL: the database has no connection left for this process"),
        ({"user": "guest"}, "DATABASE_URL: nothing may be written there; give this user the right to"),
    ],
    ids=["wrong password", "no login", "may not connect", "no database", "too few connections", "no right to write"],
)
def test_a_database_that_refuses(
    strict: StrictPostgres, tmp_path: Path, capsys: pytest.CaptureFixture[str], given: dict[str, str], sentence: str
) -> None:
    settings = {"DATA_DIR": str(tmp_path / "data"), "DATABASE_URL": strict.url(**given)}
    assert main(["run"], settings) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    (line,) = printed.err.splitlines()
    assert line.startswith(sentence)
    assert "p/a@s" not in line


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        (
            {"AWS_SECRET_ACCESS_KEY": "wrong"},
            "BLOB_URL: the picture store does not take the key; correct AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, "
            "or let it read, write and delete (SignatureDoesNotMatch: It is SignatureDoesNotMatch.)",
        ),
        (
            {"AWS_ACCESS_KEY_ID": "wrong"},
            "BLOB_URL: the picture store does not take the key; correct AWS_ACCESS_KEY_ID",
        ),
        (
            {"BLOB_URL": "s3://nowhere"},
            "BLOB_URL: the picture store has no such bucket; create it, or correct the name (NoSuchBucket: It is "
            "NoSuchBucket.)",
        ),
        (
            {"AWS_ENDPOINT_URL": "http://127.0.0.1:9"},
            "BLOB_URL: the picture store cannot be reached; check that AWS_ENDPOINT_URL is right",
        ),
        (
            {"AWS_ENDPOINT_URL": "127.0.0.1:9"},
            "AWS_ENDPOINT_URL: '127.0.0.1:9' is not an address: write it like http://127.0.0.1:9000",
        ),
    ],
    ids=["wrong secret", "wrong key", "no bucket", "away", "no address"],
)
def test_a_picture_store_that_refuses(
    s3: S3, tmp_path: Path, capsys: pytest.CaptureFixture[str], changed: dict[str, str], sentence: str
) -> None:
    settings = {"DATA_DIR": str(tmp_path / "data"), **s3.settings, **changed}
    assert refused(capsys, settings).startswith(sentence)


@pytest.mark.parametrize(
    ("first", "then", "why"),
    [
        (KEY, OTHER, "encrypted with another key"),
        (KEY, "", "encrypted, and BLOB_KEY is not set"),
        ("", KEY, "not encrypted, or with another key, and BLOB_KEY is set"),
    ],
    ids=["another key", "no key", "a key too many"],
)
def test_a_wrong_key_is_noticed_and_the_pictures_can_be_brought_to_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], first: str, then: str, why: str
) -> None:
    folder = {"DATA_DIR": str(tmp_path / "data")}
    draw = ["chat", "--say", "/imagine oil portrait", "--attach", str(PHOTOS / "woman.jpg"), "--out", str(tmp_path)]
    assert main(draw, {**folder, "BLOB_KEY": first}) == 0
    capsys.readouterr()
    sentence = refused(capsys, {**folder, "BLOB_KEY": then})
    assert sentence.startswith("BLOB_KEY: give the key with which the pictures were stored, or bring them to this one")
    assert why in sentence
    assert main(["rekey"], {**folder, "BLOB_KEY": then, "BLOB_KEY_OLD": first}) == 0
    said = capsys.readouterr().out
    assert re.fullmatch(r"[1-9] pictures were brought to the new key, 0 had it already\.\n", said), said
    assert main(["check"], {**folder, "BLOB_KEY": then}) == 0
    assert main(["check"], {**folder, "BLOB_KEY": first}) == 1


@pytest.mark.parametrize(
    ("keys", "sentence"),
    [
        ({}, "BLOB_KEY_OLD: give the key until now there"),
        ({"BLOB_KEY": KEY, "BLOB_KEY_OLD": KEY}, "BLOB_KEY_OLD: give the key until now there"),
        ({"BLOB_KEY": KEY, "BLOB_KEY_OLD": "short"}, "BLOB_KEY_OLD: give 32 bytes in URL-safe base64"),
        (
            {"BLOB_KEY": KEY, "BLOB_KEY_OLD": OTHER},
            "BLOB_KEY_OLD: give the key that the pictures are encrypted with now",
        ),
    ],
    ids=["none", "the same", "too short", "wrong"],
)
def test_a_change_of_key_needs_the_old_one_and_another(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], keys: dict[str, str], sentence: str
) -> None:
    folder = {"DATA_DIR": str(tmp_path / "data")}
    (tmp_path / "data" / "blobs" / "ab" / "cd").mkdir(parents=True)
    (tmp_path / "data" / "blobs" / "ab" / "cd" / ("abcd" + 60 * "0")).write_bytes(bytes(99))  # of neither key
    assert main(["rekey"], {**folder, **keys}) == 2
    assert capsys.readouterr().err.startswith(sentence)
