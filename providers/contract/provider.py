"""The contract every image provider fulfils.

A call is split so that it survives a crash: `submit` sends it and returns a `Ticket` that is stored at once,
`collect` turns the ticket into bytes. An API that answers at once puts the finished picture into the ticket.
"""

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeAlias, runtime_checkable

from providers.contract.model import Model, Role


@dataclass(frozen=True, slots=True)
class Reference:
    """A photo the picture must keep to, in the order the prompt names them."""

    data: bytes
    media_type: str
    role: Role


@dataclass(frozen=True, slots=True)
class Request:
    """One picture to draw: number `index` (from 0) of `count` asked for together.

    `model` is our id of it; the provider's own is `Model.at_provider`.
    """

    model: str
    prompt: str
    references: tuple[Reference, ...] = ()
    aspect: str = "auto"
    size: str = "1K"
    seed: int | None = None
    edit: bool = False
    """Change the first reference as the prompt says, and keep everything else of it."""
    index: int = 0
    count: int = 1
    parameters: Mapping[str, str] = field(default_factory=dict)

    @property
    def own_seed(self) -> int | None:
        """The seed of this picture, below 2^31: each of a request has another, or several would be paid that are all
        the same."""
        return None if self.seed is None else (self.seed + self.index) % 2**31


@dataclass(frozen=True, slots=True)
class Result:
    """A drawn picture, its bytes exactly as the provider sent them.

    `cost` is in microdollars where the provider reports it, else None (the price list holds).
    """

    data: bytes
    cost: int | None = None
    tokens: int | None = None
    seed: int | None = None
    note: str | None = None
    """What was drawn in a word, such as the local style."""


@dataclass(frozen=True, slots=True)
class Ticket:
    """An accepted call: the provider's id for it, or its finished result, or both.

    `external_id` (at most 200 characters) and `model` (our id) are all that is kept over a restart.
    """

    external_id: str | None = None
    result: Result | None = None
    model: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """A model that cannot draw: `lack` says why and what to do, and is empty for one that is no longer served."""

    model: str
    lack: str = ""


@dataclass(frozen=True, slots=True)
class Health:
    """What a look at an account or a server found: what was proved, as a clause for the operator, and faulty models."""

    proved: str
    faults: Sequence[Fault] = ()


class Provider(Protocol):
    """One SDK behind the contract; every method raises only ProviderError (see errors.py).

    Every foreign exception is translated by one pure function beside the provider.
    """

    async def submit(self, request: Request, key: str) -> Ticket:
        """Send the paid call once and never again; `key` is ours, a UUIDv7 in hex, unique per attempt.

        Raises Unavailable, RateLimited or another final error only with proof that nothing was accepted, and
        UnknownOutcome where the answer was lost.
        """
        ...

    async def collect(self, ticket: Ticket) -> Result:
        """Wait for the picture of `ticket` and fetch its bytes; a passing trouble on the way is waited out.

        It may be called again for the same ticket after a restart. An error means that the call ended so.
        """
        ...

    async def cancel(self, ticket: Ticket) -> None:
        """Stop the work behind `ticket` where the provider can; silent where it cannot."""
        ...

    async def find(self, request: Request, key: str, known: Collection[str]) -> Ticket | None:
        """The ticket of an earlier submit whose answer was lost, or None with proof that there was none.

        `known` are the external ids of our other calls. Raises UnknownOutcome where the provider cannot tell.
        """
        ...

    async def check(self) -> Health:
        """Ask without buying anything whether the key is good and the models can draw.

        Raises Misconfigured for a bad key or address, OutOfCredit, or Unavailable.
        """
        ...

    async def aclose(self) -> None:
        """Let go of connections; silent the second time."""
        ...


@runtime_checkable
class ReceivesWebhooks(Protocol):
    """A provider that is told by a web request of its own when a picture is ready."""

    async def hooked(self, headers: Mapping[str, str], body: bytes) -> bool:
        """Take note of the news; False when its signature is not the provider's."""
        ...


@runtime_checkable
class ReportsProgress(Protocol):
    """A provider that tells how far a call has come while it is collected."""

    def progress(self, external_id: str) -> float | None:
        """The share that is done, from 0 to 1; None when nothing was heard of it."""
        ...


Faces: TypeAlias = Callable[[bytes], Awaitable[Sequence[tuple[int, int, int, int]]]]
"""Where the faces of a photo are: x, y, width and height in pixels of the upright photo."""
Run: TypeAlias = Callable[..., Awaitable[Any]]
"""`run(work, *args)` does CPU work off the event loop."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """What a provider is built from: the operator's settings, its own models, and what wiring lends it.

    `build(setup)` raises SettingError.
    """

    settings: Mapping[str, str] = field(repr=False)
    """The settings that its declaration names, as the operator wrote them."""
    models: tuple[Model, ...]
    run: Run
    faces: Faces

    def model(self, id_: str) -> Model:
        """One of its own models by our id; raises LookupError for another's."""
        for model in self.models:
            if model.id == id_:
                return model
        raise LookupError(f"{id_} is not a model of this provider")
