"""Delete blobs that no row references."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.core.runtime.context import Services
from storage.tables import references

AT_ONCE = 10
"""Orphans deleted while writers wait."""


async def dispose(services: Services, keys: Sequence[str]) -> None:
    """Delete those of these blobs that no row references; call it after the deletion of the rows is committed.

    The writer lock keeps new rows from referencing them. A crash leaves orphaned blobs, which the sweep finds,
    never a row without its bytes.
    """
    async with services.database.write() as tx:
        await services.blobs.delete(await references.unused_blobs(tx, keys))


async def sweep_orphans(services: Services, older: timedelta) -> int:
    """Delete orphaned blobs older than a given age; returns how many.

    Age and references are checked again under the writer lock: storing the same bytes renews their age first.
    """
    before = services.clock() - older
    gone = 0
    async for keys in services.blobs.aged(before):
        async with services.database.read() as tx:
            orphans = await references.unused_blobs(tx, keys)
        for start in range(0, len(orphans), AT_ONCE):
            gone += await _sweep(services, orphans[start : start + AT_ONCE], before)
    return gone


async def _sweep(services: Services, keys: Sequence[str], before: datetime) -> int:
    async with services.database.write() as tx:
        unused = await references.unused_blobs(tx, keys)
        aged = [key for key in unused if await services.blobs.is_aged(key, before)]
        await services.blobs.delete(aged)
    return len(aged)
