"""One image through everything, engine included: request, drawing, bytes, thumbnail, money, delivery.

The goals: at most 1.4 × the floor's CPU time for an image of one reference, and 28 / 15 / 6 images per second with
0 / 1 / 4 references on two cores (there more is better). Each photo is a new JPEG of 12 megapixels and 1 MB, each
picture a new PNG of 1024 px; ours stores photos twice as large as the floor does and looks for faces on them too.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from benchmarks.figures import Figure
from benchmarks.floor import Floor
from benchmarks.inputs import Photos, Pictures
from benchmarks.load import crowd

IMAGES = {0: 240, 1: 192, 4: 96}
"""How many images are drawn by the number of their references."""
WARM_UP = 48
THREADS = 2


@dataclass(frozen=True, slots=True)
class Effort:
    """Milliseconds of CPU time per image over all threads, and images per second of real time."""

    cpu: float
    rate: float


async def figures(folder: Path) -> Sequence[Figure]:
    found: list[Figure] = []
    (folder / "floor").mkdir()
    floor, photos, pictures = Floor(folder / "floor"), Photos(), Pictures()
    async with crowd(folder) as people:
        with ThreadPoolExecutor(THREADS) as threads:

            async def straight(images: int, references: int) -> None:
                """Two threads, each of which works off every other image."""
                loop = asyncio.get_running_loop()
                halves = [images // THREADS] * THREADS
                work = (loop.run_in_executor(threads, half, count, references) for count in halves)
                await asyncio.gather(*work)

            def half(images: int, references: int) -> None:
                for _ in range(images):
                    floor.image([photos.new() for _ in range(references)], pictures.new())

            for references, images in IMAGES.items():
                least = await _effort(straight, images, references)
                ours = await _effort(people.busy, images, references)
                what = f"{references} reference{'s' if references != 1 else ''}"
                found.append(Figure(f"CPU per image, {what}", least.cpu, ours.cpu))
                found.append(Figure(f"on two cores, {what}", least.rate, ours.rate, "images/s"))
    return found


async def _effort(draw: Callable[[int, int], Awaitable[None]], images: int, references: int) -> Effort:
    await draw(WARM_UP, references)
    begun, busy = time.perf_counter(), time.process_time()
    await draw(images, references)
    busy, passed = time.process_time() - busy, time.perf_counter() - begun
    return Effort(busy * 1000 / images, images / passed)
