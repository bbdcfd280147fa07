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
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as exc:
        raise BadModelsFile(f"{path}: {exc}") from exc
    if not tables:
        raise BadModelsFile(f"{path}: it lists no model; write at least one")
    return tuple(_model(f"{path}: model {id_!r}", id_, table) for id_, table in tables.items())


def _model(where: str, id_: str, table: Any) -> Model:
    _only_known(where, table, Model)
    _only_known(where, table.get("capabilities", {}), Capabilities)
    try:
        model = _MODEL.validate_python({"id": id_, **table})
    except ValidationError as exc:
        problems = [f"{'.'.join(map(str, error['loc']))}: {error['msg']}" for error in exc.errors()]
        raise BadModelsFile(f"{where}: {'; '.join(problems)}") from exc
    if problem := _problem(model):
        raise BadModelsFile(f"{where}: {problem}")
    return model


def _only_known(where: str, table: Any, shape: type[Model | Capabilities]) -> None:
    if not isinstance(table, dict):
        raise BadModelsFile(f"{where}: write it, and its capabilities, as a table")
    known = {field.name for field in fields(shape)} - {"id"}  # the id is the table's own name
    if unknown := set(table) - known:
        raise BadModelsFile(f"{where}: unknown key {', '.join(sorted(unknown))}")


def _problem(model: Model) -> str | None:
    """What the types of the keys do not show: above all, a size without a price would be given away."""
    if model.provider not in PROVIDERS:
        return f"provider: there is no {model.provider!r}; known: {', '.join(PROVIDERS)}"
    for size in model.capabilities.sizes:
        if size not in model.prices and "*" not in model.prices:
            return f"prices.{size}: write what a picture of this size costs"
    for size, price in model.prices.items():
        if price < 0:
            return f"prices.{size}: write 0 or more dollars"
    if model.concurrency < 1:
        return "concurrency: let at least 1 call through"
    return None
