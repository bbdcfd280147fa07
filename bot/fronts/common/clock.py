"""The time as fronts read it."""

import time
from collections.abc import Callable
from typing import TypeAlias

Clock: TypeAlias = Callable[[], float]
"""Unix seconds."""


def unix_now() -> float:
    """Unix seconds by the machine's clock."""
    return time.time()


def unix_ms() -> int:
    """Unix milliseconds by the machine's clock."""
    return int(time.time() * 1000)


def seconds_since(moment: float) -> int:
    """Whole seconds since a moment in Unix seconds; 0 for one that lies ahead or was never set."""
    return max(0, round(unix_now() - moment)) if moment else 0
