"""The lines about a vote under its result, while it is open and after the close."""

from collections.abc import Mapping
from typing import Any

from bot.core.chat.messages import Text, say
from storage.db.ids import when
from storage.tables.enums import VoteState
from storage.tables.generations import Generation


def lines_of(generation: Generation) -> tuple[Text, ...]:
    """The vote's lines under a result; empty without a vote."""
    if generation.voting is None:
        return ()
    return open_lines(generation.voting["rules"]) if generation.vote == VoteState.OPEN else (say("vote-shut"),)


def open_lines(rules: Mapping[str, Any]) -> tuple[Text, ...]:
    """The quorum and the deadline of an open vote."""
    quorum = max(1, rules.get("quorum", 1))
    if deadline := rules.get("deadline"):
        return (say("vote-open-until", count=quorum, until=f"{when(deadline):%Y-%m-%d %H:%M} UTC"),)
    return (say("vote-open", count=quorum),)
