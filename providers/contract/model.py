"""A model as data: who serves it, what it can do, what a picture costs."""

import hashlib
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any


class Role(StrEnum):
    """What a reference photo shows."""

    FACE = "face"
    BODY = "body"
    OUTFIT = "outfit"
    STYLE = "style"
    POSE = "pose"
    SCENE = "scene"
    OBJECT = "object"


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a model can do; the core offers only this and says so before money is reserved."""

    max_references: int
    min_references: int = 0
    roles: tuple[Role, ...] = tuple(Role)
    """The roles of photos it takes; a persona's other photos are left out."""
    reference_pixels: int = 3_145_728
    """Photos are made smaller to this many pixels (2048 x 1536, as cameras' are stored) before they are sent."""
    aspects: tuple[str, ...] = ("auto",)
    sizes: tuple[str, ...] = ("1K",)
    seed: bool = False
    edit: bool = False
    restyles: bool = False
    """It alters the reference photo and invents nothing."""
    lora: bool = False
    """It takes a LoRA of the operator's list by `lora=` and its strength by `lora_scale=`."""
    illustrated: tuple[str, ...] = ()
    """Values of the `style` parameter whose pictures are plainly drawn or painted, the usual one first."""
    parameters: tuple[str, ...] = ()
    """Extra parameters the model takes as key=value."""
    output_types: tuple[str, ...] = ("image/png",)
    deadline: float = 300.0
    """Seconds after which a call is given up."""


@dataclass(frozen=True, slots=True)
class Model:
    """One entry of the model list. Dollars are decimals; what is computed from them is whole microdollars."""

    id: str
    provider: str
    name: str
    capabilities: Capabilities
    prices: Mapping[str, Decimal]
    """Dollars per picture by size; the key "*" holds for every other size."""
    as_of: str
    """Date of the price, ISO 8601."""
    remote: str | None = None
    """The provider's own id where ours differs."""
    per_reference: Decimal = Decimal(0)
    """Dollars for each photo that is sent."""
    surcharges: Mapping[str, Decimal] = field(default_factory=dict)
    """Dollars for each of these parameters that is `on`."""
    fallback: tuple[str, ...] = ()
    """Models to try in its place when it is down, if the person wants that; never after a refusal."""
    loras: Mapping[str, str] = field(default_factory=dict)
    """The operator's list of LoRAs: a name people choose, and the source the provider loads."""
    wire: Mapping[str, Any] = field(default_factory=dict)
    """How this provider spells a request to this model; each provider checks its own."""
    label: str | None = None
    """Fluent key of a label that must stand wherever its pictures appear."""

    @property
    def at_provider(self) -> str:
        return self.remote or self.id

    def price(self, size: str, references: int = 0, parameters: Mapping[str, str] | None = None) -> int:
        """Microdollars for one picture of `size` from so many photos, rounded up."""
        dollars = self.prices.get(size, self.prices.get("*", Decimal(0))) + references * self.per_reference
        switched_on = (key for key, value in (parameters or {}).items() if value == "on")
        return math.ceil((dollars + self._surcharge(switched_on)) * 1_000_000)

    @property
    def usual_price(self) -> int:
        """Microdollars for one picture of the size one gets without naming any, from as few photos as it takes."""
        return self.price(self.capabilities.sizes[0], self.capabilities.min_references)

    @property
    def tag(self) -> str:
        """A short name for buttons that stays the same when the list of models changes."""
        return hashlib.sha256(self.id.encode()).hexdigest()[:8]

    @property
    def free(self) -> bool:
        return not any((*self.prices.values(), self.per_reference, *self.surcharges.values()))

    def _surcharge(self, parameters: Iterable[str]) -> Decimal:
        return sum((self.surcharges.get(key, Decimal(0)) for key in parameters), Decimal(0))


@dataclass(frozen=True, slots=True)
class Account:
    """What the operator's account with one provider allows, over all processes."""

    concurrency: int = 4
    """Calls at once."""
    per_minute: int | None = None
    """Calls begun within a minute."""
