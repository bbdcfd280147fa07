"""Every stage there is: a module of tests/servers/ for each provider that sells pictures."""

import importlib
from contextlib import AbstractAsyncContextManager
from typing import Protocol, runtime_checkable

from providers.contract.provider import Provider
from tests.servers.stage import Stage

STAGES = ("gemini", "replicate", "fal", "comfyui", "openai_images", "scripted", "example")


@runtime_checkable
class Reopened(Protocol):
    """A stage that gives another provider of the same account, as after a restart."""

    def opened(self) -> Provider: ...


def staged(name: str) -> AbstractAsyncContextManager[Stage]:
    """The stage of this name, to be entered."""
    stage: AbstractAsyncContextManager[Stage] = importlib.import_module(f"tests.servers.{name}").staged()
    return stage


def secrets_of(stage: Stage) -> list[str]:
    """The keys that the provider of a stage was given: what its module calls KEY or TOKEN."""
    module = importlib.import_module(type(stage).__module__)
    return [value for name, value in vars(module).items() if name in ("KEY", "TOKEN") and value]
