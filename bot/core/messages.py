"""The values of a chat under the name scripts outside this repository import them by; here it is `chat.messages`."""

from bot.core.chat.messages import Say, Show

__all__ = ["Say", "Show"]
