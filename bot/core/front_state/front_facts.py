"""Facts that a front remembers over a restart because its platform cannot be asked."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.core.front_state.transcript import Transcript
from storage.db.database import Database
from storage.db.ids import now
from storage.tables import front_facts
from storage.tables.front_facts import FactKey

__all__ = ["FactKey", "FrontFacts", "FrontState", "front_state"]


class FrontFacts:
    """Plain JSON data by platform, chat and name, such as the layout of a message; every method is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def put(self, key: FactKey, data: Mapping[str, Any], owner: str | None = None) -> None:
        """Keep data in place of earlier data; `owner`, a platform's id of a person, may have it deleted."""
        async with self._database.write(short=True) as tx:
            await front_facts.put(tx, key, data, owner=owner, now=now())

    async def get(self, key: FactKey) -> Mapping[str, Any] | None:
        """The data of a key, or None."""
        async with self._database.read() as tx:
            return await front_facts.get(tx, key)

    async def forget(self, key: FactKey) -> None:
        """Delete the data of a key; silent when there is none."""
        async with self._database.write(short=True) as tx:
            await front_facts.forget(tx, key)

    async def of_chat(self, platform: str, chat: str) -> tuple[Mapping[str, Any], ...]:
        """The data of a chat that changed last, oldest first."""
        async with self._database.read() as tx:
            return await front_facts.of_chat(tx, platform, chat)


@dataclass(frozen=True, slots=True)
class FrontState:
    """What a front is given to keep its state in."""

    transcript: Transcript
    facts: FrontFacts


def front_state(database: Database) -> FrontState:
    """The state of fronts in a database."""
    return FrontState(Transcript(database), FrontFacts(database))
