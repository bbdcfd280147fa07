"""One line of log a minute for each kind of trouble, however often a stranger causes it."""

import time
from collections.abc import Callable
from typing import Any

import structlog

_SECONDS = 60.0
_KINDS = 200

_log = structlog.get_logger(__name__)


class RareLog:
    """Logs the first event of a kind, then the next one after a minute with the number of those left out."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._kinds: dict[str, tuple[float, int]] = {}

    def warning(self, kind: str, **facts: Any) -> None:
        if (more := self._more(kind)) is not None:
            _log.warning(kind, **facts, **more)

    def exception(self, kind: str, error: BaseException, **facts: Any) -> None:
        """Log an error with its traceback; errors of one type at one place are one kind."""
        if (more := self._more(f"{kind} {type(error).__name__} {sorted(facts.items())}")) is not None:
            _log.error(kind, exc_info=error, **facts, **more)

    def _more(self, kind: str) -> dict[str, int] | None:
        """What to add to the line; None where there is to be none."""
        since, left_out = self._kinds.get(kind, (float("-inf"), 0))
        if self._clock() - since < _SECONDS:
            self._kinds[kind] = (since, left_out + 1)
            return None
        if len(self._kinds) >= _KINDS:
            self._kinds.clear()
        self._kinds[kind] = (self._clock(), 0)
        return {"more_since_last": left_out} if left_out else {}
