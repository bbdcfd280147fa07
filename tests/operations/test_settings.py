"""What a wrong setting or option gets: one sentence on stderr that names it and the fix, and exit code 2."""

from pathlib import Path

import pytest

from bot.__main__ import main
from tests.operations.processes import ran

KEY = "A" * 43
UNPRICED = """
[models.free]
name = "Free"
provider = "scripted"
as_of = "2026-11-20"
prices = {}
capabilities = { max_references = 1 }
"""

pytestmark = pytest.mark.usefixtures("own_logging")


def refused(capsys: pytest.CaptureFixture[str], *arguments: str, **settings: str) -> str:
    """The sentence that a command ends with."""
    assert main(arguments, settings) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    [sentence] = printed.err.splitlines()
    return sentence


@pytest.mark.parametrize(
    ("key", "value", "fix"),
    [
        ("LOG_FORMAT", "xml", 'use "console" or "json", not \'xml\''),
        ("LOG_LEVEL", "loud", 'use "debug", "info", "warning" or "error", not \'loud\''),
        ("LOG_LEVEL", "notset", 'use "debug", "info", "warning" or "error"'),
        ("WEB_PORT", "eighty", "'eighty' is not a port: use a number from 1 to 65535"),
        ("WEB_PORT", "70000", "'70000' is not a port: use a number from 1 to 65535"),
        ("WEB_HOST", "192.0.2.1", "192.0.2.1 is no address of this machine: try 127.0.0.1"),
        ("PUBLIC_URL", "pictures.example", "write it like https://pictures.example.org"),
        ("ACCESS", "everyone", 'use "allowlist" or "open", not \'everyone\''),
        ("ADMINS", "ana", 'write "platform:id, platform:id", such as "discord:1234"'),
        ("SPEND_LIMIT_USD_MONTH", "much", "write dollars as a number, such as 50"),
        ("SPEND_LIMIT_USD_MONTH", "-1", "write dollars as a number from 0 to 1,000,000,000"),
        ("BLOB_KEY", "secret", "give 32 bytes in URL-safe base64"),
        ("BLOB_KEY", "clé", "give 32 bytes in URL-safe base64"),
        ("BLOB_URL", "bucket", "write it like s3://bucket, gs://bucket or az://container"),
        ("BLOB_URL", "ftp://bucket", "write it like s3://bucket, gs://bucket or az://container"),
        ("DATABASE_URL", "mysql://localhost/pictures", "begin it with sqlite:// or postgresql://"),
        (
            "DATABASE_URL",
            "postgresql+asyncpg://u:pw@127.0.0.1:1/x",
            "the database cannot be opened; check that the address is right",
        ),
        ("MODELS_FILE", "nowhere.toml", "No such file"),
    ],
)
def test_a_wrong_setting_is_named_with_its_fix(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], key: str, value: str, fix: str
) -> None:
    given = {"DATA_DIR": str(tmp_path / "data"), "WEB_TOKEN": "a long random text", key: value}
    sentence = refused(capsys, "run", **given)
    assert sentence.startswith(f"{key}: ")
    assert fix in sentence
    assert "pw@" not in sentence


def test_a_setting_of_a_front_end_is_read_before_anything_is_started(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    refused(capsys, "run", DATA_DIR=str(tmp_path / "data"), WEB_PORT="eighty")
    assert not (tmp_path / "data").exists()


def test_a_web_chat_that_others_reach_needs_a_token(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sentence = refused(capsys, "run", DATA_DIR=str(tmp_path), WEB_HOST="0.0.0.0")
    assert sentence.startswith("WEB_TOKEN: WEB_HOST is reachable by others: set WEB_TOKEN to a long random text")


@pytest.mark.parametrize(
    ("text", "problem"),
    [("[free", "Expected ']'"), ("", "it lists no model"), (UNPRICED, "prices.1K: write what a picture")],
    ids=["no TOML", "empty", "no price"],
)
def test_a_models_file_with_a_mistake_is_named_with_the_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, problem: str
) -> None:
    models = tmp_path / "models.toml"
    models.write_text(text)
    sentence = refused(capsys, "run", DATA_DIR=str(tmp_path / "data"), MODELS_FILE=str(models))
    assert sentence.startswith("MODELS_FILE: ")
    assert str(models) in sentence
    assert problem in sentence


def test_a_data_folder_that_cannot_be_made_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "file"
    file.touch()
    sentence = refused(capsys, "run", DATA_DIR=str(file / "data"))
    assert sentence == f"DATA_DIR: choose a folder that can be written; {file / 'data'} cannot: Not a directory"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--say", "oil", "--attach", "nowhere.jpg"], "--attach: there is no file nowhere.jpg that can be read"),
        (["--say", "  "], "--say needs words, or a photo with --attach FILE."),
        (["--json"], "--attach and --json go with --say TEXT"),
        (["--say", "oil", "--out", "file"], "--out: file is no folder; choose another."),
    ],
)
def test_a_wrong_option_of_chat_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
    arguments: list[str], sentence: str,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    Path("file").touch()
    with pytest.raises(SystemExit) as ended:
        main(["chat", *arguments], {})
    assert ended.value.code == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith(sentence)
    assert len(printed.err.splitlines()) == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file"]


async def test_a_database_that_cannot_be_opened_is_named(tmp_path: Path) -> None:
    url = "sqlite+aiosqlite:////nowhere/x.sqlite3"
    ended = await ran("run", DATA_DIR=tmp_path / "data", DATABASE_URL=url)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err == (
        "DATABASE_URL: the database cannot be opened; check that the address is right and the server runs "
        "(unable to open database file)\n"
    )


async def test_settings_come_from_dotenv_under_the_environment(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("# a comment\nLOG_FORMAT=xml\nWEB_PORT = 'eighty'\n")
    ended = await ran("run", DATA_DIR=tmp_path / "data", LOG_FORMAT="console")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith("WEB_PORT: 'eighty' is not a port")
    assert len(ended.err.splitlines()) == 1


def test_a_dotenv_that_is_no_text_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path(".env").write_bytes(b"WEB_TOKEN=\xff\xfe")
    assert refused(capsys, "run").startswith(".env: save it as readable text in UTF-8, or remove it")
