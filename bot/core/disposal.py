"""Deleting bytes that no row names any more."""

from collections.abc import Sequence

from bot.core.context import Parts
from storage import references


async def dispose(parts: Parts, keys: Sequence[str]) -> None:
    """Delete those of these blobs that nobody uses; called once the rows that named them are committed as gone.

    A crash in between leaves bytes behind, never a row without its bytes.
    """
    async with parts.database.read() as tx:
        unused = await references.unused_blobs(tx, keys)
    await parts.blobs.delete(unused)
