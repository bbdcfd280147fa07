"""The rights of a guest: look at what is posted in a place, and vote."""

from bot.core.chat import parsing
from bot.core.chat.action_ids import parse
from bot.core.chat.errors import UserError
from bot.core.chat.messages import Command, Incoming, Press, Reaction, Submit, Upload
from bot.core.curation.judge import ALL, VERBS

_BUTTONS = frozenset(
    {*VERBS, *ALL, "which", "page", "gallery", "shelf", "curate", "card", "recipe", "parent", "original", "send",
     "report", "flag", "settings", "erase", "drop"}
)  # fmt: skip
"""Buttons that vote, show, report, or concern the guest's own data."""
_COMMANDS = frozenset(
    {"start", "help", "settings", "curate", "gallery browse", "gallery stats", "gallery web", "privacy export",
     "privacy delete", "privacy likeness"}
)  # fmt: skip


def guest_may(incoming: Incoming) -> bool:
    """Whether an event is open to guests: nothing that makes, sends in or changes anything but votes."""
    match incoming:
        case Reaction():
            return True
        case Press(action=action):
            parsed = parse(action)
            return parsed is not None and parsed.verb in _BUTTONS
        case Command(name=name, photos=photos):
            return name in _COMMANDS and not photos
        case Upload(text=text, photos=photos):
            return not photos and _typed(text) in _COMMANDS
        case Submit(form=form):
            parsed = parse(form)
            return parsed is not None and parsed.verb == "settings"
        case _:
            return False


def _typed(text: str) -> str | None:
    """The name of a typed command, or None for other words."""
    if not text.lstrip().startswith("/"):
        return None
    try:
        return parsing.parse(text.strip()).name
    except UserError:
        return None
