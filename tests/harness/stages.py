"""The stages that exist: a module of tests/servers/ for each provider that sells pictures."""

import importlib
from contextlib import AbstractAsyncContextManager

from tests.servers.stage import Stage

STAGES = ("gemini", "replicate", "fal", "comfyui", "openai_images", "scripted", "example")


def staged(name: str) -> AbstractAsyncContextManager[Stage]:
    """The stage of this name, to be entered."""
    stage: AbstractAsyncContextManager[Stage] = importlib.import_module(f"tests.servers.{name}").staged()
    return stage
