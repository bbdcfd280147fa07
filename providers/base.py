"""The contract every image provider fulfils.

A call is split so that it survives a crash: `submit` sends it and returns a `Ticket` that is stored at once,
`collect` turns the ticket into bytes. An API that answers at once puts the finished picture into the ticket.
"""

import hashlib
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, Protocol, TypeAlias

Role: TypeAlias = Literal["face", "body", "outfit", "style", "pose", "scene", "object"]
ROLES: tuple[Role, ...] = ("face", "body", "outfit", "style", "pose", "scene", "object")


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a model can do; the core offers only this and says so before money is reserved."""

    max_references: int
    needs_reference: bool = False
    aspects: tuple[str, ...] = ("auto",)
    sizes: tuple[str, ...] = ("1K",)
    seed: bool = False
    edit: bool = False
    restyles: bool = False
    """It alters the reference photo and invents nothing."""
    lora: bool = False
    illustrated: tuple[str, ...] = ()
    """Values of the `style` parameter whose pictures are plainly drawn or painted, the usual one first."""
    parameters: tuple[str, ...] = ()
    """Extra parameters the model takes as key=value."""
    output_types: tuple[str, ...] = ("image/png",)
    deadline: float = 120.0
    """Seconds after which a call is given up."""


@dataclass(frozen=True, slots=True)
class Model:
    """A model as data: who serves it, what it can do, what a picture costs."""

    id: str
    provider: str
    name: str
    capabilities: Capabilities
    prices: Mapping[str, Decimal]
    """Dollars per picture by size; the key "*" holds for every other size."""
    as_of: str
    """Date of the price, ISO 8601."""
    concurrency: int = 4
    """Calls at once over all processes."""
    per_minute: int | None = None
    label: str | None = None
    """Fluent key of a label that must stand wherever its pictures appear."""

    def price(self, size: str) -> int:
        """Microdollars for one picture of `size`, rounded up."""
        dollars = self.prices.get(size, self.prices.get("*", Decimal(0)))
        return math.ceil(dollars * 1_000_000)

    @property
    def tag(self) -> str:
        """A short name for buttons that stays the same when the list of models changes."""
        return hashlib.sha256(self.id.encode()).hexdigest()[:8]

    @property
    def free(self) -> bool:
        return not any(self.prices.values())


@dataclass(frozen=True, slots=True)
class Reference:
    """A photo the picture must keep to, in the order the prompt names them."""

    data: bytes
    media_type: str
    role: Role


@dataclass(frozen=True, slots=True)
class Request:
    """One picture to draw: number `index` (from 0) of `count` asked for together."""

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
    """An accepted call: the provider's id for it, or its finished result, or both."""

    external_id: str | None = None
    result: Result | None = None


class Provider(Protocol):
    """One SDK behind the contract; every method raises only ProviderError (see errors.py)."""

    async def submit(self, request: Request, key: str) -> Ticket:
        """Send the paid call once; `key` is ours, unique per attempt, for providers that can be asked."""
        ...

    async def collect(self, ticket: Ticket) -> Result:
        """Wait for the picture of `ticket` and fetch its bytes."""
        ...

    async def cancel(self, ticket: Ticket) -> None:
        """Stop the work behind `ticket` where the provider can; silent where it cannot."""
        ...

    async def find(self, key: str) -> Ticket | None:
        """The ticket of an earlier submit with `key`, or None if the provider knows none.

        Raises UnknownOutcome where the provider cannot be asked.
        """
        ...

    async def aclose(self) -> None: ...
