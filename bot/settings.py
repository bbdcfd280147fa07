"""The settings of the program as one typed table, in groups; each room gets its own group, frozen.

A provider's settings stand in its declaration (providers/contract/settings.py). `python -m bot.settings_docs` makes the
pages from both.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal

from pydantic_settings import NoDecode

from bot.setting_group import Group, row
from bot.setting_types import (
    COPY_DISCORD,
    Admins,
    DiscordToken,
    Microdollars,
    Networks,
    Port,
    address,
    is_hard_to_guess,
    is_loopback,
    matching,
    one_of,
)
from providers.contract.errors import SettingError as SettingError

_TOOLS: Mapping[str, str] = {"s3": "AWS_", "gs": "GOOGLE_", "az": "AZURE_"}
"""Prefix of the settings of a picture server, by the scheme of BLOB_URL."""
TELEGRAM = "https://api.telegram.org"
_COPY_TELEGRAM = "this is no bot token: copy the whole line that @BotFather sent you"
_BOT_TOKEN = re.compile(r"\d{3,20}:[A-Za-z0-9_-]{20,100}")
_SECRET = re.compile(r"[A-Za-z0-9_-]{16,256}")
"""Bot API: setWebhook, secret_token, which may be shorter there; anybody may post to the hook and guess."""
_REACHABLE = (
    "WEB_HOST is reachable by others: set WEB_TOKEN to a long random text, with which its operator signs in first, "
    "or set WEB_HOST to 127.0.0.1"
)
_WEAK = "it is too easy to guess: use 16 characters or more, such as what `openssl rand -base64 24` prints"


class StorageSettings(Group):
    title = "Data"
    data_dir: Path = row(
        "DATA_DIR", "folder for the database, the pictures and the lock; one process works in it at a time", "`data`",
        value=Path("data"),
    )  # fmt: skip
    database_url: str | None = row(
        "DATABASE_URL",
        "another database, as services hand it out: `postgresql://user@host/database?sslmode=require` or `sqlite:///…`",
        "one SQLite file in `DATA_DIR`", secret=True,
    )  # fmt: skip
    database_password: str | None = row(
        "DATABASE_PASSWORD",
        "its password, as it is, where the address has none (there it must be escaped); in `.env` in single quotes if "
        "it has a `#` or a space",
        "none", secret=True,
    )  # fmt: skip


class PictureSettings(Group):
    """Where pictures are stored, the keys that encrypt them, and the credentials of the server."""

    title = "Pictures"
    url: str | None = row(
        "BLOB_URL", "another place for pictures: `s3://bucket`, `gs://bucket` or `az://container`",
        "a folder in `DATA_DIR`",
    )  # fmt: skip
    key: str | None = row(
        "BLOB_KEY",
        "encrypts stored pictures (AES-256-GCM): 32 random bytes in base64, such as `openssl rand -base64 32` prints; "
        "to change it, see [docs/OPERATIONS.md](docs/OPERATIONS.md#another-key-for-the-pictures)",
        "not encrypted", secret=True,
    )  # fmt: skip
    key_old: str | None = row(
        "BLOB_KEY_OLD", "the key until now, while `.venv/bin/python -m bot rekey` brings the pictures to the one above",
        "none", secret=True,
    )  # fmt: skip
    aws_endpoint_url: Annotated[str | None, address("http://127.0.0.1:9000", "http", "https")] = row(
        "AWS_ENDPOINT_URL", "for `s3://`: another server than Amazon's", "Amazon's"
    )
    aws_region: str | None = row("AWS_REGION", "for `s3://`: the bucket's region", "`us-east-1`")
    aws_access_key_id: str | None = row(
        "AWS_ACCESS_KEY_ID", "for `s3://`: the name of the key", "that of the machine's role", secret=True
    )
    aws_secret_access_key: str | None = row(
        "AWS_SECRET_ACCESS_KEY", "for `s3://`: its secret", "that of the machine's role", secret=True
    )
    google_application_credentials: str | None = row(
        "GOOGLE_APPLICATION_CREDENTIALS", "for `gs://`: the file of a service account", "that of the machine's role"
    )
    azure_storage_account_name: str | None = row("AZURE_STORAGE_ACCOUNT_NAME", "for `az://`: the account", "none")
    azure_storage_account_key: str | None = row(
        "AZURE_STORAGE_ACCOUNT_KEY", "for `az://`: its key", "that of the machine's role", secret=True
    )

    @property
    def options(self) -> dict[str, str]:
        """The credentials of the server of `url`, under the names of its own tools."""
        prefix = _TOOLS.get((self.url or "").partition(":")[0])
        found = self.model_dump(by_alias=True, exclude_none=True)
        return {name: value for name, value in found.items() if prefix and name.startswith(prefix)}


class JobsGroup(Group):
    title = "Processes"
    executor_id: str | None = row(
        "EXECUTOR_ID", "name of this process among those that share a database; no two may have the same",
        "`run-` or `worker-` and the host's name",
    )  # fmt: skip


class LogSettings(Group):
    title = "Log"
    format: Annotated[Literal["console", "json"], one_of("console", "json")] = row(
        "LOG_FORMAT", "`console` or `json`", "`console`", value="console"
    )
    level: Annotated[
        Literal["debug", "info", "warning", "error"] | None, one_of("debug", "info", "warning", "error")
    ] = row("LOG_LEVEL", "`debug`, `info`, `warning` or `error`", "`info`; `warning` in the terminal chat")


class WebSettings(Group):
    """Where the web chat listens, who may enter, and the proxies in front of it.

    With a `token` people have accounts, and the token is the operator's first way in; without one the chat is its
    owner's alone. `trusted_proxies` may say for whom they ask.
    """

    title = "Web chat"
    host: str = row(
        "WEB_HOST",
        "address the web chat listens on; others reach it on `0.0.0.0`, which needs `WEB_TOKEN`",
        "`127.0.0.1`",
        value="127.0.0.1",
    )
    port: Port = row("WEB_PORT", "its port; 0 is any free one", "`8080`", value=8080)
    token: Annotated[str | None, matching(is_hard_to_guess, _WEAK)] = row(
        "WEB_TOKEN",
        "gives people accounts: a random text of 16 characters or more, such as `openssl rand -base64 24` prints, with "
        "which you, the operator, sign in first and invite the others. Needed when `WEB_HOST` is not loopback",
        "none: the chat is yours alone", secret=True,
    )  # fmt: skip
    public_url: Annotated[str | None, address("https://pictures.example.org", "http", "https")] = row(
        "PUBLIC_URL",
        "the address people use when a proxy stands in front, such as `https://pictures.example.org`",
        "none",
    )
    trusted_proxies: Annotated[Networks, NoDecode] = row(
        "TRUSTED_PROXIES",
        "proxies whose `X-Forwarded-For` and `X-Forwarded-Proto` are believed: addresses or networks, such as "
        "`127.0.0.1, 10.0.0.0/8`",
        "none", value=(),
    )  # fmt: skip

    def model_post_init(self, _: Any) -> None:
        """Raise SettingError for a chat that others reach without a token."""
        if self.token is None and not is_loopback(self.host):
            raise SettingError("WEB_TOKEN", _REACHABLE)

    @property
    def reach(self) -> str:
        """The host a person on this machine types for an address that `host` listens on."""
        if self.host in ("0.0.0.0", "::", ""):  # noqa: S104  compared with, not bound to
            return "127.0.0.1"
        return f"[{self.host}]" if ":" in self.host else self.host


class AccessSettings(Group):
    """People who operate the bot, and its spending limit in microdollars."""

    title = "People and money"
    admins: Annotated[Admins, NoDecode] = row(
        "ADMINS", "who operates the bot on other platforms: `platform:id, platform:id`", "nobody", value=frozenset()
    )
    access: Annotated[Literal["open", "allowlist"] | None, one_of("allowlist", "open")] = row(
        "ACCESS", "`open`, or `allowlist`: operators, and the people and places they let in with `/admin allow`",
        "`open`; `allowlist` once a model costs money",
    )  # fmt: skip
    spend_month: Microdollars = row(
        "SPEND_LIMIT_USD_MONTH", "what the whole bot may spend in a month, in dollars", "`50`", value=50_000_000
    )
    public_url: str | None = row("PUBLIC_URL", "", "")
    web_host: str = row("WEB_HOST", "", "", value="127.0.0.1")
    web_port: str = row("WEB_PORT", "", "", value="8080")
    web_token: str | None = row("WEB_TOKEN", "", "", secret=True)

    @property
    def web(self) -> str | None:
        """Address of the web chat that people can be sent to: the public one where they sign in, or this machine's."""
        if self.public_url and self.web_token:
            return self.public_url.rstrip("/")
        return f"http://{self.web_host}:{self.web_port}" if self.web_host in ("127.0.0.1", "localhost") else None


class ModelSettings(Group):
    title = "Models"
    models_file: Path | None = row(
        "MODELS_FILE",
        "a list of models in place of `providers/models.toml`; with `shipped = true` in it, the shipped models follow "
        "its own",
        "that file",
    )  # fmt: skip


class TerminalSettings(Group):
    title = "Terminal"
    lang: str = row("LANG", "language of the terminal chat, as terminals set it", "English", value="en")

    @property
    def locale(self) -> str:
        return self.lang.partition(".")[0]


class DiscordSettings(Group):
    """The bot's token; the API and the gateway where they are not Discord's own."""

    title = "Discord"
    advice: ClassVar = {"DISCORD_TOKEN": COPY_DISCORD}
    token: DiscordToken = row(
        "DISCORD_TOKEN",
        "turns Discord on: the token of your application's bot, see [docs/DISCORD.md](docs/DISCORD.md)",
        "off", value=..., secret=True,
    )  # fmt: skip
    api_url: Annotated[str | None, address("https://discord.com/api/v10", "http", "https")] = row(
        "DISCORD_API_URL", "another server's API instead of Discord's", "Discord's"
    )
    gateway_url: Annotated[str | None, address("wss://gateway.discord.gg", "ws", "wss")] = row(
        "DISCORD_GATEWAY_URL", "that server's gateway", "Discord's"
    )


class TelegramSettings(Group):
    """How to reach the Bot API; without a webhook it is polled."""

    title = "Telegram"
    advice: ClassVar = {"TELEGRAM_TOKEN": _COPY_TELEGRAM}
    token: Annotated[str, matching(_BOT_TOKEN.fullmatch, _COPY_TELEGRAM)] = row(
        "TELEGRAM_TOKEN", "turns Telegram on: the token that @BotFather gave, see [docs/TELEGRAM.md](docs/TELEGRAM.md)",
        "off", value=..., secret=True,
    )  # fmt: skip
    server: Annotated[str, address("http://127.0.0.1:8081", "http", "https")] = row(
        "TELEGRAM_BASE_URL", "a Bot API server of your own", "Telegram's", value=TELEGRAM
    )
    files: Annotated[str | None, address("http://127.0.0.1:8081", "http", "https")] = row(
        "TELEGRAM_BASE_FILE_URL", "where that server's files are", "as `TELEGRAM_BASE_URL`"
    )
    webhook_secret: Annotated[
        str | None, matching(_SECRET.fullmatch, "use 16 to 256 letters, digits, _ and -")
    ] = row(
        "TELEGRAM_WEBHOOK_SECRET",
        "lets Telegram post to `PUBLIC_URL` instead of being polled: 16 random letters and digits or more",
        "polled", secret=True,
    )  # fmt: skip
    public_url: str | None = row("PUBLIC_URL", "", "")

    def model_post_init(self, _: Any) -> None:
        """Raise SettingError for a webhook that Telegram would not post to."""
        if self.webhook_secret and not (self.public_url or "").startswith("https://"):
            raise SettingError(
                "PUBLIC_URL", "Telegram posts to https addresses alone: set it, or unset TELEGRAM_WEBHOOK_SECRET"
            )

    @property
    def base_url(self) -> str:
        return f"{self.server.removesuffix('/bot')}/bot"

    @property
    def base_file_url(self) -> str:
        address_ = self.files or self.server.removesuffix("/bot")
        return address_ if address_.endswith("/file/bot") else f"{address_}/file/bot"

    @property
    def official(self) -> bool:
        """Whether this is Telegram's own server, whose limits for files are lower than a self-hosted one's."""
        return self.base_url.startswith(TELEGRAM)


GROUPS: tuple[type[Group], ...] = (
    StorageSettings, PictureSettings, JobsGroup, LogSettings, WebSettings, AccessSettings, ModelSettings,
    DiscordSettings, TelegramSettings, TerminalSettings,
)  # fmt: skip


class Settings:
    """The settings of one start. A group is read when its room asks for it; the property raises SettingError."""

    def __init__(self, given: Mapping[str, str] | None = None, unknown: tuple[str, ...] = ()) -> None:
        self.unknown = unknown
        """Keys of the file that nobody reads."""
        self._given = {key: text for key, value in (given or {}).items() if (text := value.strip())}

    def __repr__(self) -> str:
        return f"Settings({', '.join(sorted(self._given))})"

    def is_set(self, key: str) -> bool:
        return key in self._given

    def of(self, keys: Iterable[str]) -> dict[str, str]:
        """The texts of some keys, such as those that a provider declares."""
        return {key: self._given[key] for key in keys if key in self._given}

    @cached_property
    def storage(self) -> StorageSettings:
        return StorageSettings.read(self._given)

    @cached_property
    def pictures(self) -> PictureSettings:
        return PictureSettings.read(self._given)

    @cached_property
    def jobs(self) -> JobsGroup:
        return JobsGroup.read(self._given)

    @cached_property
    def logs(self) -> LogSettings:
        return LogSettings.read(self._given)

    @cached_property
    def web(self) -> WebSettings:
        return WebSettings.read(self._given)

    @cached_property
    def access(self) -> AccessSettings:
        return AccessSettings.read(self._given)

    @cached_property
    def models(self) -> ModelSettings:
        return ModelSettings.read(self._given)

    @cached_property
    def terminal(self) -> TerminalSettings:
        return TerminalSettings.read(self._given)

    @cached_property
    def discord(self) -> DiscordSettings:
        return DiscordSettings.read(self._given)

    @cached_property
    def telegram(self) -> TelegramSettings:
        return TelegramSettings.read(self._given)
