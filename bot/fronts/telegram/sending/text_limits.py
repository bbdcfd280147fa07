"""Telegram's limits for texts, in UTF-16 code units."""

from functools import partial

from bot.fronts.common import text_limits

CAPTION = 1024
"""Bot API: sendPhoto, caption."""
MESSAGE = 4096
"""Bot API: sendMessage, text."""
POPUP = 200
"""Bot API: answerCallbackQuery, text."""
length = text_limits.utf16_units
cut = partial(text_limits.cut, length=length)
split = partial(text_limits.split, most=MESSAGE, length=length)
