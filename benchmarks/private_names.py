"""Gain of each private method of a library that we override or call, beside the library's own way (the floor).

A ratio of 0.9 and less pays for the private names, which tests/test_private_names.py watches. Durations are medians of
calls taken in turn.
"""

import asyncio
import base64
import random
import time
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from statistics import median
from typing import Any

from google.genai import types
from sqlalchemy import event, text
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from benchmarks.bodies import BYTES, PHOTOS
from benchmarks.figures import WARM_UP, Figure
from providers.gemini.body import Photos
from storage.db.sqlite import driver

TIMES = 400
TURNS = 15
ROWS = 50


async def figures(folder: Path) -> Sequence[Figure]:
    theirs, ours = await _engine(folder / "theirs", {}), await _engine(folder / "ours", {"module": driver()})
    found = [
        await _compared("SQLite: read 1 row", theirs, ours, _read(1)),
        await _compared(f"SQLite: read {ROWS} rows", theirs, ours, _read(ROWS)),
        await _compared("SQLite: write 3 statements", theirs, ours, _write),
        await _compared("SQLite: write 3 statements, short", theirs, ours, _write, short=True),
        await _bodies(),
    ]
    await theirs.dispose()
    await ours.dispose()
    return found


async def _engine(file: Path, options: dict[str, Any]) -> AsyncEngine:
    engine = create_async_engine(f"sqlite+aiosqlite:///{file}", pool_size=1, **options)

    @event.listens_for(engine.sync_engine, "connect")
    def tuned(connection: Any, _: Any) -> None:
        cursor = connection.cursor()
        for pragma in ("journal_mode = wal", "synchronous = normal"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    async with engine.begin() as tx:
        await tx.execute(text("CREATE TABLE rows (id INTEGER PRIMARY KEY, word TEXT)"))
        await tx.execute(text("INSERT INTO rows (word) VALUES (:word)"), [{"word": "fox"}] * 1000)
    return engine


def _read(count: int) -> Callable[[Any], Awaitable[object]]:
    async def read(tx: Any) -> None:
        (await tx.execute(text("SELECT id, word FROM rows WHERE id <= :count"), {"count": count})).all()

    return read


async def _write(tx: Any) -> None:
    await tx.execute(text("UPDATE rows SET word = 'hare' WHERE id = 7"))
    (await tx.execute(text("SELECT word FROM rows WHERE id = 7"))).one()
    await tx.execute(text("UPDATE rows SET word = 'fox' WHERE id = 7"))


async def _compared(
    what: str, theirs: AsyncEngine, ours: AsyncEngine, work: Callable[[Any], Awaitable[object]], *, short: bool = False
) -> Figure:
    taken: dict[AsyncEngine, list[float]] = {theirs: [], ours: []}
    for _ in range(WARM_UP + TIMES):
        for engine, durations in taken.items():
            begun = time.perf_counter()
            async with engine.begin() as tx:
                await _hurried(tx, work, short=short and engine is ours)
            durations.append((time.perf_counter() - begun) * 1000)
    return Figure(what, *(median(durations[WARM_UP:]) for durations in taken.values()))


async def _hurried(tx: Any, work: Callable[[Any], Awaitable[object]], *, short: bool) -> None:
    raw = (await tx.get_raw_connection()).dbapi_connection
    if short:
        raw.short = True  # as storage/db/database.py sets it
    await work(tx)
    if short:
        raw.short = False


async def _bodies() -> Figure:
    """Time that the loop stands still for a request's JSON: the SDK's own, and its marks with photos put in later."""
    photos = [random.Random(number).randbytes(BYTES) for number in range(PHOTOS)]
    kept = Photos()
    theirs, mine = [], []
    for _ in range(TURNS):
        begun = time.perf_counter()
        _serialised(photos)
        theirs.append((time.perf_counter() - begun) * 1000)
        begun = time.perf_counter()
        with kept.lent(photos) as marks:
            _serialised(marks)
        mine.append((time.perf_counter() - begun) * 1000 + _longest_piece(photos[0]))
        await asyncio.sleep(0)
    return Figure(f"Gemini: {PHOTOS} photos to JSON", median(theirs), median(mine))


def _serialised(photos: Sequence[bytes]) -> bytes:
    parts = [types.Part.from_bytes(data=photo, mime_type="image/jpeg") for photo in photos]
    return types.Content(role="user", parts=parts).model_dump_json(by_alias=True, exclude_none=True).encode()


def _longest_piece(photo: bytes) -> float:
    """Milliseconds for one piece of a photo, after which the loop gets its turn."""
    begun = time.perf_counter()
    base64.b64encode(photo[: 3 * 64 * 1024])
    return (time.perf_counter() - begun) * 1000
