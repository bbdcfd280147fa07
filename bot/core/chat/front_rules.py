"""Rules that the core and every front follow alike: who reads an answer, what an emoji means, what runs at once."""

from collections.abc import Mapping

from bot.core.chat.catalogue import CommandSpec, Option, choice_key
from bot.core.chat.messages import Audience, Choice, Field, Place, say
from bot.core.chat.parsing import flag

FEW = 2
"""Up to so many pictures get reactions that wait for a tap, and nobody has to look up their numbers."""
LINK_VERBS = ("recipe", "original", "parent")
"""Buttons that only show something: a link that anybody can write for somebody else may repeat them."""
MEANINGS: Mapping[str, str] = {
    "✅": "keep", "👍": "keep",
    "❌": "reject", "👎": "reject",
    "⭐": "best", "🌟": "best", "❤": "best",
    "🗑": "trash", "✉": "send", "📩": "send",
}  # fmt: skip
"""What an emoji on a result does."""
_VOTES = ("keep", "reject", "best")
_VARIATION = "\ufe0f"
_SKIN = {chr(code) for code in range(0x1F3FB, 0x1F400)}


def meaning_of(emoji: str) -> str | None:
    """What an emoji on a result does, whatever its skin tone; None for one that means nothing here."""
    return MEANINGS.get("".join(char for char in emoji if char != _VARIATION and char not in _SKIN))


def is_vote(emoji: str) -> bool:
    """Whether an emoji is a vote; only votes are read again after an absence, since the rest would be done twice."""
    return meaning_of(emoji) in _VOTES


def answers_privately(spec: CommandSpec, options: Mapping[str, str]) -> bool:
    """Whether only the person reads the answer to a command, also where others read the place."""
    return spec.ack != "public" or flag(options.get("private", "")) is True


def changes_run_at_once(place: Place) -> bool:
    """Whether words in answer to a picture change it at once; in a group the change is offered with its price."""
    return place.audience == Audience.PRIVATE


def field_of(option: Option, value: str = "") -> Field:
    """The form field that asks for an option of a command."""
    if option.kind == "photos":
        return Field(name=option.name, label=say(option.key), kind="photos", required=option.required)
    choices = tuple(Choice(value=one, label=say(choice_key(one))) for one in option.choices)
    return Field(
        name=option.name,
        label=say(option.key),
        kind="choice" if choices else "words" if option.kind == "words" else "line",
        required=option.required,
        value=value,
        choices=choices,
        longest=_longest(option),
    )


def _longest(option: Option) -> int:
    """Characters of an answer; `most` bounds the number itself where the option is one."""
    return len(str(option.most)) + 1 if option.kind == "whole" else option.most if option.kind != "choice" else 2000
