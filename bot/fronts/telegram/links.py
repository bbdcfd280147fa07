"""Links that lead from a group into the private chat with us, and what pressing Start there does.

Anybody can write such a link for somebody else, so it only ever shows something.
"""

import re

from bot.core.chat.action_ids import Action, parse
from bot.core.chat.catalogue import find
from bot.core.chat.front_rules import LINK_VERBS

GREETING = "hello"
_LONGEST = 64
"""Characters of a deep link's payload (Bot API: deep linking)."""
_PAYLOAD = re.compile(r"[A-Za-z0-9_-]+")


def link(username: str, payload: str) -> str:
    """The address that opens our private chat with a payload for /start."""
    return f"https://t.me/{username}?start={payload}"


def of_action(id_: str) -> str:
    """The payload that repeats a button in the private chat; a greeting for one that does more than show."""
    action = parse(id_)
    if action is None or action.verb not in LINK_VERBS or action.arg:
        return GREETING
    payload = f"a_{action.verb}_{action.row}"
    return payload if len(payload) <= _LONGEST and _PAYLOAD.fullmatch(payload) else GREETING


def of_command(name: str) -> str:
    """The payload that repeats a command in the private chat."""
    return "c_" + name.replace(" ", "-") if _is_linkable(name) else GREETING


def action_of(payload: str) -> str | None:
    """The button a payload repeats, if so."""
    kind, _, rest = payload.partition("_")
    verb, _, row = rest.partition("_")
    return str(Action(verb, row)) if kind == "a" and verb in LINK_VERBS and re.fullmatch(r"[\w-]{1,40}", row) else None


def command_of(payload: str) -> str | None:
    """The command a payload repeats, if so."""
    name = payload.removeprefix("c_").replace("-", " ")
    return name if payload.startswith("c_") and _is_linkable(name) else None


def _is_linkable(command: str) -> bool:
    spec = find(command)
    return spec is not None and spec.linkable
