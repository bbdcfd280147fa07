"""`.env` as people write it, and keys that nobody reads."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.env_file import settings_of
from bot.settings import SettingError, Settings

KEYS = ("WEB_TOKEN", "WEB_PORT", "DISCORD_TOKEN", "GEMINI_API_KEY", "PUBLIC_URL", "ADMINS")


def read(folder: Path, text: str, environment: Mapping[str, str] | None = None) -> Settings:
    (folder / ".env").write_bytes(text.encode())
    return settings_of(folder / ".env", environment or {})


def values(settings: Settings) -> dict[str, str]:
    return settings.of(KEYS)


def refusal(folder: Path, text: str, **environment: str) -> str:
    with pytest.raises(SettingError) as refused:
        read(folder, text, environment)
    return str(refused.value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("WEB_TOKEN=abc # my token", "abc"),
        ("WEB_TOKEN=abc\t# my token", "abc"),
        ("WEB_TOKEN=abc#def", "abc#def"),
        ("export WEB_TOKEN=abc", "abc"),
        ("  export  WEB_TOKEN = abc  ", "abc"),
        ("WEB_TOKEN='a # b'  # c", "a # b"),
        ('WEB_TOKEN="a # b"', "a # b"),
        ("WEB_TOKEN='it costs $5 or ${MORE}'", "it costs $5 or ${MORE}"),
        ("WEB_TOKEN=pa$$word", "pa$$word"),
        ("WEB_TOKEN=a=b==", "a=b=="),
        ("WEB_TOKEN=one two", "one two"),
        ("WEB_TOKEN=first\nWEB_TOKEN=second", "second"),
        ("\n\n# WEB_TOKEN=off\nWEB_TOKEN=abc\n\n", "abc"),
        ("WEB_TOKEN=abc\r\nWEB_PORT=\r\n", "abc"),
        ("\ufeffWEB_TOKEN=abc", "abc"),
        ("WEB_TOKEN=caf\u00e9", "caf\u00e9"),
    ],
)
def test_a_value_is_read_as_people_expect(tmp_path: Path, text: str, value: str) -> None:
    assert values(read(tmp_path, text)) == {"WEB_TOKEN": value}


@pytest.mark.parametrize(
    "text", ["WEB_TOKEN=", "WEB_TOKEN= ", "WEB_TOKEN=''", 'WEB_TOKEN=" "', "WEB_TOKEN= # none", ""]
)
def test_an_empty_value_is_unset(tmp_path: Path, text: str) -> None:
    assert values(read(tmp_path, text)) == {}


def test_the_environment_stands_over_the_file_unless_it_is_empty(tmp_path: Path) -> None:
    found = read(tmp_path, "WEB_PORT=1\nADMINS=discord:1", {"WEB_PORT": "2", "ADMINS": "", "WEB_TOKEN": " "})
    assert values(found) == {"WEB_PORT": "2", "ADMINS": "discord:1"}


@pytest.mark.parametrize("line", ["WEB_TOKEN='abc", 'WEB_TOKEN="a"bc', "WEB_TOKEN: abc"])
def test_a_line_that_cannot_be_read_is_named(tmp_path: Path, line: str) -> None:
    told = refusal(tmp_path, f"ADMINS=x:1\n{line}")
    assert "correct line 2" in told
    assert "abc" not in told


@pytest.mark.parametrize(
    ("key", "meant"),
    [
        ("DISCORD_TOKN", "DISCORD_TOKEN"),
        ("DISCORD_BOT_TOKEN", "DISCORD_TOKEN"),
        ("TELEGRAM_BOT_TOKEN", "TELEGRAM_TOKEN"),
        ("GEMINI_KEY", "GEMINI_API_KEY"),
        ("REPLICATE_TOKEN", "REPLICATE_API_TOKEN"),
        ("FAL_API_KEY", "FAL_KEY"),
        ("OPENAI_APIKEY", "OPENAI_API_KEY"),
        ("web_port", "WEB_PORT"),
        ("ADMIN", "ADMINS"),
        ("DATABASE_URI", "DATABASE_URL"),
        ("SPEND_LIMIT_USD", "SPEND_LIMIT_USD_MONTH"),
    ],
)
def test_a_misspelt_key_of_the_file_is_refused_with_the_nearest(tmp_path: Path, key: str, meant: str) -> None:
    told = refusal(tmp_path, f"{key}=secret")
    assert told.startswith(f"{key}: ")
    assert told.endswith(f"did you mean {meant}?")
    assert "=secret" not in told


@pytest.mark.usefixtures("own_logging")
def test_keys_of_other_programs_in_the_file_are_named_and_ignored(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path(".env").write_text("POSTGRES_PASSWORD=x\nCOMPOSE_PROFILES=y\n")
    assert main(["check"], {}) == 0
    assert "there is no such setting: COMPOSE_PROFILES, POSTGRES_PASSWORD" in capsys.readouterr().out


@pytest.mark.parametrize("key", ["DISCORD_TOKEM", "GEMINI_APIKEY", "TELEGRAM_TOKENS", "WEB_HOSTS", "BLOB_KEYS"])
def test_a_slip_in_the_environment_is_refused_too(tmp_path: Path, key: str) -> None:
    assert "the environment sets it" in refusal(tmp_path, "", **{key: "x"})


@pytest.mark.parametrize(
    "key", ["AWS_ACCESS_KEY", "OPENAI_ORG_ID", "OPENAI_PROJECT", "WEB_CONCURRENCY", "DATABASE", "EDITOR", "LOGNAME"]
)
def test_variables_of_other_programs_are_left_alone(tmp_path: Path, key: str) -> None:
    assert read(tmp_path, "", {key: "x"}).unknown == ()


def test_no_secret_is_ever_printed(tmp_path: Path) -> None:
    secret = "1234567890:" + "s" * 35
    keys = ("DISCORD_TOKEN", "TELEGRAM_TOKEN", "WEB_TOKEN", "BLOB_KEY", "DATABASE_URL")
    found = read(tmp_path, "".join(f"{key}={secret}\n" for key in keys))
    groups = (found.discord, found.telegram, found.web, found.storage)
    assert secret not in repr((found, *groups)) + "".join(map(str, groups))
