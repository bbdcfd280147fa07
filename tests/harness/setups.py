"""What a provider is built from in tests: no faces found, CPU work in a plain thread."""

import asyncio
from collections.abc import Mapping, Sequence

from providers.contract.model import Model
from providers.contract.provider import Faces, Setup
from providers.registry import load_models


async def nobody(data: bytes) -> Sequence[tuple[int, int, int, int]]:
    return []


def setup_of(provider: str, settings: Mapping[str, str] | None = None, *, faces: Faces = nobody) -> Setup:
    """A set-up with the shipped models of a provider."""
    return Setup(settings=settings or {}, models=shipped(provider), run=asyncio.to_thread, faces=faces)


def shipped(provider: str) -> tuple[Model, ...]:
    """The shipped models of a provider."""
    return tuple(model for model in load_models().models if model.provider == provider)
