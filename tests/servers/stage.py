"""A stage: the real provider in front of its loopback API, with failures to play and a journal of sales."""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from providers.contract.errors import ProviderError
from providers.contract.model import Model
from providers.contract.provider import Provider, Reference, Request
from tests.servers.paid_api import PaidApi, serving

PHOTO = (Path(__file__).parents[1] / "photos" / "woman.jpg").read_bytes()
FACE = (Reference(PHOTO, "image/jpeg", "face"),)
DEADLINE = 1.5
"""Seconds a stage's client waits for an answer that never comes."""


class Stage(Protocol):
    """A running API and the provider pointed at it.

    A module of this folder opens one with `async with staged() as stage`.
    """

    @property
    def provider(self) -> Provider: ...

    @property
    def request(self) -> Request:
        """A request that the provider draws, with a reference photo if the model takes any."""
        ...

    @property
    def scenes(self) -> Mapping[str, type[ProviderError]]:
        """The failures that can be played, and the error that each must become."""
        ...

    @property
    def secrets(self) -> Sequence[str]:
        """The keys that the provider was given."""
        ...

    def opened(self) -> Provider:
        """A provider of the same account, as after a restart."""
        ...

    def play(self, *scenes: str) -> None:
        """Let the next paid calls end so, in turn; those after them succeed."""
        ...

    @property
    def posts(self) -> int:
        """Requests for a paid call that arrived, accepted or not."""
        ...

    @property
    def sold(self) -> Sequence[str]:
        """Ids of the calls that are billed, whether or not their answers got through."""
        ...


A = TypeVar("A", bound=PaidApi)


@dataclass(frozen=True, slots=True)
class Scenery:
    """What the tests of all providers need to know of one: a request, its failures and its keys."""

    request: Request
    scenes: Mapping[str, type[ProviderError]]
    secrets: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class HttpStage(Generic[A]):
    """The stage of a provider that speaks HTTP; `build` makes a provider for an API."""

    api: A
    provider: Provider
    build: Callable[[A], Provider]
    scenery: Scenery

    @property
    def request(self) -> Request:
        return self.scenery.request

    @property
    def scenes(self) -> Mapping[str, type[ProviderError]]:
        return self.scenery.scenes

    @property
    def secrets(self) -> Sequence[str]:
        return self.scenery.secrets

    @property
    def url(self) -> str:
        return self.api.origin

    @property
    def posts(self) -> int:
        return self.api.posts

    @property
    def sold(self) -> Sequence[str]:
        return self.api.sold

    def opened(self) -> Provider:
        return self.build(self.api)

    def play(self, *scenes: str) -> None:
        self.api.play(*scenes)


@asynccontextmanager
async def staging(api: A, build: Callable[[A], Provider], scenery: Scenery) -> AsyncIterator[HttpStage[A]]:
    """Serve an API with a provider in front of it; both are closed afterwards."""
    async with serving(api):
        stage = HttpStage(api, build(api), build, scenery)
        try:
            yield stage
        finally:
            api.closing.set()
            await stage.provider.aclose()


def hurried(models: Sequence[Model], deadline: float = DEADLINE) -> tuple[Model, ...]:
    """The same models with a short deadline."""
    return tuple(replace(one, capabilities=replace(one.capabilities, deadline=deadline)) for one in models)
