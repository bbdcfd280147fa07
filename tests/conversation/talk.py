"""A person who reads what is said, presses what it says on the buttons, and fills what is asked."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.wiring import Running
from providers.scripted import Scripted
from tests.conversation.chats import Chat, Heard, opened
from tests.conversation.french import FRENCH

PHOTOS = Path(__file__).parents[1] / "photos"
WOMAN, MAN = PHOTOS / "woman.jpg", PHOTOS / "man.jpg"

everywhere = pytest.mark.parametrize(
    ("front", "locale"),
    [
        ("console", "en"), ("web", "en"), ("web", "fr"), ("telegram", "en"), ("telegram", "fr"),
        ("discord", "en"), ("discord", "fr"),
    ],
)  # fmt: skip
"""On every front end, in English and in French."""


class Talk:
    """Somebody in a chat; what they read stands in English in the tests and is looked for in their own language."""

    def __init__(self, chat: Chat, bot: Running, locale: str = "en") -> None:
        self.chat = chat
        self.bot = bot
        self.locale = locale

    @property
    def scripted(self) -> Scripted:
        """The fake that draws."""
        provider = self.bot.providers["scripted"]
        assert isinstance(provider, Scripted)
        return provider

    async def says(self, text: str, *photos: Path) -> None:
        await self.chat.say(text, *photos)

    async def hears(self, text: str, kind: str = "say") -> Heard:
        """The newest message is of this kind and holds these words."""
        message = await self.last()
        assert (message.kind, self.own(text) in _spaced(message.text)) == (kind, True), (text, message)
        return message

    async def taps(self, label: str) -> None:
        """Press the newest button that reads so."""
        label = self.own(label)
        for message in reversed(await self.chat.messages()):
            for words, action in message.buttons:
                if _reads(_spaced(words), label):
                    await self.chat.press(message, action)
                    return
        raise AssertionError(f"no button {label!r}")

    async def fills(self, title: str, **fields: str) -> None:
        """Fill the newest form, which has this title, and send it."""
        await self.chat.submit(await self.hears(title, "form"), **fields)

    async def answers(self, text: str) -> None:
        """Words in answer to the newest pictures."""
        await self.chat.reply(await self.result(), text)

    async def reacts(self, emoji: str, *, added: bool = True) -> None:
        """An emoji on the newest pictures, or its taking away."""
        await self.chat.react(await self.result(), emoji, added=added)

    async def heard(self, text: str) -> Heard:
        """One of the messages so far holds these words."""
        [message, *_] = [one for one in await self.chat.messages() if self.own(text) in _spaced(one.text)]
        return message

    async def prints(self, text: str) -> Heard:
        """The newest pictures have these words in their small print."""
        message = await self.result()
        assert self.own(text) in map(_spaced, message.details), message
        return message

    async def last(self) -> Heard:
        return (await self.chat.messages())[-1]

    async def words_of(self, message: Heard) -> str:
        """What a message says now."""
        return next(_spaced(one.text) for one in await self.chat.messages() if one.id == message.id)

    async def quiet(self) -> None:
        """Wait until nothing is being made any more."""
        while any(message.kind == "progress" for message in await self.chat.messages()):
            await self.chat.next_change()

    async def result(self) -> Heard:
        """The newest pictures, once nothing is being made any more."""
        await self.quiet()
        return [message for message in await self.chat.messages() if message.kind == "show"][-1]

    async def verdicts(self) -> list[str]:
        return [picture["verdict"] + "*" * picture["best"] for picture in (await self.result()).pictures]

    def own(self, text: str) -> str:
        """English words in the language of this talk."""
        return FRENCH.get(text, text) if self.locale == "fr" else text


@asynccontextmanager
async def talking(front: str, folder: Path, locale: str, **settings: str) -> AsyncIterator[Talk]:
    """The operator at a bot of their own."""
    async with opened(front, folder, locale, **settings) as (chat, bot):
        yield Talk(chat, bot, locale)


def _reads(words: str, label: str) -> bool:
    """Whether a button reads so; a number is meant as a whole."""
    return label == words.split(" ")[0] or (not label.isdecimal() and label in words)


def _spaced(text: str) -> str:
    """The text with plain spaces, as people write it."""
    return text.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")
