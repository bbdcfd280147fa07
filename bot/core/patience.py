"""How long a picture waits before it is tried again, and when it is not: pure, so that it can be checked whole."""

from collections.abc import Callable
from dataclasses import dataclass

from providers import errors


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """`first` seconds before the second try, twice as long before each later one, up to `longest`.

    `most` counts the tries for what a provider says passes; an answer without a picture gets one more try.
    """

    most: int = 4
    first: float = 2.0
    longest: float = 60.0

    def pause(self, exc: errors.ProviderError, tries: int, chance: Callable[[], float]) -> float | None:
        """Seconds to wait after the try number `tries` (from 1) failed so, or None when that was the last.

        A try is repeated only with proof that it was not paid for, or for an answer that held no picture. Waits are
        spread by `chance` (0 to 1) so that pictures which failed together do not return together: "full jitter" over
        the upper half, after M. Brooker, "Exponential Backoff and Jitter", AWS Architecture Blog, 2015. What the
        provider asked to wait comes first, and one that asks for longer than `longest` is not waited for.
        """
        match exc:
            case errors.NoImage():
                return self._wait(1, None, chance) if tries < 2 else None
            case errors.Unavailable(retry_after=asked) | errors.RateLimited(retry_after=asked):
                if tries >= self.most or (asked or 0.0) > self.longest:
                    return None
                return self._wait(tries, asked, chance)
            case _:
                return None

    def _wait(self, tries: int, asked: float | None, chance: Callable[[], float]) -> float:
        own = min(self.longest, self.first * 2.0 ** (tries - 1))
        return max(asked or 0.0, own / 2) + own / 2 * chance()
