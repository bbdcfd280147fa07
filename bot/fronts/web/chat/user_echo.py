"""What of a person's own words stands in the chat, and who reads it."""

from bot.core.chat import catalogue, parsing
from bot.core.chat.errors import UserError


def is_shown(text: str) -> bool:
    """Whether these words stand in the chat; a command that clients send on their own does not."""
    command = _command(text)
    spec = catalogue.find(command.name) if command else None
    return spec is None or spec.listed


def is_whispered(text: str) -> bool:
    """Whether only their author reads these words in a shared room, as only they get the answer.

    So it is with commands answered privately, mistyped ones, and pictures asked for with --private.
    """
    if not _is_command(text):
        return False
    command = _command(text)
    spec = catalogue.find(command.name) if command else None
    if command is None or spec is None:
        return True
    return spec.ack != "public" or parsing.flag(command.options.get("private", "")) is True


def _command(text: str) -> parsing.Typed | None:
    if not _is_command(text):
        return None
    try:
        return parsing.parse(text)
    except UserError:
        return None


def _is_command(text: str) -> bool:
    return text.lstrip().startswith("/")
