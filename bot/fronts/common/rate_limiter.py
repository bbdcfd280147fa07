"""When the next message may go out, within a platform's limits for a chat, a group and all chats together."""

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

SECOND, MINUTE = 1.0, 60.0
_MANY = 1000
"""Chats remembered before those at rest are forgotten."""


@dataclass(frozen=True, slots=True)
class Rates:
    """A platform's limits: seconds between messages of a chat, messages a minute in a group, and a second in all."""

    spacing: float
    per_minute: int
    per_second: int


@dataclass(slots=True)
class _Chat:
    free_at: float = 0.0
    sent: deque[float] = field(default_factory=deque)
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)


class RateLimiter:
    """Gives out turns in each chat, in the order they are asked for; `is_group` says where the minute's limit holds."""

    def __init__(self, rates: Rates, is_group: Callable[[int], bool]) -> None:
        self._rates = rates
        self._is_group = is_group
        self._chats: dict[int, _Chat] = {}
        self._sent: deque[float] = deque()
        self._next = asyncio.Lock()

    async def turn(self, chat: int, weight: int = 1) -> None:
        """Wait until `weight` messages may be sent to a chat."""
        state = self._chat(chat)
        async with state.turn:
            await self._rest(chat, weight)
            async with self._next:
                await asyncio.sleep(self._wait_for_all(weight))
                now = _now()
                self._sent.extend([now] * weight)
            state.free_at = max(state.free_at, now + self._rates.spacing)
            state.sent.extend([now] * weight)

    def hold(self, chat: int, seconds: float) -> None:
        """Be silent in a chat for some seconds, as the platform asked."""
        state = self._chat(chat)
        state.free_at = max(state.free_at, _now() + seconds)

    def idle(self, chat: int) -> bool:
        """Whether something unimportant may go out now without making anything else wait."""
        if self._chat(chat).turn.locked() or self._wait_for_all(self._rates.per_second // 2) > 0:
            return False
        return self._wait(chat, max(1, self._rates.per_minute // 2 if self._is_group(chat) else 1)) <= 0

    async def _rest(self, chat: int, weight: int) -> None:
        if (seconds := self._wait(chat, weight)) > 0:
            await asyncio.sleep(seconds)
            await self._rest(chat, weight)  # silence may have been asked for meanwhile

    def _wait(self, chat: int, weight: int) -> float:
        state, now = self._chat(chat), _now()
        until = _free(state.sent, MINUTE, self._rates.per_minute - weight)
        return max(0.0, state.free_at - now, until - now if self._is_group(chat) else 0.0)

    def _wait_for_all(self, weight: int) -> float:
        return max(0.0, _free(self._sent, SECOND, self._rates.per_second - weight) - _now())

    def _chat(self, chat: int) -> _Chat:
        if chat not in self._chats and len(self._chats) >= _MANY:
            past = _now() - MINUTE
            self._chats = {id_: one for id_, one in self._chats.items() if one.free_at > past or one.turn.locked()}
        return self._chats.setdefault(chat, _Chat())


def _now() -> float:
    return asyncio.get_running_loop().time()


def _free(sent: deque[float], window: float, most: int) -> float:
    """When no more than `most` of the messages that went out still lie in the window."""
    past = _now() - window
    while sent and sent[0] <= past:
        sent.popleft()
    over = len(sent) - max(0, most)
    return sent[over - 1] + window if over > 0 else 0.0
