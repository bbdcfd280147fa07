"""How soon a picture is begun, how many come out in a second, and what that does to the event loop and to memory.

The goals: a stall of the loop of 10 ms at most (p99) and 50 ms (the longest), and 450 MB. The floor of a start is a row
written and committed by hand; of the rate, straight code in two threads; of the loop and of memory, the same process
before anything is drawn. The queues are looked at every 100 ms, so a start cannot come much sooner than half of that.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from pathlib import Path
from statistics import median, quantiles

from benchmarks.figures import Figure, p95
from benchmarks.floor import Floor
from benchmarks.inputs import Pictures
from benchmarks.load import Crowd, crowd

WAITING = 500
STARTS = 30
IMAGES, WARM_UP = 240, 48
LOOK = 0.005
"""Seconds between looks at how late the loop is."""
SLOW = 0.5
"""Seconds the model takes while a queue is waited behind."""


async def figures(folder: Path) -> Sequence[Figure]:
    (folder / "floor").mkdir()
    floor, pictures = Floor(folder / "floor"), Pictures()
    commits = [_timed(floor) for _ in range(STARTS)]
    least = _straight(floor, pictures)  # in threads of its own: nothing else runs yet
    before = _memory()
    async with crowd(folder) as people:
        async with _stalls() as still:
            await asyncio.sleep(2.0)
        idle = [await _start(people, 1, f"idle {number}") for number in range(STARTS)]
        async with _stalls() as busy:
            ours = await _rate(people)
        behind = await _behind(people)
        memory = _memory()
    return [
        Figure("start of a call, idle, median", median(commits), median(idle)),
        Figure("start of a call, idle, p95", p95(commits), p95(idle)),
        Figure(f"start behind another's {WAITING} queued, median", median(commits), median(behind)),
        Figure(f"start behind another's {WAITING} queued, p95", p95(commits), p95(behind)),
        Figure("images with an instant model (more is better)", least, ours, "images/s"),
        Figure("stall of the loop while drawing, p99", quantiles(still, n=100)[-1], quantiles(busy, n=100)[-1]),
        Figure("stall of the loop while drawing, longest", max(still), max(busy)),
        Figure("memory with 24 images in flight", before, memory, "MB"),
    ]


async def _start(people: Crowd, person: int, words: str) -> float:
    """Milliseconds from a command to the call of the model."""
    asked = time.perf_counter()
    result = await people.imagine(person, words=words)
    await result
    return (people.model.begun[words] - asked) * 1000


async def _behind(people: Crowd) -> list[float]:
    """Starts while another person has hundreds of pictures waiting."""
    people.model.delay = SLOW
    waiting = [await people.imagine(0, count=20, words="a long queue") for _ in range(WAITING // 20)]
    samples = [await _start(people, 2 + number, f"behind {number}") for number in range(20)]
    people.model.delay = 0.0
    await asyncio.gather(*waiting)
    return samples


async def _rate(people: Crowd) -> float:
    await people.busy(WARM_UP, 0)
    begun = time.perf_counter()
    await people.busy(IMAGES, 0)
    return IMAGES / (time.perf_counter() - begun)


def _straight(floor: Floor, pictures: Pictures) -> float:
    """Images per second of straight code in two threads."""
    with ThreadPoolExecutor(2) as threads:
        begun = time.perf_counter()
        list(threads.map(lambda _: floor.image([], pictures.new()), range(IMAGES)))
    return IMAGES / (time.perf_counter() - begun)


@asynccontextmanager
async def _stalls() -> AsyncIterator[list[float]]:
    """Milliseconds by which the loop was late, look by look."""
    late: list[float] = []

    async def watch() -> None:
        while True:
            begun = time.perf_counter()
            await asyncio.sleep(LOOK)
            late.append(max(0.0, time.perf_counter() - begun - LOOK) * 1000)

    task = asyncio.create_task(watch())
    yield late
    task.cancel()


def _timed(floor: Floor) -> float:
    begun = time.perf_counter()
    floor.rows()
    return (time.perf_counter() - begun) * 1000


def _memory() -> float:
    """Megabytes this process holds now."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0
