"""Table of providers, and the model list they serve.

One line in `PROVIDERS` adds a provider, and so does a plug-in (providers/plugins.py); an SDK is imported only when its
provider is chosen.
"""

import importlib
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from providers.comfyui.declaration import COMFYUI
from providers.contract.model import Account, Capabilities, Model
from providers.contract.provider import Provider, Setup
from providers.contract.settings import Declaration
from providers.fal.declaration import FAL
from providers.gemini.declaration import GEMINI
from providers.openai_images.declaration import OPENAI
from providers.plugins import BadPlugin, with_plugins
from providers.replicate.declaration import REPLICATE
from providers.shared.model_wire import told

PROVIDERS: Mapping[str, Declaration] = {
    "comfyui": COMFYUI,
    "fal": FAL,
    "gemini": GEMINI,
    "local": Declaration(build="providers.local.provider:build"),
    "openai": OPENAI,
    "replicate": REPLICATE,
    "scripted": Declaration(build="providers.scripted:build"),
}
"""The shipped providers."""

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
        known = providers()
        return ModelList(tuple(model for model in self.models if known[model.provider].is_on(settings)), self.accounts)


def providers() -> dict[str, Declaration]:
    """Return the shipped providers and the installed plug-ins by name; raises BadPlugin."""
    return with_plugins(PROVIDERS)


def factory(name: str) -> Callable[[Setup], Provider]:
    """Import the `build` function of a provider; it raises SettingError. Raises BadPlugin where there is none."""
    target = providers()[name].build
    module, _, attribute = target.partition(":")
    try:
        build: Callable[[Setup], Provider] = getattr(importlib.import_module(module), attribute)
    except (ImportError, AttributeError) as exc:
        if name in PROVIDERS:
            raise
        raise BadPlugin(
            f"The provider plug-in {name!r} has no {target}: update it or uninstall it ({type(exc).__name__}: {exc})."
        ) from exc
    return build


def load_models(path: Path = MODELS_FILE) -> ModelList:
    """Read the model list of a TOML file.

    `shipped = true` in it adds the shipped models after its own. The shipped list ends with the models that plug-ins
    bring. Raises BadModelsFile or BadPlugin.
    """
    known = providers()
    return _with_brought(_listed(path, known), known) if path == MODELS_FILE else _listed(path, known)


def _with_brought(shipped: ModelList, known: Mapping[str, Declaration]) -> ModelList:
    """The shipped models, then those of each plug-in."""
    listed = shipped
    for name, declaration in known.items():
        if declaration.models is None:
            continue
        brought = _listed(declaration.models, known)
        for model in brought.models:
            if model.provider != name:
                raise BadPlugin(f"The provider plug-in {name!r} lists the model {model.id!r} of {model.provider!r}.")
            if any(model.id == one.id for one in listed.models):
                raise BadPlugin(f"The provider plug-in {name!r} lists the model {model.id!r}, which there is already.")
        listed = _joined(listed, brought)
    return listed


def _listed(path: Path, known: Mapping[str, Declaration]) -> ModelList:
    tables = _read(path)
    if unknown := set(tables) - _SECTIONS:
        raise BadModelsFile(f"{path}: unknown section {', '.join(sorted(unknown))}; known: models, accounts, shipped")
    own = ModelList(
        tuple(_model(f"{path}: model {id_!r}", id_, table, known) for id_, table in tables.get("models", {}).items()),
        {
            name: _account(f"{path}: account {name!r}", name, one, known)
            for name, one in tables.get("accounts", {}).items()
        },
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


def _account(where: str, provider: str, table: Any, known: Mapping[str, Declaration]) -> Account:
    account: Account = _validated(where, Account, table)
    if provider not in known:
        raise BadModelsFile(f"{where}: there is no such provider; known: {', '.join(known)}")
    if account.concurrency < 1 or (account.per_minute is not None and account.per_minute < 1):
        raise BadModelsFile(f"{where}: let at least 1 call through")
    return account


def _model(where: str, id_: str, table: Any, known: Mapping[str, Declaration]) -> Model:
    if isinstance(table, dict):
        _only_known(f"{where}: capabilities", Capabilities, table.get("capabilities", {}))
    model: Model = _validated(where, Model, table, id=id_)
    if problem := _problem(model, known):
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


def _problem(model: Model, known: Mapping[str, Declaration]) -> str | None:
    """What the types of the keys do not show."""
    if model.provider not in known:
        return f"provider: there is no {model.provider!r}; known: {', '.join(known)}"
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
