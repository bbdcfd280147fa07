"""Which providers exist, and the model list they serve.

One line in `PROVIDERS` adds a provider; its SDK is imported only when it is chosen.
"""

import importlib
import tomllib
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from providers.base import Capabilities, Model

PROVIDERS: Mapping[str, str] = {
    "local": "providers.local:build",
    "scripted": "providers.scripted:build",
}

_MODEL = TypeAdapter(Model)
MODELS_FILE = Path(__file__).with_name("models.toml")


class BadModelsFile(Exception):
    """The model list cannot be read; the message names the file, the model and the key."""


def factory(name: str) -> Any:
    """The `build` function of a provider; what it takes is in its own file."""
    module, _, attribute = PROVIDERS[name].partition(":")
    return getattr(importlib.import_module(module), attribute)


def load_models(path: Path = MODELS_FILE) -> tuple[Model, ...]:
    """The models of a TOML file in its order; raises BadModelsFile."""
    try:
        tables = tomllib.loads(path.read_text("utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as exc:
        raise BadModelsFile(f"{path}: {exc}") from exc
    return tuple(_model(path, id_, table) for id_, table in tables.items())


def _model(path: Path, id_: str, table: dict[str, Any]) -> Model:
    _only_known(path, id_, table, Model)
    _only_known(path, id_, table.get("capabilities", {}), Capabilities)
    try:
        model = _MODEL.validate_python({"id": id_, **table})
    except ValidationError as exc:
        raise BadModelsFile(f"{path}: model {id_!r}: {exc}") from exc
    if model.provider not in PROVIDERS:
        known = ", ".join(PROVIDERS)
        raise BadModelsFile(f"{path}: model {id_!r}: no provider {model.provider!r}; known: {known}")
    return model


def _only_known(path: Path, id_: str, table: Mapping[str, Any], shape: type[Model | Capabilities]) -> None:
    if unknown := set(table) - {field.name for field in fields(shape)}:
        raise BadModelsFile(f"{path}: model {id_!r}: unknown key {', '.join(sorted(unknown))}")
