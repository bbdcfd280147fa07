"""Whether something written in a group is meant for us, and what it says without our name."""

import re

from telegram import Message

from bot.core.chat.catalogue import COMMANDS

_HEADS = frozenset(command.name.split()[0] for command in COMMANDS)
_COMMAND = re.compile(r"/(\w+)(?:@(\w+))?")


def words_of(message: Message, username: str) -> str:
    """What somebody wrote, without our name."""
    text = (message.text or message.caption or "").strip()
    return _mention(username).sub("", text).strip() if not text.startswith("/") else text


def command_of(text: str) -> str | None:
    """The first word of a command, or None for other words."""
    found = _COMMAND.match(text)
    return found[1].casefold() if found else None


def is_for_another(text: str, username: str) -> bool:
    """Whether a command names another bot."""
    found = _COMMAND.match(text)
    return found is not None and found[2] is not None and found[2].casefold() != username.casefold()


def is_meant(message: Message, us: int, username: str) -> bool:
    """Whether a message of a group is for us: a command of ours, an answer to us, or one that names us.

    Administrators' bots hear everything that is said; ordinary talk costs nobody anything.
    """
    text = (message.text or message.caption or "").strip()
    if found := _COMMAND.match(text):
        return found[2] is not None or found[1].casefold().partition("_")[0] in _HEADS
    return answers_us(message, us) or _mention(username).search(text) is not None


def answers_us(message: Message, us: int) -> bool:
    """Whether a message is an answer to one of ours."""
    earlier = replied(message)
    return earlier is not None and earlier.from_user is not None and earlier.from_user.id == us


def replied(message: Message) -> Message | None:
    """The message somebody answers; in a topic every message "answers" the one that opened it."""
    earlier = message.reply_to_message
    return None if earlier is None or earlier.forum_topic_created else earlier


def _mention(username: str) -> "re.Pattern[str]":
    return re.compile(rf"@{re.escape(username)}\b", re.IGNORECASE)
