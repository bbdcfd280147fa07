"""The shared conversation on Telegram: a private chat with the bot on a loopback Bot API server.

What a message is (an answer, a question, pictures) is overheard from the core; its words, buttons and verdicts are read
where they stand in the chat.
"""

import asyncio
import re
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.core.chat.action_ids import Action, parse
from bot.core.chat.messages import Field, Form, Incoming, MessageRef, Outgoing, Place, Show, Speak, Text, Who
from bot.fronts.telegram.front import TelegramFront
from bot.fronts.telegram.sending.message_store import LayoutStore
from bot.settings import TelegramSettings
from bot.wiring import Running
from tests.conversation.chats import Heard, started
from tests.fronts.telegram.talking import FAST
from tests.servers.telegram import TelegramServer, settings_of, telegram
from tests.servers.telegram_people import Human, Posted

OPERATOR = "local:operator"
"""The operator as the talks name them."""
KEPT = "telegram.pickle"
"""What Telegram knows, kept in the bot's folder while the bot is started anew."""
LACKING = {"⭐": "❤", "❌": "👎"}
"""What somebody taps on Telegram, which lets nobody react with these."""
PATIENCE = 30.0
_VERDICT = re.compile(r"(\d+) (✅|❌|⭐)")
_MEANINGS = {"✅": "kept", "❌": "rejected", "⭐": "kept"}


@dataclass(slots=True)
class Noted:
    """What the core said, in the reader's words, and the message that carries it; a notice above a button has none."""

    id: str
    outgoing: Outgoing
    words: str
    details: list[str]
    at: int | None
    since: float
    """Where it first stood: pictures that come again since their album changed are no news."""
    notice: str = ""


class TelegramChat:
    """Somebody's private chat."""

    def __init__(self, bot: Running, me: Human) -> None:
        self.seen: list[Heard] = []
        self.who = Who("telegram", str(me.id), str(me.user["first_name"]))
        self._named = f"telegram:{me.id}"
        self._app = bot.app
        self._memory = LayoutStore(bot.state.facts)
        self._me = me
        self._noted: dict[str, Noted] = {}
        self._reactions: dict[int, list[str]] = {}
        self._changed = asyncio.Event()

    async def say(self, text: str, *photos: Path) -> None:
        text = text.replace(OPERATOR, self._named)
        files = [path.read_bytes() for path in photos]
        if len(files) > 1:
            await self._me.sends_album(files, text)
        elif not files:
            await self._me.writes(text)
        elif photos[0].suffix == ".jpg":
            await self._me.sends_photo(files[0], text)
        else:
            await self._me.sends_file(files[0], photos[0].name, text)
        await self._dealt_with()

    async def reply(self, message: Heard, text: str) -> None:
        await self._me.writes(text, to=await self._at(message.id))
        await self._dealt_with()

    async def press(self, message: Heard, action: str) -> None:
        at = await self._at(message.id)
        await self._me.presses_data(action, Posted(self._me.chat, at, self._me.chat.messages[at]))
        await self._dealt_with()

    async def react(self, message: Heard, emoji: str, *, added: bool = True) -> None:
        if emoji == "✉️":  # no reaction of Telegram's; its action can be pressed
            await self.press(message, str(Action("send", message.pictures[0]["id"].partition(":")[2])))
            return
        at = await self._at(message.id)
        before, after = self._reactions.get(at, []), [LACKING.get(emoji, emoji)] if added else []
        self._reactions[at] = after
        await self._me.reacts(Posted(self._me.chat, at, self._me.chat.messages[at]), before, after)
        await self._dealt_with()

    async def submit(self, message: Heard, **fields: str) -> None:
        """Answer one question after the other, and leave what is not given as it is."""
        form = self._noted[message.id].outgoing
        assert isinstance(form, Form)
        for field in form.fields:
            await self._answer(field, fields.get(field.name), self._me.last)

    async def download(self, message: Heard) -> bytes:
        return self._me.world.files[message.file]

    async def messages(self) -> list[Heard]:
        standing = sorted(self._noted.values(), key=lambda noted: noted.since)
        return [self._heard(one) for one in standing if one.at is None or one.at in self._me.chat.messages]

    async def next_change(self) -> None:
        self._changed.clear()
        await self._changed.wait()

    async def note(self, ref: MessageRef | None, outgoing: Outgoing) -> None:
        """The core said something."""
        locale = await self._app.locale(self.who, str(self._me.user["language_code"]))

        def words(texts: Sequence[Text]) -> list[str]:
            return [self._app.words(text, locale) for text in texts]

        lines = (outgoing.title,) if isinstance(outgoing, Form) else outgoing.lines
        details = words(outgoing.details) if isinstance(outgoing, Show) else []
        at = None if ref is None else int((await self._memory.layout(ref)).at)
        id_ = ref.id if ref else "0"
        noted = Noted(id_, outgoing, "\n".join(words(lines)), details, at, float(id_))
        if at is None:
            noted.id, noted.notice = f"notice {len(self._noted)}", str(self._me.methods.popups[-1]["text"])
            noted.since = self._me.chat.last_id + 0.5
        self._noted[noted.id] = noted
        if at is None or at in self._me.chat.messages:
            self.seen.append(self._heard(noted))
        self._changed.set()

    async def _answer(self, field: Field, value: str | None, question: Posted) -> None:
        if field.choices:
            wanted = field.value if value is None else value
            number = next((n for n, choice in enumerate(field.choices) if choice.value == wanted), 0)
            await self._me.presses_data(_ending(question, f":{number}"), question)
        elif value is None:
            await self._me.presses_data(_ending(question, ":skip"), question)
        else:
            await self._me.writes(value)
        await self._dealt_with()

    async def _at(self, id_: str) -> int:
        """The message that carries what the core calls by this id."""
        ref = MessageRef("telegram", str(self._me.chat.id), id_)
        return int((await self._memory.layout(ref)).at)

    async def _dealt_with(self) -> None:
        """Wait until the bot has confirmed everything that was sent to it."""
        await asyncio.wait_for(self._me.world.until(lambda: not self._me.world.updates), PATIENCE)

    def _heard(self, noted: Noted) -> Heard:
        if noted.at is None:
            return Heard(id=noted.id, kind=noted.outgoing.type, text=self._told(noted.notice))
        posted = Posted(self._me.chat, noted.at, self._me.chat.messages[noted.at])
        is_show = isinstance(noted.outgoing, Show)
        return Heard(
            id=noted.id,
            kind=noted.outgoing.type,
            text=noted.words if is_show and posted.text.startswith(noted.words) else self._told(posted.text),
            buttons=[
                (button["text"].removeprefix("✓ "), button["callback_data"])
                for row in posted.rows
                for button in row
                if "callback_data" in button
            ],
            pictures=_pictures(noted.outgoing, posted) if isinstance(noted.outgoing, Show) else [],
            details=[detail for detail in noted.details if detail in posted.text.splitlines()[-1].split(" · ")],
            form=noted.outgoing.id if isinstance(noted.outgoing, Form) else "",
            file=posted.message["document"]["file_id"] if posted.kind == "document" else "",
        )

    def _told(self, text: str) -> str:
        return text.replace(self._named, OPERATOR)


def _pictures(show: Show, posted: Posted) -> list[dict[str, Any]]:
    """Pictures with the verdicts that can be seen: of several in a line of words, of one by its marked buttons."""
    if len(show.pictures) > 1:
        marks = {int(number): mark for number, mark in _VERDICT.findall(posted.text)}
    else:
        pressed = [button for row in posted.rows for button in row if button["text"].startswith("✓ ")]
        verbs = {action.verb for button in pressed if (action := parse(button["callback_data"]))}
        mark = next((mark for verb, mark in (("best", "⭐"), ("keep", "✅"), ("reject", "❌")) if verb in verbs), "")
        marks = {picture.number: mark for picture in show.pictures if mark}
    return [
        {
            "id": picture.id, "number": picture.number, "actions": picture.actions,
            "verdict": _MEANINGS.get(marks.get(picture.number, ""), "undecided"),
            "best": marks.get(picture.number) == "⭐",
        }
        for picture in show.pictures
    ]  # fmt: skip


def _ending(question: Posted, ending: str) -> str:
    """What the button of a question sends, by how that ends."""
    for row in question.rows:
        for button in row:
            if button["callback_data"].endswith(ending):
                return str(button["callback_data"])
    raise AssertionError(f"no button {ending!r} under {question.text!r}: {question.buttons}")


class _Core:
    """The core as the front sees it; what it says is noted."""

    def __init__(self, app: Any, chat: TelegramChat) -> None:
        self._app = app
        self._chat = chat

    def __getattr__(self, name: str) -> Any:
        return getattr(self._app, name)

    async def handle(self, incoming: Incoming, speak: Speak) -> None:
        async def noted(outgoing: Outgoing, *, instead_of: MessageRef | None = None) -> MessageRef | None:
            ref = await speak(outgoing, instead_of=instead_of)
            await self._chat.note(ref, outgoing)
            return ref

        await self._app.handle(incoming, noted)


@dataclass(frozen=True, slots=True)
class _Front:
    """The front as the core sees it; what it is given to say is noted."""

    front: TelegramFront
    chat: TelegramChat
    platform: str = "telegram"

    async def send(
        self, place: Place, outgoing: Outgoing, key: str, *, instead_of: MessageRef | None = None, to: str | None = None
    ) -> MessageRef | None:
        ref = await self.front.send(place, outgoing, key, instead_of=instead_of, to=to)
        await self.chat.note(ref, outgoing)
        return ref

    async def readable(self, who: str, chat: str, threads: frozenset[str]) -> frozenset[str]:
        return await self.front.readable(who, chat, threads)

    async def remove(self, ref: MessageRef) -> None:
        await self.front.remove(ref)


@asynccontextmanager
async def telegram_chat(
    folder: Path, locale: str, settings: dict[str, str]
) -> AsyncIterator[tuple[TelegramChat, Running]]:
    """The operator's private chat; what was said there before the bot was started anew is still there."""
    async with AsyncExitStack() as stack:
        server = await stack.enter_async_context(telegram())
        kept = folder / KEPT
        if kept.exists():
            server.world.restore(kept.read_bytes())
        me = _operator(server, locale)
        _, bot = await started(stack, folder, {"ADMINS": f"telegram:{me.id}", **settings})
        stack.callback(lambda: kept.write_bytes(server.world.saved()))
        chat = TelegramChat(bot, me)
        front = TelegramFront(_Core(bot.app, chat), bot.state.facts, TelegramSettings.read(settings_of(server)), FAST)
        bot.fronts[front.platform] = _Front(front, chat)
        running = asyncio.create_task(front.run())
        stack.push_async_callback(_ended, running)
        await front.ready.wait()
        yield chat, bot


def _operator(server: TelegramServer, locale: str) -> Human:
    if not server.world.people:
        return server.person("You", locale)
    [(id_, user)] = server.world.people.items()
    return Human(server.world, server.methods, user, server.world.chats[id_])


async def _ended(running: "asyncio.Task[None]") -> None:
    running.cancel()
    await asyncio.wait([running])
