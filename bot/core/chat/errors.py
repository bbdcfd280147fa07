"""What the core tells people when something cannot be done."""

from typing import Literal

from bot.core.chat.messages import Arg, Text, say


class UserError(Exception):
    """Something cannot be done: the sentence for the person (what happened, what to do next).

    `more` names the limit that an operator could raise.
    """

    more: Literal["images", "dollars"] | None = None

    def __init__(self, key: str, /, **args: Arg) -> None:
        super().__init__(key)
        self.text: Text = say(key, **args)


class OverLimit(UserError):
    """A limit is reached; a person's own can be raised by an operator's press."""

    def __init__(self, key: str, more: Literal["images", "dollars"] | None, /, **args: Arg) -> None:
        super().__init__(key, **args)
        self.more = more
