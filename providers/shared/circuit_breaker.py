"""A wrapper that spares a model which is down: after several failures in a row nobody waits for the next ones.

The circuit breaker of M. Nygard, "Release It!", 2007: closed, open for a while, then one call tries.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field

from providers.contract.errors import BadInput, ProviderError, Unavailable, UnknownOutcome
from providers.contract.provider import Health, Provider, Request, Result, Ticket

FAILURES = 5
"""Failures in a row after which a model counts as down."""
SUBJECTS = 2
"""Different requests among them: one that fails again and again may itself be at fault."""
REST = 30.0
"""Seconds it is left alone."""


@dataclass(slots=True)
class Circuit:
    """What is known of one model: failures in a row, of which subjects, and since when it rests (None: it does not)."""

    failures: int = 0
    subjects: set[int] = field(default_factory=set)
    resting_since: float | None = None


class CircuitBreaker:
    """A provider whose models rest when they are down; `seconds` is a monotonic clock, `rest` in seconds."""

    def __init__(self, inner: Provider, seconds: Callable[[], float], rest: float = REST) -> None:
        self._inner = inner
        self._rest = rest
        self._seconds = seconds
        self._circuits: dict[str, Circuit] = {}
        self._subjects: dict[str, int] = {}
        """What the calls that are not collected yet are of, by their ids."""
        self._collecting: set[str] = set()
        self._stopped: set[str] = set()
        """The ids of calls that are being collected, and of those we had stopped ourselves."""

    async def submit(self, request: Request, key: str) -> Ticket:
        """Raises Unavailable at once while the model rests, and whatever the provider raises."""
        circuit = self._circuits.setdefault(request.model, Circuit())
        self._let_through(circuit)
        try:
            ticket = await self._inner.submit(request, key)
        except ProviderError as exc:
            self._note(circuit, exc, _subject(request))
            raise
        if ticket.result:
            self._note(circuit, None)
        elif ticket.external_id:
            self._subjects[ticket.external_id] = _subject(request)
        return ticket

    async def collect(self, ticket: Ticket) -> Result:
        """Raises whatever the provider raises."""
        circuit, id_ = self._circuits.setdefault(ticket.model, Circuit()), ticket.external_id or ""
        self._collecting.add(id_)
        subject = self._subjects.pop(id_, hash(id_))
        try:
            result = await self._inner.collect(ticket)
        except ProviderError as exc:
            if id_ not in self._stopped:
                self._note(circuit, exc, subject)
            raise
        finally:
            self._collecting.discard(id_)
            self._stopped.discard(id_)
        self._note(circuit, None)
        return result

    async def cancel(self, ticket: Ticket) -> None:
        """A call that is stopped while it is collected fails of our own doing, and says nothing of the model."""
        if ticket.external_id and ticket.external_id in self._collecting:
            self._stopped.add(ticket.external_id)
        await self._inner.cancel(ticket)

    async def find(self, request: Request, key: str, known: Collection[str]) -> Ticket | None:
        return await self._inner.find(request, key, known)

    async def check(self) -> Health:
        return await self._inner.check()

    async def aclose(self) -> None:
        await self._inner.aclose()

    def _let_through(self, circuit: Circuit) -> None:
        if circuit.resting_since is None:
            return
        left = circuit.resting_since + self._rest - self._seconds()
        if left > 0:
            raise Unavailable("the model rests after several failures", retry_after=left)
        circuit.resting_since = self._seconds()  # this one tries; the others go on waiting

    def _note(self, circuit: Circuit, exc: ProviderError | None, subject: int = 0) -> None:
        """A model that is unavailable or does not answer is down; any answer shows that it is there."""
        match exc:
            case Unavailable() | UnknownOutcome():
                circuit.failures += 1
                circuit.subjects.add(subject)
                is_down = circuit.failures >= FAILURES and len(circuit.subjects) >= SUBJECTS
                if is_down or circuit.resting_since is not None:
                    circuit.resting_since = self._seconds()
            case BadInput():  # it may be our own finding, and the provider not even asked: the next call may try
                if circuit.resting_since is not None:
                    circuit.resting_since -= self._rest
            case _:
                circuit.failures, circuit.resting_since = 0, None
                circuit.subjects.clear()


def _subject(request: Request) -> int:
    """What a request is of: its photos, or without any its words. A bad photo stays bad with other words."""
    if request.references:
        return hash(tuple(photo.data for photo in request.references))
    return hash(request.prompt)
