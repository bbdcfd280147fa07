"""Reading the `wire` of a model: how its provider spells a request to it, in that provider's own words."""

from dataclasses import fields
from functools import cache
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from providers.contract.errors import SettingError
from providers.contract.model import Model

T = TypeVar("T")


def wire_of(model: Model, shape: type[T]) -> T:
    """Read the `wire` of a model as the dataclass `shape`; raises SettingError for an unknown or unfit key."""
    if unknown := set(model.wire) - {field.name for field in fields(shape)}:  # type: ignore[arg-type]  # a dataclass
        raise bad(model, f"nobody reads wire.{min(unknown)}; leave it out")
    try:
        wire: T = _reader(shape).validate_python(dict(model.wire))  # type: ignore[arg-type]  # classes are hashable
    except ValidationError as exc:
        raise bad(model, told(exc, "wire")) from exc
    return wire


def bad(model: Model, problem: str) -> SettingError:
    """The error of a model that the operator has to correct in the model list."""
    return SettingError("MODELS_FILE", f"model {model.id!r}: {problem}")


def told(exc: ValidationError, *above: str) -> str:
    """What does not fit and where, in one line; the places are within `above`."""
    return "; ".join(f"{'.'.join(map(str, (*above, *error['loc'])))}: {error['msg']}" for error in exc.errors())


@cache
def _reader(shape: Any) -> TypeAdapter[Any]:
    """Building one takes milliseconds, and one shape is read for many models."""
    return TypeAdapter(shape)
