"""What the settings of Telegram may be, and what is said about those that cannot be used."""

import pytest

from bot.fronts.telegram.connection.webhook import webhook_of
from bot.settings import SettingError, TelegramSettings
from tests.servers.telegram import TOKEN


def test_a_token_is_enough() -> None:
    settings = TelegramSettings.read({"TELEGRAM_TOKEN": TOKEN})
    assert settings.base_url == "https://api.telegram.org/bot"
    assert settings.base_file_url == "https://api.telegram.org/file/bot"
    assert settings.official
    assert webhook_of(settings) is None


@pytest.mark.parametrize("address", ["http://127.0.0.1:8081", "http://127.0.0.1:8081/", "http://127.0.0.1:8081/bot"])
def test_another_server_is_named_with_or_without_its_path(address: str) -> None:
    settings = TelegramSettings.read({"TELEGRAM_TOKEN": TOKEN, "TELEGRAM_BASE_URL": address})
    assert settings.base_url == "http://127.0.0.1:8081/bot"
    assert settings.base_file_url == "http://127.0.0.1:8081/file/bot"
    assert not settings.official


def test_a_webhook_stands_on_the_web_port() -> None:
    env = {
        "TELEGRAM_TOKEN": TOKEN,
        "TELEGRAM_WEBHOOK_SECRET": "hush-hush-hush-hush",
        "PUBLIC_URL": "https://pictures.example.org/",
    }
    webhook = webhook_of(TelegramSettings.read(env))
    assert webhook
    assert webhook.url == "https://pictures.example.org/hooks/telegram"


@pytest.mark.parametrize(
    ("env", "words"),
    [
        ({"TELEGRAM_TOKEN": "nonsense"}, "TELEGRAM_TOKEN: this is no bot token"),
        ({"TELEGRAM_BASE_URL": "localhost"}, "TELEGRAM_BASE_URL: 'localhost' is not an address"),
        ({"TELEGRAM_BASE_FILE_URL": "files"}, "TELEGRAM_BASE_FILE_URL: 'files' is not an address"),
        ({"TELEGRAM_WEBHOOK_SECRET": "hush-hush-hush-hush"}, "PUBLIC_URL: Telegram posts to https addresses alone"),
        (
            {"TELEGRAM_WEBHOOK_SECRET": "a b", "PUBLIC_URL": "https://x.example"},
            "TELEGRAM_WEBHOOK_SECRET: use 16 to 256 letters",
        ),
    ],
)
def test_what_cannot_be_used_is_said_with_the_fix(env: dict[str, str], words: str) -> None:
    with pytest.raises(SettingError) as caught:
        TelegramSettings.read({"TELEGRAM_TOKEN": TOKEN, **env})
    assert words in str(caught.value)
