"""The memory of chats whose platform has none, such as the web chat."""

from collections.abc import Mapping
from typing import Any

from storage.db.database import Database
from storage.tables import transcripts
from storage.tables.transcripts import Entry

__all__ = ["Entry", "Transcript"]


class Transcript:
    """What was said, newest last; every method is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def append(self, entry: Entry) -> None:
        async with self._database.write() as tx:
            await transcripts.add(tx, entry)

    async def replace(self, chat: str, id: str, body: Mapping[str, Any]) -> bool:
        """Put another body into an entry; False when there is no such entry."""
        async with self._database.write() as tx:
            return await transcripts.replace(tx, chat, id, body)

    async def remove(self, chat: str, id: str) -> None:
        async with self._database.write() as tx:
            await transcripts.remove(tx, chat, id)

    async def get(self, chat: str, id: str) -> Entry | None:
        async with self._database.read() as tx:
            return await transcripts.get(tx, chat, id)

    async def page(self, chat: str, reader: str, *, before: str | None = None, limit: int = 50) -> tuple[Entry, ...]:
        """The newest entries `reader` may see (before a given one), oldest first."""
        async with self._database.read() as tx:
            return await transcripts.page(tx, chat, reader, before=before, limit=limit)
