"""Declaration of a provider as data: how it is built, the settings it reads, and the models it brings."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias
from urllib.parse import urlsplit

from providers.contract.errors import SettingError

Kind: TypeAlias = Literal["key", "address", "text"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One setting of a provider.

    `about` and `default` are English words for the pages, in Markdown and without a full stop.
    """

    key: str
    about: str
    default: str
    kind: Kind = "text"
    turns_on: bool = False
    """Whether a value turns the provider on."""
    looks: str = ""
    """Form of a key that must be given, such as "r8_…"; without one the key may stay unset."""
    usual: str = ""
    """Address where none is given."""

    def read(self, given: Mapping[str, str]) -> str:
        """Return the value, without blanks around it; raises SettingError, which never repeats the value."""
        text = given.get(self.key, "").strip()
        match self.kind:
            case "key":
                return self._key(text)
            case "address":
                return self._address(text)
            case "text":
                return text

    def _key(self, text: str) -> str:
        if not text and self.looks:
            raise SettingError(self.key, f"copy it again from your account; it looks like {self.looks}")
        if not text.isascii() or not text.isprintable() or " " in text:
            raise SettingError(self.key, "copy the key again: it has characters that no key has")
        return text

    def _address(self, text: str) -> str:
        address = (text or self.usual).rstrip("/")
        if not is_address(address):
            raise SettingError(self.key, f"write an address such as {self.usual}")  # a password may stand in the value
        return address


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """One provider: `build` is the "module:function" that makes it from a Setup, imported only when it is chosen."""

    build: str
    settings: tuple[Setting, ...] = ()
    models: Path | None = None
    """A model list in the form of models.toml, of this provider alone."""

    @property
    def keys(self) -> tuple[str, ...]:
        """The settings of which one turns the provider on; without any it is always on."""
        return tuple(setting.key for setting in self.settings if setting.turns_on)

    def is_on(self, given: Mapping[str, str]) -> bool:
        return not self.keys or any(given.get(key, "").strip() for key in self.keys)


def is_address(text: str) -> bool:
    """Whether requests can be sent to an http or https address at all."""
    try:
        parts = urlsplit(text)
        return (
            parts.scheme in ("http", "https")
            and bool(parts.hostname)
            and parts.port != 0
            and text.isprintable()
            and " " not in text
        )
    except ValueError:  # a port that is no number, brackets that are not closed
        return False
