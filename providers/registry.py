"""Which providers exist, and the model list they serve.

One line in `PROVIDERS` adds a provider; its SDK is imported only when it is chosen.
"""

import importlib
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from providers.contract.model import Account, Capabilities, Model
from providers.contract.provider import Provider, Setup
from providers.shared.model_wire import told

PROVIDERS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "comfyui": ("providers.comfyui.provider:build", ("COMFYUI_URL",)),
    "fal": ("providers.fal.provider:build", ("FAL_KEY",)),
    "gemini": ("providers.gemini.provider:build", ("GEMINI_API_KEY",)),
    "local": ("providers.local.provider:build", ()),
    "openai": ("providers.openai_images.provider:build", ("OPENAI_API_KEY", "OPENAI_BASE_URL")),
    "replicate": ("providers.replicate.provider:build", ("REPLICATE_API_TOKEN",)),
    "scripted": ("providers.scripted:build", ()),
}
"""Who builds a provider, and the settings of which one turns it on (none: always on)."""

MODELS_FILE = Path(__file__).with_name("models.toml")
_SECTIONS = {"models", "accounts", "shipped"}
_ENTRY: Mapping[type[Any], TypeAdapter[Any]] = {Model: TypeAdapter(Model), Account: TypeAdapter(Account)}
CHECKERS = ("disable_safety_checker", "enable_safety_checker")
"""Inputs that would switch a provider's own checker off; a model list may not name them."""


class BadModelsFile(Exception):
    """The model list cannot be read; the message names the file, the model and the key."""


@dataclass(frozen=True, slots=True)
class ModelList:
    """The models in the order people are offered them, and the accounts they are paid from."""

    models: tuple[Model, ...]
    accounts: Mapping[str, Account]

    def account(self, provider: str) -> Account:
        return self.accounts.get(provider, Account())

    @property
    def paid(self) -> bool:
        """Whether a model costs money."""
        return any(not model.free for model in self.models)

    def usable(self, settings: Mapping[str, str]) -> "ModelList":
        """Those whose provider the settings turn on."""
        return ModelList(tuple(model for model in self.models if is_on(model.provider, settings)), self.accounts)


def is_on(provider: str, settings: Mapping[str, str]) -> bool:
    """Whether the settings turn a provider on."""
    _, keys = PROVIDERS[provider]
    return not keys or any(settings.get(key) for key in keys)


def factory(name: str) -> Callable[[Setup], Provider]:
    """The `build` function of a provider; it raises BadSetup."""
    module, _, attribute = PROVIDERS[name][0].partition(":")
    build: Callable[[Setup], Provider] = getattr(importlib.import_module(module), attribute)
    return build


def load_models(path: Path = MODELS_FILE) -> ModelList:
    """The model list of a TOML file; `shipped = true` in it adds the shipped models after its own.

    Raises BadModelsFile.
    """
    tables = _read(path)
    if unknown := set(tables) - _SECTIONS:
        raise BadModelsFile(f"{path}: unknown section {', '.join(sorted(unknown))}; known: models, accounts, shipped")
    own = ModelList(
        tuple(_model(f"{path}: model {id_!r}", id_, table) for id_, table in tables.get("models", {}).items()),
        {name: _account(f"{path}: account {name!r}", name, one) for name, one in tables.get("accounts", {}).items()},
    )
    listed = _joined(own, load_models()) if tables.get("shipped") else own
    if not listed.models:
        raise BadModelsFile(f"{path}: it lists no model; write at least one")
    return listed


def _joined(own: ModelList, shipped: ModelList) -> ModelList:
    ids = {model.id for model in own.models}
    rest = tuple(model for model in shipped.models if model.id not in ids)
    return ModelList(own.models + rest, {**shipped.accounts, **own.accounts})


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as exc:
        raise BadModelsFile(f"{path}: {exc}") from exc


def _account(where: str, provider: str, table: Any) -> Account:
    account: Account = _validated(where, Account, table)
    if provider not in PROVIDERS:
        raise BadModelsFile(f"{where}: there is no such provider; known: {', '.join(PROVIDERS)}")
    if account.concurrency < 1 or (account.per_minute is not None and account.per_minute < 1):
        raise BadModelsFile(f"{where}: let at least 1 call through")
    return account


def _model(where: str, id_: str, table: Any) -> Model:
    if isinstance(table, dict):
        _only_known(f"{where}: capabilities", Capabilities, table.get("capabilities", {}))
    model: Model = _validated(where, Model, table, id=id_)
    if problem := _problem(model):
        raise BadModelsFile(f"{where}: {problem}")
    return model


def _validated(where: str, shape: type[Any], table: Any, **more: str) -> Any:
    _only_known(where, shape, table)
    try:
        return _ENTRY[shape].validate_python({**more, **table})
    except ValidationError as exc:
        raise BadModelsFile(f"{where}: {told(exc)}") from exc


def _only_known(where: str, shape: type[Any], table: Any) -> None:
    if not isinstance(table, dict):
        raise BadModelsFile(f"{where}: write it as a table")
    known = {field.name for field in fields(shape)} - {"id"}  # the id is the table's own name
    if unknown := set(table) - known:
        raise BadModelsFile(f"{where}: unknown key {', '.join(sorted(unknown))}")


def _problem(model: Model) -> str | None:
    """What the types of the keys do not show."""
    if model.provider not in PROVIDERS:
        return f"provider: there is no {model.provider!r}; known: {', '.join(PROVIDERS)}"
    return _impossible(model.capabilities) or _mispriced(model) or _checker(model)


def _impossible(can: Capabilities) -> str | None:
    """What no request could ever fit."""
    for name, offered in (("sizes", can.sizes), ("aspects", can.aspects)):
        if not offered:
            return f"capabilities.{name}: name at least one"
    if not 0 <= can.min_references <= can.max_references:
        return "capabilities.min_references: write 0 or more, and no more than max_references"
    return None if can.deadline > 0 else "capabilities.deadline: write the seconds a call may take"


def _mispriced(model: Model) -> str | None:
    """What would be given away, above all a size without a price."""
    for size in model.capabilities.sizes:
        if size not in model.prices and "*" not in model.prices:
            return f"prices.{size}: write what a picture of this size costs"
    for name, price in (*model.prices.items(), ("per_reference", model.per_reference), *model.surcharges.items()):
        if price < 0:
            return f"prices.{name}: write 0 or more dollars"
    if unpriced := set(model.surcharges) - set(model.capabilities.parameters):
        return f"surcharges.{min(unpriced)}: it is none of the model's parameters"
    return None


def _checker(model: Model) -> str | None:
    """A provider's checker named anywhere, be it as a field that is sent or as a parameter people may set."""
    for name in _words((model.wire, model.capabilities.parameters)):
        if name in CHECKERS:
            return f"{name}: a provider's checker is never switched off; leave this out"
    return None


def _words(listed: Any) -> Iterator[str]:
    """Every word in a part of the model list, the keys too."""
    match listed:
        case str():
            yield listed
        case Mapping():
            yield from _words([*listed, *listed.values()])
        case list() | tuple():
            for one in listed:
                yield from _words(one)
        case _:
            pass
