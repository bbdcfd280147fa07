"""`python -m bot check`: a line for each part, with the setting and the fix where something is wrong."""

import platform
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.__main__ import main
from storage.db.migrate import newest

pytestmark = pytest.mark.usefixtures("own_logging")
DATABASE = "likeness.sqlite3"


def checked(capsys: pytest.CaptureFixture[str], **settings: str) -> tuple[int, list[str]]:
    code = main(["check"], settings)
    printed = capsys.readouterr()
    assert printed.err == ""
    return code, printed.out.splitlines()


def test_a_fresh_folder_works(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, lines = checked(capsys, DATA_DIR=str(tmp_path), LOG_FORMAT="json")
    assert code == 0
    assert lines == [
        f"✅ versions  Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}",
        "✅ logs      json, from info on",
        "✅ access    open; admins: 0; at most $50.00 a month",
        "✅ fronts    web",
        "✅ models    Local preview (local)",
        f"✅ database  revision none yet of {newest()}",
        f"✅ blobs     {tmp_path}/blobs",
    ]


def test_every_broken_part_has_its_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, lines = checked(
        capsys, DATA_DIR=str(tmp_path), LOG_LEVEL="loud", ACCESS="everyone", WEB_PORT="eighty", MODELS_FILE="nowhere",
        DATABASE_URL="mysql://localhost/pictures", BLOB_KEY="secret",
    )  # fmt: skip
    assert code == 1
    assert lines.pop(0).startswith("✅ versions")
    parts = ("logs", "access", "fronts", "models", "database", "blobs")
    keys = ("LOG_LEVEL", "ACCESS", "WEB_PORT", "MODELS_FILE", "DATABASE_URL", "BLOB_KEY")
    for line, part, key in zip(lines, parts, keys, strict=True):
        assert line.startswith(f"❌ {part:<8}  {key}: ")


def test_a_database_of_a_newer_version_asks_for_an_update(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings = {"DATA_DIR": str(tmp_path)}
    assert main(["migrate"], settings) == 0
    with closing(sqlite3.connect(tmp_path / DATABASE)) as database, database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    code, lines = checked(capsys, **settings)
    newer = "DATA_DIR: the database was made by a newer version; update Likeness, or choose another place"
    assert code == 1
    assert lines[5].startswith(f"❌ database  {newer}")
    for command in (["run"], ["chat", "--say", "/quota"], ["migrate"]):
        assert main(command, settings) == 2
        printed = capsys.readouterr()
        assert printed.out == ""
        assert printed.err.startswith(newer)
        assert len(printed.err.splitlines()) == 1


def test_a_database_that_another_program_holds_is_not_waited_for_long(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = {"DATA_DIR": str(tmp_path)}
    assert main(["migrate"], settings) == 0
    with closing(sqlite3.connect(tmp_path / DATABASE, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        code, lines = checked(capsys, **settings)
        assert main(["run"], settings) == 2
    busy = "DATA_DIR: another program holds the database; close it and try again (database is locked)"
    assert (code, lines[5]) == (1, f"❌ database  {busy}")
    assert capsys.readouterr().err == busy + "\n"
