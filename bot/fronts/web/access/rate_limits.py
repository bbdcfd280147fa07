"""Bounds on how often somebody may do something, counted in memory over a sliding window."""

import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass

_KEYS = 10_000
"""Keys that are remembered; the one unused for longest makes room."""


@dataclass(frozen=True, slots=True)
class Rate:
    """At most `most` events in `seconds`."""

    most: int
    seconds: float = 60.0


RATES: Mapping[str, Rate] = {
    "typed": Rate(60),
    "filled": Rate(60),
    "file": Rate(60),
    "pressed": Rate(240),
    "reacted": Rate(240),
    "change": Rate(60),
    "suggestion": Rate(600),
    "picture": Rate(1200),
    "socket": Rate(60),
}
"""What one person may do a minute; a button that cancels counts as "pressed"."""
STRANGER = Rate(120)
"""Requests a minute from one address at the pages that are open to strangers."""


class RateLimiter:
    """Counts events by key, such as a person's id or an address."""

    def __init__(self, rate: Rate, clock: Callable[[], float] = time.monotonic) -> None:
        self._rate = rate
        self._clock = clock
        self._times: dict[str, deque[float]] = {}

    def take(self, key: str, count: int = 1) -> float | None:
        """Count `count` events; the seconds to wait where that is too many, and then nothing is counted."""
        times = self._recent(key)
        if times and len(times) + count > self._rate.most:
            return times[0] + self._rate.seconds - self._clock()
        times.extend([self._clock()] * count)
        return None

    def is_full(self, key: str) -> bool:
        """Whether no further event of a key fits."""
        return len(self._recent(key)) >= self._rate.most

    def _recent(self, key: str) -> deque[float]:
        """The times that still count, under what is now the youngest key."""
        times = self._times.pop(key, None) or deque[float]()
        self._times[key] = times
        while times and times[0] <= self._clock() - self._rate.seconds:
            times.popleft()
        if len(self._times) > _KEYS:
            del self._times[next(iter(self._times))]
        return times
