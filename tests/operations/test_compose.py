"""What `docker compose up` starts, as far as that shows without Docker: Compose's file, read as Compose reads it."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot import wiring
from bot.settings import Settings
from bot.stores import address_of, blobs_of, check_shared
from storage.blobs.store import MARK
from tests.operations.processes import ROOT
from tests.servers.s3 import serving_s3

COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = ("bot", "worker")
PASSWORDS = ["plain", "p/a@s:s%w", "%20 #&?=+", 'quo"te', "a$b${c}", "ünï"]
_VARIABLE = re.compile(r"\$\{(\w+)(?::([-?])([^}]*))?\}")


def shown(heading: str) -> dict[str, str]:
    """The settings of a block of docs/OPERATIONS.md that begins with this comment."""
    page = (ROOT / "docs" / "OPERATIONS.md").read_text("utf-8")
    (block,) = re.findall(rf"```sh\n# {re.escape(heading)}\n(.*?)```", page, re.DOTALL)
    return dict(line.split("=", 1) for line in block.splitlines())


def environment(service: str, env_file: dict[str, str]) -> dict[str, str]:
    """What a service gets: the lines of .env where it asks for them, then its own with the variables filled in."""
    own = SERVICES[service].get("environment", {})
    values = {name: _VARIABLE.sub(lambda found: filled(found, env_file), str(value)) for name, value in own.items()}
    return {**(env_file if "env_file" in SERVICES[service] else {}), **values}


def filled(found: re.Match[str], env_file: dict[str, str]) -> str:
    name, kind, otherwise = found.groups()
    value = env_file.get(name, "")
    assert value or kind != "?", otherwise
    return value or (otherwise if kind == "-" else "")


def scaled(password: str = "secret", key: str = "other secret") -> dict[str, str]:
    """The .env of the page, with these passwords."""
    lines = {**shown(".env for COMPOSE_PROFILES=scale"), "WEB_TOKEN": "a long random text"}
    return {**lines, "DATABASE_PASSWORD": password, "AWS_SECRET_ACCESS_KEY": key}


def known_settings() -> set[str]:
    return set(re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text("utf-8"), re.MULTILINE))


@pytest.mark.parametrize("service", sorted(SERVICES))
def test_every_image_is_ours_or_pinned_by_its_digest(service: str) -> None:
    image = SERVICES[service]["image"]
    if "build" in SERVICES[service]:
        assert re.fullmatch(r"likeness:\d+\.\d+\.\d+", image)
    else:
        assert re.fullmatch(r"[\w./-]+:v?\d+\.\d+[\w.-]*@sha256:[0-9a-f]{64}", image)


@pytest.mark.parametrize("service", OURS)
def test_every_setting_that_it_names_exists(service: str) -> None:
    assert set(SERVICES[service]["environment"]) <= known_settings()


def test_every_setting_that_the_page_shows_exists() -> None:
    assert set(shown(".env for COMPOSE_PROFILES=scale")) - {"COMPOSE_PROFILES"} <= known_settings()


def test_alone_it_is_one_process_on_sqlite_and_a_volume() -> None:
    started = [name for name, service in SERVICES.items() if "profiles" not in service]
    assert started == ["bot"]
    given = environment("bot", {"WEB_TOKEN": "a long random text"})
    settings = Settings(given)
    assert address_of(settings.storage) is None
    assert "data:/data" in SERVICES["bot"]["volumes"]
    assert given["DATA_DIR"] == "/data"
    assert wiring.check_fronts(settings) == ["web"]


def test_without_a_token_it_says_what_to_set() -> None:
    with pytest.raises(AssertionError, match="set WEB_TOKEN"):
        environment("bot", {})


@pytest.mark.parametrize("password", PASSWORDS)
def test_the_database_and_the_bot_have_the_same_password(password: str) -> None:
    for service in OURS:
        address = address_of(Settings(environment(service, scaled(password))).storage)
        assert address
        for url in (address.for_asyncio()[0], address.for_threads()):
            assert (url.username, url.password, url.host) == ("likeness", password, "postgres")
    server = environment("postgres", scaled(password))
    assert (server["POSTGRES_USER"], server["POSTGRES_PASSWORD"]) == ("likeness", password)


@pytest.mark.parametrize("secret", PASSWORDS)
async def test_the_picture_store_and_the_bot_have_the_same_key(secret: str) -> None:
    given = environment("s3", scaled(key=secret))
    async with serving_s3(given["ROOT_ACCESS_KEY"], given["ROOT_SECRET_KEY"]) as server:
        settings = Settings({**environment("worker", scaled(key=secret)), "AWS_ENDPOINT_URL": server.url})
        assert settings.pictures.options["AWS_SECRET_ACCESS_KEY"] == secret
        await blobs_of(settings).check()
        assert MARK not in server.buckets["likeness"]


def test_a_worker_shares_the_stores_and_has_no_tokens() -> None:
    tokens = {"DISCORD_TOKEN": "t", "TELEGRAM_TOKEN": "t", "EXECUTOR_ID": "one"}
    settings = environment("worker", {**scaled(), **tokens})
    check_shared(Settings(settings))
    assert not any(settings[name] for name in ("WEB_TOKEN", *tokens))


@pytest.mark.parametrize("service", sorted(SERVICES))
def test_all_but_the_page_is_out_of_reach_and_the_page_is_this_machines_own(service: str) -> None:
    assert SERVICES[service].get("ports", []) == (["127.0.0.1:8080:8080"] if service == "bot" else [])


@pytest.mark.parametrize("unit", ["likeness.service", "likeness-worker@.service"])
def test_a_unit_runs_a_command_that_exists_as_a_user_without_rights(unit: str) -> None:
    text = (ROOT / "deploy" / unit).read_text("utf-8")
    (command,) = re.findall(r"^ExecStart=/opt/likeness/\.venv/bin/python -m bot (\w+)$", text, re.MULTILINE)
    assert command == ("worker" if "worker" in unit else "run")
    for line in ("User=likeness", "UMask=0077", "NoNewPrivileges=yes", "ProtectSystem=strict"):
        assert line in text.splitlines()
    lines = " ".join(re.findall(r"^(?:Unset)?Environment=(.*)$", text, re.MULTILINE))
    assert set(re.findall(r"\b([A-Z]+(?:_[A-Z]+)+)\b", lines)) <= known_settings()


def test_the_page_names_the_files_that_are_there() -> None:
    page = (ROOT / "docs" / "OPERATIONS.md").read_text("utf-8")
    for name in re.findall(r"deploy/[\w@.-]+", page):
        assert Path(ROOT / name).is_file(), name
