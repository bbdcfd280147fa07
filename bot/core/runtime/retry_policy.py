"""How long a picture waits before it is tried again, and when it is not: pure, so that it can be checked whole."""

from collections.abc import Callable
from dataclasses import dataclass

from providers.contract import errors


@dataclass(frozen=True, slots=True, kw_only=True)
class RetryPolicy:
    """`first` seconds before the second try, twice as long before each later one, up to `longest`.

    `most` counts the tries for what a provider says passes; what was paid for in vain gets one more try.
    """

    most: int = 4
    first: float = 2.0
    longest: float = 60.0
    rest: float = 30.0
    """Seconds a model that failed several times in a row is left alone."""

    def pause(self, exc: errors.ProviderError, tries: int, chance: Callable[[], float]) -> float | None:
        """Seconds to wait after the try number `tries` (from 1) failed so, or None when that was the last.

        A try is repeated with proof that it was not paid for. One that was paid for and brought no picture, or brought
        none for nothing, gets one more, as does one that the provider asks to repeat. `chance` (0 to 1) spreads the
        waits so that pictures which failed together do not return together: "equal jitter", after M. Brooker,
        "Exponential Backoff and Jitter", AWS Architecture Blog, 2015. A wait that the provider asks for comes first;
        one longer than `longest` ends the tries.
        """
        match exc:
            case errors.NoImage() | errors.BadInput(again=True) | errors.Broken(again=True):
                return self._wait(1, None, chance) if tries < min(2, self.most) else None
            case errors.Unavailable(retry_after=asked) | errors.RateLimited(retry_after=asked):
                most = self.most if exc.cost == 0 else min(2, self.most)
                if tries >= most or (asked or 0.0) > self.longest:
                    return None
                return self._wait(tries, asked, chance)
            case _:
                return None

    def _wait(self, tries: int, asked: float | None, chance: Callable[[], float]) -> float:
        own = min(self.longest, self.first * 2.0 ** (tries - 1))
        least = asked if asked and asked > 0 else 0.0
        return max(least, own / 2) + own / 2 * chance()
