"""What the core tells people when something cannot be done, and what it tells operators at start."""

from bot.core.messages import Arg, Text, say


class Sorry(Exception):
    """Something cannot be done: the sentence for the person (what happened, what to do next)."""

    def __init__(self, key: str, /, **args: Arg) -> None:
        super().__init__(key)
        self.text: Text = say(key, **args)


class BadSetting(Exception):
    """A setting that cannot be used; the message names the key and the fix."""

    def __init__(self, key: str, fix: str) -> None:
        super().__init__(f"{key}: {fix}")
        self.key = key
        self.fix = fix
