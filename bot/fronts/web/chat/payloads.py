"""What an entry of the transcript holds: an outgoing value with who reacted, or a person's own words."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.core.chat import codec
from bot.core.chat.messages import Outgoing

Body = Mapping[str, Any]
PERSON_TYPE = "person"
_REACTED = "reacted"
"""Emoji to the ids of the people who put it; stands beside the fields of the outgoing value."""


def of_bot(outgoing: Outgoing) -> Body:
    return codec.dump(outgoing)


def of_person(text: str, photos: Sequence[str], reply_to: str | None) -> Body:
    """A person's words, the file names of their photos, and the message they answer."""
    return {"type": PERSON_TYPE, "text": text, "photos": list(photos), "reply_to": reply_to}


def renewed(old: Body, outgoing: Outgoing) -> Body:
    """The body of a replaced message: reactions stay while it is the same kind of message."""
    fresh = codec.dump(outgoing)
    if old.get("type") == fresh["type"] and (reacted := reactions(old)):
        fresh[_REACTED] = reacted
    return fresh


def reactions(body: Body) -> dict[str, list[str]]:
    """Who reacted, by emoji."""
    return {emoji: list(people) for emoji, people in body.get(_REACTED, {}).items() if people}


def reacted(body: Body, person: str, emoji: str, added: bool) -> Body:
    """The body after `person` put `emoji` on the message or took it off."""
    by_emoji = reactions(body)
    others = [one for one in by_emoji.get(emoji, []) if one != person]
    by_emoji[emoji] = [*others, person] if added else others
    return {**body, _REACTED: by_emoji}
