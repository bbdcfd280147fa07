"""How fast the front talks, in seconds; tests talk faster."""

from dataclasses import dataclass

from bot.fronts.common.rate_limiter import Rates


@dataclass(frozen=True, slots=True)
class Timing:
    """Telegram's limits and our own waits.

    Source of the limits: Telegram's Bots FAQ, "My bot is hitting limits"; python-telegram-bot's constants.FloodLimit.
    """

    rates: Rates = Rates(spacing=1.0, per_minute=20, per_second=30)  # noqa: RUF009  frozen
    tick: float = 3.0
    """Between two edits of progress; twice that in a group."""
    breath: float = 15.0
    """After which progress is edited although only the seconds changed."""
    album: float = 1.5
    """Without another photo, after which an album is complete."""
    prompt: float = 2.0
    """After which a press is answered though its work goes on (clients give up after about 10 s)."""
    retry: float = 3.0
    """Before Telegram is asked again after a failure."""
    last_words: float = 3.0
    """That running work may take to end when the front is stopped."""
