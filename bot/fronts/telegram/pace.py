"""When the next message may go out: one a second in a chat and twenty a minute in a group.

Source: Telegram's Bots FAQ, "My bot is hitting limits"; python-telegram-bot's constants.FloodLimit.
"""

import asyncio
from collections import deque
from dataclasses import dataclass, field

MINUTE = 60.0
_MANY = 1000
"""Chats remembered before those at rest are forgotten."""


@dataclass(frozen=True, slots=True)
class Tempo:
    """How fast the front talks, in seconds; tests talk faster."""

    spacing: float = 1.0
    per_minute: int = 20
    tick: float = 3.0
    """Between two edits of progress; twice that in a group."""
    breath: float = 15.0
    """After which progress is shown anew though only the seconds changed."""
    album: float = 1.5
    """Without another photo, after which an album is complete."""
    prompt: float = 2.0
    """After which a press is answered though its work goes on (clients give up after about 10 s)."""
    retry: float = 3.0
    """Before Telegram is asked again after a failure."""


@dataclass(slots=True)
class _Chat:
    free_at: float = 0.0
    sent: deque[float] = field(default_factory=deque)
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)


class Pace:
    """Gives out turns in each chat, in the order they are asked for."""

    def __init__(self, tempo: Tempo) -> None:
        self._spacing = tempo.spacing
        self._per_minute = tempo.per_minute
        self._chats: dict[int, _Chat] = {}

    async def turn(self, chat: int, weight: int = 1) -> None:
        """Wait until `weight` messages may be sent to a chat."""
        state = self._chat(chat)
        async with state.turn:
            await asyncio.sleep(self._wait(chat, weight))
            now = _now()
            state.free_at = now + self._spacing
            state.sent.extend([now] * weight)

    def hold(self, chat: int, seconds: float) -> None:
        """Be silent in a chat for some seconds, as Telegram asks us to."""
        state = self._chat(chat)
        state.free_at = max(state.free_at, _now() + seconds)

    def idle(self, chat: int) -> bool:
        """Whether something unimportant may go out now without making anything else wait."""
        half = self._per_minute // 2
        return not self._chat(chat).turn.locked() and self._wait(chat, max(1, half if chat < 0 else 1)) <= 0

    def _wait(self, chat: int, weight: int) -> float:
        state, now = self._chat(chat), _now()
        while state.sent and state.sent[0] <= now - MINUTE:
            state.sent.popleft()
        over = len(state.sent) + weight - self._per_minute
        full = chat < 0 and over > 0 and bool(state.sent)
        until = state.sent[min(over, len(state.sent)) - 1] + MINUTE if full else 0.0
        return max(0.0, state.free_at - now, until - now)

    def _chat(self, chat: int) -> _Chat:
        if chat not in self._chats and len(self._chats) >= _MANY:
            past = _now() - MINUTE
            self._chats = {id_: one for id_, one in self._chats.items() if one.free_at > past or one.turn.locked()}
        return self._chats.setdefault(chat, _Chat())


def _now() -> float:
    return asyncio.get_running_loop().time()
