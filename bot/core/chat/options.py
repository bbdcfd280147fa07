"""Checking a command's options against the catalogue."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.core.chat.catalogue import CommandSpec, Option
from bot.core.chat.errors import UserError
from bot.core.chat.messages import say
from bot.core.chat.parsing import flag


@dataclass(frozen=True, slots=True)
class Options:
    """Checked options, by the type their kind has."""

    texts: Mapping[str, str] = field(default_factory=dict)
    wholes: Mapping[str, int] = field(default_factory=dict)
    flags: Mapping[str, bool] = field(default_factory=dict)

    def text(self, name: str, default: str = "") -> str:
        return self.texts.get(name, default)


def check(spec: CommandSpec, given: Mapping[str, str], photos: int) -> Options:
    """The options of a command as values; raises UserError naming the first one that does not fit."""
    texts: dict[str, str] = {}
    wholes: dict[str, int] = {}
    flags: dict[str, bool] = {}
    for option in spec.options:
        value = given.get(option.name, "").strip()
        if option.kind == "photos":
            _check_photos(spec, option, photos)
        elif not value:
            _check_absent(spec, option)
        elif option.kind == "whole":
            wholes[option.name] = _whole(option, value)
        elif option.kind == "flag":
            flags[option.name] = _flag(option, value)
        else:
            texts[option.name] = _text(option, value)
    if photos and spec.photos is None:
        raise UserError("error-photos-unexpected", command=f"/{spec.name}")
    return Options(texts, wholes, flags)


def _check_absent(spec: CommandSpec, option: Option) -> None:
    if option.required and option.name == "prompt":
        raise UserError("error-prompt-empty")
    if option.required:
        raise UserError("error-option-missing", option=say(option.key), command=f"/{spec.name}", name=option.name)


def _check_photos(spec: CommandSpec, option: Option, photos: int) -> None:
    if photos > option.most:
        raise UserError("error-photos-many", count=photos, most=option.most)
    if option.required and not photos:
        raise UserError("error-photos-missing", command=f"/{spec.name}")


def _whole(option: Option, value: str) -> int:
    try:
        number = int(value)
    except ValueError:
        number = option.least - 1
    if not option.least <= number <= option.most:
        bounds = {"least": option.least, "most": option.most}
        raise UserError("error-option-whole", option=f"--{option.name}", value=value[:30], **bounds)
    return number


def _flag(option: Option, value: str) -> bool:
    is_on = flag(value)
    if is_on is None:
        raise UserError("error-option-flag", option=f"--{option.name}", value=value[:30])
    return is_on


def _text(option: Option, value: str) -> str:
    if option.kind == "choice":
        folded = {choice.casefold(): choice for choice in option.choices}
        if value.casefold() not in folded:
            choices = ", ".join(option.choices)
            raise UserError("error-option-choice", option=f"--{option.name}", value=value[:30], choices=choices)
        return folded[value.casefold()]
    if len(value) > option.most:
        raise UserError("error-option-long", option=say(option.key), length=len(value), most=option.most)
    return value if option.kind == "words" else " ".join(value.split())
