"""Deleting bytes that no row names any more."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.core.runtime.context import Parts
from storage.tables import references

AT_ONCE = 10
"""Orphans deleted while writers wait."""


async def dispose(parts: Parts, keys: Sequence[str]) -> None:
    """Delete those of these blobs that nobody uses; called once the rows that named them are committed as gone.

    No row can come to name them while they go. A crash in between leaves bytes behind, which the orphans' sweep finds,
    never a row without its bytes.
    """
    async with parts.database.write() as tx:
        await parts.blobs.delete(await references.unused_blobs(tx, keys))


async def sweep_orphans(parts: Parts, older: timedelta) -> int:
    """Delete bytes that were stored before so long and that no row names; returns how many blobs went.

    Both are asked again while no row can be written: whoever stores old bytes again makes them young first.
    """
    before = parts.clock() - older
    gone = 0
    async for keys in parts.blobs.aged(before):
        async with parts.database.read() as tx:
            orphans = await references.unused_blobs(tx, keys)
        for start in range(0, len(orphans), AT_ONCE):
            gone += await _sweep(parts, orphans[start : start + AT_ONCE], before)
    return gone


async def _sweep(parts: Parts, keys: Sequence[str], before: datetime) -> int:
    async with parts.database.write() as tx:
        unused = await references.unused_blobs(tx, keys)
        aged = [key for key in unused if await parts.blobs.is_aged(key, before)]
        await parts.blobs.delete(aged)
    return len(aged)
