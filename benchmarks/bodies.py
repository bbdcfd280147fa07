"""How long the event loop stands still while a request with 14 photos of 600 kB each is built and sent.

The goal is 40 ms at most. The floor sends the photos through aiohttp as they are. The server is another process, and
refuses the call once it has all of it. A figure is the median of the longest stalls of several calls.
"""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from statistics import median

import aiohttp

from benchmarks.figures import Figure
from benchmarks.sink import sink
from providers.contract.errors import Unavailable
from providers.contract.model import Model
from providers.contract.provider import Provider, Reference, Request, Setup
from providers.registry import factory, load_models

SETTINGS = {
    "gemini": ("GEMINI_API_KEY", "GOOGLE_GEMINI_BASE_URL", ""),
    "replicate": ("REPLICATE_API_TOKEN", "REPLICATE_BASE_URL", ""),
    "fal": ("FAL_KEY", "FAL_QUEUE_URL", ""),
    "openai": ("OPENAI_API_KEY", "OPENAI_BASE_URL", "/v1"),
}
"""Of each provider the settings of its key and its address, and the path its address ends in."""
PHOTOS = 14
BYTES = 600_000
WARM_UP = 2
TIMES = 15
TICK = 0.001
"""Seconds between two looks at the clock."""


async def figures(folder: Path) -> Sequence[Figure]:
    photos = tuple(Reference(random.Random(number).randbytes(BYTES), "image/jpeg", "face") for number in range(PHOTOS))
    with sink() as address:
        return [await _figure(name, address, photos) for name in SETTINGS]


async def _figure(name: str, address: str, photos: tuple[Reference, ...]) -> Figure:
    models = tuple(model for model in load_models().models if model.provider == name)
    provider = _built(name, address, models)
    model = max(models, key=lambda model: model.capabilities.max_references)
    sent = photos[: model.capabilities.max_references]
    request = Request(model.id, "the same person at the sea", sent)
    body = b"".join(photo.data for photo in sent)

    async def floor() -> None:
        async with aiohttp.ClientSession() as session, session.post(address, data=BytesIO(body)) as answer:
            await answer.read()

    async def ours() -> None:
        with suppress(Unavailable):  # as it is told
            await provider.submit(request, "0" * 32)

    floors, mine = [], []
    for _ in range(WARM_UP + TIMES):
        floors.append(await longest_stall(floor))
        mine.append(await longest_stall(ours))
    await provider.aclose()
    what = f"median stall, {name}, {len(sent)} photos"
    return Figure(what, median(floors[WARM_UP:]), median(mine[WARM_UP:]))


def _built(name: str, address: str, models: tuple[Model, ...]) -> Provider:
    key, url, path = SETTINGS[name]
    settings = {key: "key", url: address + path}
    return factory(name)(Setup(settings=settings, models=models, run=asyncio.to_thread, faces=_nobody))


async def _nobody(data: bytes) -> Sequence[tuple[int, int, int, int]]:
    return ()


async def longest_stall(work: Callable[[], Awaitable[None]]) -> float:
    """Milliseconds for which nothing else ran on the loop while `work` did, at the longest."""
    longest = 0.0

    async def watch() -> None:
        nonlocal longest
        seen = time.perf_counter()
        while True:
            await asyncio.sleep(TICK)
            now = time.perf_counter()
            longest, seen = max(longest, now - seen - TICK), now

    watching = asyncio.create_task(watch())
    await asyncio.sleep(0)
    await work()
    await asyncio.sleep(TICK)
    watching.cancel()
    return longest * 1000
