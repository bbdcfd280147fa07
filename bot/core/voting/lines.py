"""What a vote says of itself: under the result while it lasts and after its end."""

from collections.abc import Mapping
from typing import Any

from bot.core.chat.messages import Text, say
from storage.db.ids import when
from storage.tables.generations import Generation


def lines_of(generation: Generation) -> tuple[Text, ...]:
    """What stands under a result about the vote on it; nothing without one."""
    if generation.voting is None:
        return ()
    return open_lines(generation.voting["rules"]) if generation.vote == "open" else (say("vote-shut"),)


def open_lines(rules: Mapping[str, Any]) -> tuple[Text, ...]:
    """How many votes decide, and until when they count."""
    quorum = max(1, rules.get("quorum", 1))
    if deadline := rules.get("deadline"):
        return (say("vote-open-until", count=quorum, until=f"{when(deadline):%Y-%m-%d %H:%M} UTC"),)
    return (say("vote-open", count=quorum),)
