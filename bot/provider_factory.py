"""Building the providers of the models in use, each inside the wrappers that all share."""

import time
from collections.abc import Mapping
from dataclasses import dataclass

from bot.imaging.studio import Studio
from bot.imaging.values import PhotoError
from bot.settings import Settings
from providers.contract.provider import Faces, Provider, ReportsProgress, Run, Setup
from providers.registry import ModelList, factory, providers
from providers.shared.circuit_breaker import CircuitBreaker
from providers.shared.deadline import WithDeadline


@dataclass(frozen=True, slots=True)
class ProviderSet:
    """Providers by name: `raw` as they were built, `guarded` with a deadline and a circuit breaker."""

    raw: Mapping[str, Provider]
    guarded: Mapping[str, Provider]

    @property
    def reporting(self) -> dict[str, ReportsProgress]:
        """The providers that report the progress of a call."""
        return {name: provider for name, provider in self.raw.items() if isinstance(provider, ReportsProgress)}


def provider_set_of(listed: ModelList, settings: Settings, studio: Studio, rest: float) -> ProviderSet:
    """Build the providers of the models; one that is down is not called for `rest` seconds.

    Raises SettingError or BadPlugin.
    """

    async def faces(data: bytes) -> list[tuple[int, int, int, int]]:
        try:
            found = await studio.faces(data)
        except PhotoError:
            return []
        return [(face.x, face.y, face.width, face.height) for face in found]

    names = dict.fromkeys(model.provider for model in listed.models)
    raw = {name: factory(name)(setup_of(name, listed, settings, studio.run, faces)) for name in names}
    by_id = {model.id: model for model in listed.models}
    guarded = {
        name: CircuitBreaker(WithDeadline(provider, by_id), time.monotonic, rest) for name, provider in raw.items()
    }
    return ProviderSet(raw, guarded)


def setup_of(name: str, listed: ModelList, settings: Settings, run: Run, faces: Faces) -> Setup:
    """Return what a provider is built from: its own models, and of the settings those that it declares."""
    models = tuple(model for model in listed.models if model.provider == name)
    own = settings.of(setting.key for setting in providers()[name].settings)
    return Setup(settings=own, models=models, run=run, faces=faces)
