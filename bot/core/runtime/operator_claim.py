"""The one-time code by which the first operator claims the bot where the settings name none."""

import secrets

from storage.db.database import Database
from storage.tables import settings


class OperatorClaim:
    """A code of 128 bits that works once; None once it was used, or where nobody may claim."""

    def __init__(self, *, open_: bool) -> None:
        self.code = secrets.token_hex(16) if open_ else None

    def spend(self, code: str) -> bool:
        """Whether this is the code; from then on none is."""
        if self.code is None or not secrets.compare_digest(code.strip().casefold().encode(), self.code.encode()):
            return False
        self.code = None
        return True


async def claimed(database: Database) -> bool:
    """Whether somebody has claimed the bot before."""
    async with database.read() as tx:
        return await settings.anywhere(tx, "operator")
