"""Building the providers of the models in use, each with what it needs and inside the wrappers that all share."""

import time
from collections.abc import Mapping
from dataclasses import dataclass

from bot.core.chat.errors import BadSetting
from bot.imaging.studio import Studio
from bot.imaging.values import PhotoError
from providers.contract.errors import BadSetup
from providers.contract.provider import Provider, ReportsProgress, Setup
from providers.registry import ModelList, factory
from providers.shared.circuit_breaker import CircuitBreaker
from providers.shared.deadline import WithDeadline


@dataclass(frozen=True, slots=True)
class ProviderSet:
    """The providers by name: `bare` as they were built, `wrapped` as pictures are asked of them."""

    bare: Mapping[str, Provider]
    wrapped: Mapping[str, Provider]

    @property
    def telling(self) -> dict[str, ReportsProgress]:
        """Those that tell how far a call is."""
        return {name: provider for name, provider in self.bare.items() if isinstance(provider, ReportsProgress)}


def provider_set_of(listed: ModelList, settings: Mapping[str, str], studio: Studio, rest: float) -> ProviderSet:
    """The providers that serve the models; one that is down is left alone for `rest` seconds. Raises BadSetting."""

    async def faces(data: bytes) -> list[tuple[int, int, int, int]]:
        try:
            found = await studio.faces(data)
        except PhotoError:
            return []
        return [(face.x, face.y, face.width, face.height) for face in found]

    bare: dict[str, Provider] = {}
    for name in dict.fromkeys(model.provider for model in listed.models):
        models = tuple(model for model in listed.models if model.provider == name)
        try:
            bare[name] = factory(name)(Setup(settings=settings, models=models, run=studio.run, faces=faces))
        except BadSetup as exc:
            raise BadSetting(exc.key, exc.fix) from exc
    by_id = {model.id: model for model in listed.models}
    wrapped = {
        name: CircuitBreaker(WithDeadline(provider, by_id), time.monotonic, rest) for name, provider in bare.items()
    }
    return ProviderSet(bare, wrapped)
