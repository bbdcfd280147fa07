"""A wrapper that spares a model which is down: after several failures in a row nobody waits for the next ones.

The circuit breaker of M. Nygard, "Release It!", 2007: closed, open for a while, then one call tries.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from providers.base import Provider, Request, Result, Ticket
from providers.errors import ProviderError, Unavailable

FAILURES = 5
"""Failures in a row after which a model counts as down."""
REST = 30.0
"""Seconds it is left alone."""


@dataclass(slots=True)
class Circuit:
    """What is known of one model: failures in a row, and since when it rests (None: it does not)."""

    failures: int = 0
    resting_since: float | None = None


class Guarded:
    """A provider whose models rest when they are down; `seconds` is a monotonic clock."""

    def __init__(self, inner: Provider, seconds: Callable[[], float]) -> None:
        self._inner = inner
        self._seconds = seconds
        self._circuits: dict[str, Circuit] = {}

    async def submit(self, request: Request, key: str) -> Ticket:
        """Raises Unavailable at once while the model rests, and whatever the provider raises."""
        circuit = self._circuits.setdefault(request.model, Circuit())
        self._let_through(circuit)
        try:
            ticket = await self._inner.submit(request, key)
        except ProviderError as exc:
            self._note(circuit, exc)
            raise
        if ticket.result:
            self._note(circuit, None)
        return ticket

    async def collect(self, ticket: Ticket) -> Result:
        circuit = self._circuits.setdefault(ticket.model, Circuit())
        try:
            result = await self._inner.collect(ticket)
        except ProviderError as exc:
            self._note(circuit, exc)
            raise
        self._note(circuit, None)
        return result

    async def cancel(self, ticket: Ticket) -> None:
        await self._inner.cancel(ticket)

    async def find(self, request: Request, key: str, known: Collection[str]) -> Ticket | None:
        return await self._inner.find(request, key, known)

    async def check(self) -> Sequence[str]:
        return await self._inner.check()

    async def aclose(self) -> None:
        await self._inner.aclose()

    def _let_through(self, circuit: Circuit) -> None:
        if circuit.resting_since is None:
            return
        left = circuit.resting_since + REST - self._seconds()
        if left > 0:
            raise Unavailable("the model rests after several failures", retry_after=left)
        circuit.resting_since = self._seconds()  # this one tries; the others go on waiting

    def _note(self, circuit: Circuit, exc: ProviderError | None) -> None:
        """A model is down when it is unavailable; any other answer shows that it is there."""
        if not isinstance(exc, Unavailable):
            circuit.failures, circuit.resting_since = 0, None
            return
        circuit.failures += 1
        if circuit.failures >= FAILURES:
            circuit.resting_since = self._seconds()
