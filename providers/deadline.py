"""A wrapper that gives every call up after its model's deadline."""

import asyncio
from collections.abc import Collection, Mapping, Sequence

from providers.base import Provider, Request, Result, Ticket
from providers.errors import ProviderError, UnknownOutcome
from providers.model import Model


class Timed:
    """A provider whose calls end in time; one that was given up is stopped, and its outcome is unknown."""

    def __init__(self, inner: Provider, models: Mapping[str, Model]) -> None:
        self._inner = inner
        self._seconds = {id_: model.capabilities.deadline for id_, model in models.items()}

    async def submit(self, request: Request, key: str) -> Ticket:
        """Raises UnknownOutcome after the deadline, and whatever the provider raises."""
        try:
            async with asyncio.timeout(self._seconds.get(request.model)):
                return await self._inner.submit(request, key)
        except TimeoutError as exc:
            raise UnknownOutcome("no answer within the model's deadline") from exc

    async def collect(self, ticket: Ticket) -> Result:
        """Raises UnknownOutcome after the deadline, and whatever the provider raises."""
        try:
            async with asyncio.timeout(self._seconds.get(ticket.model)):
                return await self._inner.collect(ticket)
        except TimeoutError as exc:
            await self._stop(ticket)
            raise UnknownOutcome("no picture within the model's deadline") from exc

    async def cancel(self, ticket: Ticket) -> None:
        await self._inner.cancel(ticket)

    async def find(self, request: Request, key: str, known: Collection[str]) -> Ticket | None:
        return await self._inner.find(request, key, known)

    async def check(self) -> Sequence[str]:
        return await self._inner.check()

    async def aclose(self) -> None:
        await self._inner.aclose()

    async def _stop(self, ticket: Ticket) -> None:
        try:
            await self._inner.cancel(ticket)
        except ProviderError:
            return  # it cannot be stopped either; the outcome stays unknown
