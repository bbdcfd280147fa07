"""Base of a group of settings: a frozen model whose fields are rows of the table in bot/settings.py."""

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, EnvSettingsSource, PydanticBaseSettingsSource, SettingsConfigDict

from providers.contract.errors import SettingError


def row(key: str, about: str, default: str, *, value: Any = None, secret: bool = False) -> Any:
    """A row of the table: the key, words for the pages, the value where it is unset. A secret is never printed."""
    return Field(value, alias=key, description=about, repr=not secret, json_schema_extra={"default": default})


class Group(BaseSettings):
    """Settings that one room reads; made with `read`, or in code by the fields' names."""

    model_config = SettingsConfigDict(
        frozen=True, extra="ignore", validate_by_alias=True, validate_by_name=True, hide_input_in_errors=True,
    )  # fmt: skip
    title: ClassVar[str]
    advice: ClassVar[Mapping[str, str]] = {}
    """The fix for a key that must be given and is not."""

    @classmethod
    def settings_customise_sources(
        cls, settings_cls: type[BaseSettings], init_settings: PydanticBaseSettingsSource, *_: Any, **__: Any
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Read nothing but what is handed over: only bot/__main__.py knows the environment."""
        return (init_settings,)

    @classmethod
    def read(cls, given: Mapping[str, str]) -> Self:
        """Read the group from texts by key; raises SettingError."""
        try:
            return cls(**_Given(cls, given)())
        except ValidationError as exc:
            problem = exc.errors(include_input=False, include_url=False)[0]
            key = str(problem["loc"][0])
            cause = problem.get("ctx", {}).get("error")
            # the validation error would repeat the value in the log
            raise SettingError(key, str(cause or cls.advice.get(key, problem["msg"]))) from None


class _Given(EnvSettingsSource):
    """A mapping in place of the environment of the process."""

    def __init__(self, group: type[BaseSettings], given: Mapping[str, str]) -> None:
        super().__init__(group, case_sensitive=True)
        self.env_vars = given
