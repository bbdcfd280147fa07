"""Reading the settings from `.env` and the environment, and naming keys that nobody reads."""

import difflib
import io
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from dotenv.parser import Binding, parse_stream

from bot.settings import GROUPS, Settings
from providers.contract.errors import SettingError
from providers.registry import providers

MISSPELT_IN_FILE = 0.75
"""Similarity (difflib's ratio) from which an unknown key of the file counts as a known one misspelt."""
MISSPELT_IN_ENVIRONMENT = 0.9
"""The same for a variable of the environment, which may belong to another program: one letter is wrong."""
OF_OTHER_TOOLS = frozenset({"AWS", "AZURE", "GOOGLE"})
"""Beginnings of keys that the tools of picture servers read too, under many more names than ours."""


def settings_of(file: Path, environment: Mapping[str, str]) -> Settings:
    """Read the settings of a file and, over them, of the environment; an empty text counts as unset.

    Raises SettingError for a line that cannot be read and for a key that is a known one misspelt, and BadPlugin. Other
    unknown keys of the file are kept in `unknown`.
    """
    keys = {*own_keys(), *(setting.key for one in providers().values() for setting in one.settings)}
    written = _read(file)
    unknown = _unknown(file, written, keys)
    _check_environment(environment, keys)
    return Settings({**written, **{key: value for key, value in environment.items() if value.strip()}}, unknown)


def own_keys() -> list[str]:
    """The keys of the table, without those of providers."""
    return list(dict.fromkeys(str(field.alias) for group in GROUPS for field in group.model_fields.values()))


def _read(file: Path) -> dict[str, str]:
    """The texts that are set in a file; of a key that stands twice the last one. Raises SettingError."""
    try:
        text = file.read_text("utf-8-sig") if file.is_file() else ""
    except (OSError, UnicodeDecodeError) as exc:
        raise SettingError(str(file), f"save it as readable text in UTF-8, or remove it ({exc})") from exc
    found: dict[str, str] = {}
    for binding in parse_stream(io.StringIO(text)):
        if binding.error or (binding.key and binding.value is None and not binding.key.isidentifier()):
            raise SettingError(str(file), f"correct line {binding.original.line}: write KEY=value, quotes in pairs")
        if binding.key is not None:
            found[binding.key] = _text(binding)
    return {key: value for key, value in found.items() if value}


def _text(binding: Binding) -> str:
    value = (binding.value or "").strip()
    behind = binding.original.string.partition("=")[2]
    # python-dotenv takes the comment of "KEY= # comment" for the value
    return "" if value.startswith("#") and behind[:1].isspace() and behind.lstrip().startswith("#") else value


def _unknown(file: Path, written: Mapping[str, str], keys: Collection[str]) -> tuple[str, ...]:
    """Return the keys of a file that are no settings; raises SettingError for one that is misspelt."""
    unknown = tuple(sorted(written.keys() - set(keys)))
    for key in unknown:
        if near := _nearest(key, keys, MISSPELT_IN_FILE):
            raise SettingError(key, f"{file} sets it, and there is no such setting: did you mean {near}?")
    return unknown


def _check_environment(environment: Mapping[str, str], keys: Collection[str]) -> None:
    for key in _strange(environment, keys):
        if near := _nearest(key, keys, MISSPELT_IN_ENVIRONMENT):
            raise SettingError(key, f"the environment sets it, and there is no such setting: did you mean {near}?")


def _strange(environment: Mapping[str, str], keys: Collection[str]) -> Iterator[str]:
    """The unknown variables that begin like a setting; the rest is other programs' business."""
    prefixes = {key.partition("_")[0] for key in keys} - OF_OTHER_TOOLS
    for key in sorted(environment.keys() - set(keys)):
        if environment[key].strip() and key.partition("_")[0] in prefixes:
            yield key


def _nearest(key: str, keys: Collection[str], cutoff: float) -> str | None:
    return next(iter(difflib.get_close_matches(key.upper(), keys, n=1, cutoff=cutoff)), None)
