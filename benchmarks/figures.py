"""What a benchmark reports, and how durations are taken."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from statistics import quantiles

WARM_UP = 20
"""Calls before the first one that counts."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table: our figure beside its floor, taken in the same run."""

    what: str
    floor: float
    ours: float
    unit: str = "ms"

    @property
    def ratio(self) -> float:
        return self.ours / self.floor


def p95(samples: Sequence[float]) -> float:
    """The duration that 95 of 100 calls stay below."""
    return quantiles(samples, n=20)[-1]


async def paired(
    floor: Callable[[], object], ours: Callable[[], Awaitable[object]], times: int
) -> tuple[list[float], list[float]]:
    """Milliseconds of both, called in turn so that both meet the same machine; the floor runs in a thread."""
    floors: list[float] = []
    mine: list[float] = []
    for _ in range(WARM_UP + times):
        floors.append(await asyncio.to_thread(_timed, floor))
        begun = time.perf_counter()
        await ours()
        mine.append((time.perf_counter() - begun) * 1000)
    return floors[WARM_UP:], mine[WARM_UP:]


def _timed(call: Callable[[], object]) -> float:
    begun = time.perf_counter()
    call()
    return (time.perf_counter() - begun) * 1000
