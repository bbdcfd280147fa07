"""What is the same for every provider whose API answers with the finished picture and keeps no record of a call."""

from collections.abc import Collection

from providers.contract.errors import UnknownOutcome
from providers.contract.provider import Request, Result, Ticket


class Synchronous:
    """The half of a provider that comes after `submit`: there is nothing to ask for, and nothing to stop."""

    async def collect(self, ticket: Ticket) -> Result:
        """Raises UnknownOutcome for a ticket without its picture."""
        if ticket.result is None:
            raise UnknownOutcome("this API keeps no calls")
        return ticket.result

    async def cancel(self, ticket: Ticket) -> None:
        return None

    async def find(self, request: Request, key: str, known: Collection[str]) -> Ticket | None:
        """Always raises UnknownOutcome: a lost answer cannot be asked for again."""
        raise UnknownOutcome("this API keeps no calls")
