"""A wrapper that gives every call up after its model's deadline."""

import asyncio
from collections.abc import Collection, Mapping
from contextlib import suppress

from providers.contract.errors import ProviderError, Unavailable, UnknownOutcome
from providers.contract.model import Model
from providers.contract.provider import Health, Provider, Request, Result, Ticket

BRIEF = 30.0
"""Seconds for a request that draws nothing: to stop a call, or to ask about the key."""


class WithDeadline:
    """A provider whose calls end in time; one that was given up is stopped, and its outcome is unknown."""

    def __init__(self, inner: Provider, models: Mapping[str, Model], *, brief: float = BRIEF) -> None:
        self._inner = inner
        self._brief = brief
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
        """Silent when it takes too long, as where the provider cannot."""
        with suppress(TimeoutError):
            async with asyncio.timeout(self._brief):
                await self._inner.cancel(ticket)

    async def find(self, request: Request, key: str, known: Collection[str]) -> Ticket | None:
        """Raises UnknownOutcome after the deadline, and whatever the provider raises."""
        try:
            async with asyncio.timeout(self._seconds.get(request.model)):
                return await self._inner.find(request, key, known)
        except TimeoutError as exc:
            raise UnknownOutcome("the provider could not be asked within the model's deadline") from exc

    async def check(self) -> Health:
        """Raises Unavailable when it takes too long, and whatever the provider raises."""
        try:
            async with asyncio.timeout(self._brief):
                return await self._inner.check()
        except TimeoutError as exc:
            raise Unavailable(f"no answer about the key within {self._brief:g} seconds") from exc

    async def aclose(self) -> None:
        await self._inner.aclose()

    async def _stop(self, ticket: Ticket) -> None:
        with suppress(ProviderError):  # it cannot be stopped either; the outcome stays unknown
            await self.cancel(ticket)
