"""Updates that Telegram posts to the web port, where the settings want it so."""

import asyncio
import hmac
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import structlog
from telegram import Bot, Update

from bot.fronts.common.app_port import ChatApp
from bot.fronts.telegram import PLATFORM
from bot.fronts.telegram.connection.polling import ALLOWED
from bot.settings import TelegramSettings

PATH = "/hooks/telegram"
"""Where the web port hears Telegram's posts."""
HEADER = "X-Telegram-Bot-Api-Secret-Token"
"""Carries the secret (Bot API: setWebhook, secret_token)."""

Take = Callable[[Update], "asyncio.Task[None]"]
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Webhook:
    """Address that Telegram posts updates to, and the secret it sends along."""

    url: str
    secret: str = field(repr=False)


def webhook_of(settings: TelegramSettings) -> Webhook | None:
    """Return the webhook, or None where Telegram is polled."""
    if not settings.webhook_secret:
        return None
    return Webhook(f"{(settings.public_url or '').rstrip('/')}{PATH}", settings.webhook_secret)


class WebhookReceiver:
    """Takes posted updates; each is confirmed when it has been dealt with, an album's photos at once."""

    def __init__(self, bot: Bot, app: ChatApp, take: Take, settings: Webhook) -> None:
        self._bot = bot
        self._app = app
        self._take = take
        self._settings = settings

    async def heard(self, headers: Mapping[str, str], body: bytes) -> bool:
        """Deal with a posted update; False for one that Telegram did not send."""
        given = next((value for name, value in headers.items() if name.lower() == HEADER.lower()), "")
        if not hmac.compare_digest(given.encode(), self._settings.secret.encode()):
            return False
        try:
            update = Update.de_json(json.loads(body), self._bot)
        except (ValueError, KeyError, TypeError):
            log.warning("update not understood")
            return True
        task = self._take(update)
        # The next photo of an album is only posted after this one was confirmed.
        if not (update.message and update.message.media_group_id):
            await asyncio.wait([task])
        return True

    async def run(self) -> None:
        """Tell Telegram where we are and listen until cancelled; raises TelegramError."""
        self._app.listen(PLATFORM, self.heard)
        await self._bot.set_webhook(self._settings.url, secret_token=self._settings.secret, allowed_updates=ALLOWED)
        await asyncio.Event().wait()
