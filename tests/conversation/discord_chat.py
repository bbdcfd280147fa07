"""Discord: the operator's private chat with the bot, in a simulated Discord that remembers it over the bot's restarts.

People use slash commands where Discord's own client lets them, and words where it does not. What they read is taken
from the components that Discord was sent; only what kind of message it is meant as is overheard from the core.
"""

import asyncio
import pickle
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import simcord
from simcord.backend import Backend
from simcord.backend.errors import SetupError
from simcord.interactions import base_payload
from simcord.results import InteractionResult

from bot.core.chat.catalogue import find
from bot.core.chat.errors import UserError
from bot.core.chat.messages import MessageRef, Outgoing, Show, Who
from bot.core.chat.parsing import flag, parse
from bot.wiring import Running
from tests.conversation.chats import Heard
from tests.fronts.discord.world import Seen, World, discord_of_its_own, opened

NAME = "You"
OPERATOR = "local:operator"
LOCALES = {"en": "en-US", "fr": "fr"}
OPEN = "discord1:form"
"""The button that opens a form where none could open by itself."""
_MEMORY = "discord.pickle"
_SMALL = "-# "
_BETWEEN = " · "
_NUMBER = re.compile(r"\d+")


class DiscordChat:
    """What somebody does and reads in their private chat with the bot."""

    def __init__(self, person: simcord.UserHandle) -> None:
        self.seen: list[Heard] = []
        self.world: World
        self.who = Who("discord", str(person.id), NAME)
        self._me = person
        self._meant: dict[int, Outgoing] = {}
        self._form: tuple[InteractionResult, Heard] | None = None

    @property
    def channel(self) -> int:
        return self._me.dm_channel.id

    async def say(self, text: str, *photos: Path) -> None:
        text = text.replace(OPERATOR, self._named)
        files = [(path.name, path.read_bytes()) for path in photos]
        command = _command(text, files)
        try:
            if command is None:
                raise SetupError("these are words")
            shown = await self._me.slash(command[0], **command[1])
        except SetupError:
            self._form = None
            await self._me.send_dm(text, attachments=self.world.env.backend.store_attachments(self.channel, files))
            await self._open()
            return
        await self._opened(shown)
        if not self._form:
            await self._open()

    async def reply(self, message: Heard, text: str) -> None:
        self._form = None
        backend = self.world.env.backend
        reference = {"channel_id": str(self.channel), "message_id": message.id, "type": 0}
        await self._me.send_dm(text, reference=backend.normalize_message_reference(self.channel, reference))

    async def press(self, message: Heard, action: str) -> None:
        found = next(one for one in self._ours() if str(one.id) == message.id)
        if action in found.buttons.values():
            await self._opened(await self._me.click(self.world.handle(found), custom_id=action))
            return
        self._form = None
        await self._forged(found, action)

    async def react(self, message: Heard, emoji: str, *, added: bool = True) -> None:
        found = next(one for one in self._ours() if str(one.id) == message.id)
        await self._me.set_reaction(self.world.handle(found), emoji, reacted=added)

    async def submit(self, message: Heard, **fields: str) -> None:
        """Fill every part of a form: what is not named stays as it was when the part opened."""
        left = dict(fields)
        while self._form:
            shown, _ = self._form
            values = dict(_filled(shown, left))
            left = {name: value for name, value in left.items() if name not in values}
            await self._opened(await self._me.submit_modal(shown, values))
            if not self._form:
                await self._open()
        assert not left, f"the form has no {left}"

    async def download(self, message: Heard) -> bytes:
        found = next(one for one in self._ours() if str(one.id) == message.id)
        return self._file(found, 0)

    async def messages(self) -> list[Heard]:
        await self.world.env.settle()
        return [self._heard(one) for one in self._ours()] + ([self._form[1]] if self._form else [])

    async def next_change(self) -> None:
        self.world.changed.clear()
        async with asyncio.timeout(30):
            await self.world.changed.wait()

    @property
    def _named(self) -> str:
        """How operators name me here, which the talks write as they do in the terminal."""
        return f"discord:{self._me.id}"

    def overhear(self, ref: MessageRef | None, outgoing: Outgoing) -> None:
        """Something was said: what it is meant as, and how it read at that moment."""
        if ref is None:
            return
        self._meant[int(ref.id)] = outgoing
        for one in self._ours():
            if str(one.id) == ref.id:
                self.seen.append(self._heard(one))

    async def _open(self) -> None:
        """Press the newest message's button for a form, if it has one."""
        newest = self._ours()[-1:]
        if newest and OPEN in newest[0].buttons.values():
            await self._opened(await self._me.click(self.world.handle(newest[0]), custom_id=OPEN))

    async def _opened(self, shown: InteractionResult) -> None:
        """Remember the form that was opened; one that needs nothing more is sent as it is."""
        self._form = None
        if shown.modal is None:
            return
        self._form = (shown, Heard(id=str(shown._interaction.id), kind="form", text=shown.modal["title"]))
        if shown.modal["custom_id"].startswith("discord1:command:") and not _lacking(shown):
            await self.submit(self._form[1])

    async def _forged(self, found: Seen, action: str) -> None:
        """A press of what stood under the message when it was read, or stands there in other chats."""
        backend = self.world.env.backend
        data = {"custom_id": action, "component_type": 2}
        press, payload = base_payload(
            backend, type=3, channel_id=self.channel, guild_id=None, user_id=self._me.id, data=data
        )
        press.source_message_id = found.id
        old = {"type": 1, "components": [{"type": 2, "style": 2, "label": "…", "custom_id": action}]}
        message = {**found.raw, "components": [*found.raw["components"], old]}
        backend.emit("INTERACTION_CREATE", {**payload, "message": message})
        await self.world.env.settle()

    def _ours(self) -> list[Seen]:
        return self.world.messages(self.channel)

    def _heard(self, one: Seen) -> Heard:
        meant = self._meant.get(one.id)
        kind = meant.type if meant else "say"
        words = [_plain(part["content"]) for part in one.parts if part["type"] == 10]
        small = [line for text in words for line in text.splitlines() if line.startswith(_SMALL)]
        if kind == "show":
            words = [text for text in words if not text.startswith(_SMALL)]
        text = "\n".join(words).replace(self._named, OPERATOR)
        if "words.txt" in one.files:
            text = self._file(one, one.files.index("words.txt")).decode()
        return Heard(
            id=str(one.id),
            kind=kind,
            text=text.replace("**", "") if kind == "show" else text,
            buttons=list(one.buttons.items()),
            pictures=list(_pictures(one, meant)) if isinstance(meant, Show) else [],
            details=[detail for line in small for detail in line.removeprefix(_SMALL).split(_BETWEEN)],
            form="",
            file=str(one.files[0]) if kind == "document" else "",
        )

    def _file(self, one: Seen, index: int) -> bytes:
        data = self.world.env.backend.cdn.get(one.raw["attachments"][index]["url"])
        assert data is not None, one.files
        return data


@asynccontextmanager
async def discord_chat(
    folder: Path, locale: str, settings: dict[str, str]
) -> AsyncIterator[tuple[DiscordChat, Running]]:
    """The operator's chat; what stood in Discord when it was last left stands there still."""
    env = discord_of_its_own()
    if (folder / _MEMORY).exists():
        env.backend = _remembered(folder / _MEMORY)
    known = [simcord.UserHandle(env, user) for user in env.backend.users.values() if user.name == NAME.lower()]
    person = known[0] if known else env.create_user(NAME.lower(), global_name=NAME)
    chat = DiscordChat(person)
    given = {"ADMINS": f"discord:{person.id}", **settings}
    async with opened(folder, env, chat.overhear, **given) as world:
        chat.world = world
        world.locales[person.id] = LOCALES[locale]
        await person.slash("quota")  # Discord tells a person's language with commands and presses alone
        yield chat, world.bot
    backend = env.backend
    backend.subscribers.clear()
    vars(backend).pop("emit", None)
    (folder / _MEMORY).write_bytes(pickle.dumps(backend))


def _remembered(file: Path) -> Backend:
    """The Discord that was left, a minute later."""
    backend: Backend = pickle.loads(file.read_bytes())
    backend.advance_clock(60)
    return backend


def _command(text: str, files: list[tuple[str, bytes]]) -> tuple[str, dict[str, Any]] | None:
    """A slash command as Discord's client would send it, or None for what has no such form."""
    try:
        typed = parse(text) if text.startswith("/") else None
    except UserError:
        return None
    spec = find(typed.name) if typed else None
    if typed is None or spec is None or not spec.listed:
        return None
    options: dict[str, Any] = {}
    for name, value in typed.options.items():
        option = spec.option(name)
        assert option
        on = flag(value)
        options[name] = int(value) if option.kind == "whole" and _NUMBER.fullmatch(value) else value
        if option.kind == "flag" and on is not None:
            options[name] = on
    return spec.name, {**options, **{f"image{n}": file for n, file in enumerate(files, start=1)}}


def _pictures(one: Seen, meant: Show) -> Iterator[dict[str, Any]]:
    """The pictures as they are shown: green and starred numbers are kept and best, blurred ones rejected."""
    assert len(one.pictures) == len(meant.pictures), (one, meant)
    for shown, picture in zip(one.pictures, meant.pictures, strict=True):
        number = picture.number
        green = [label for label in one.pressed if len(one.pictures) == 1 or label.split(" ")[0] == str(number)]
        kept = any(label[0] in "✅⭐" or label[0].isdecimal() for label in green)
        verdict = "rejected" if shown.get("spoiler") else "kept" if kept else "undecided"
        best = any("⭐" in label for label in green)
        yield {"id": picture.id, "number": number, "verdict": verdict, "best": best, "actions": picture.actions}


def _filled(shown: InteractionResult, fields: dict[str, str]) -> Iterator[tuple[str, Any]]:
    """The values of a part of a form: those that are named, else those it came with."""
    for control in _controls(shown):
        name = control["custom_id"]
        if control["type"] == 19:
            continue
        if "options" in control:
            chosen = [option["value"] for option in control["options"] if option.get("default")]
            values = [fields[name]] if name in fields else chosen
            if values:
                yield name, values
        else:
            yield name, fields.get(name, control.get("value") or "")


def _lacking(shown: InteractionResult) -> bool:
    """Whether a form asks for more than it came with."""
    values = dict(_filled(shown, {}))
    return any(one.get("required", True) and not values.get(one["custom_id"]) for one in _controls(shown))


def _controls(shown: InteractionResult) -> list[dict[str, Any]]:
    assert shown.modal
    return [row["component"] for row in shown.modal["components"]]


def _plain(text: str) -> str:
    """Words without the backslashes that keep Discord from reading them as markup."""
    return re.sub(r"\\(\W)", r"\1", text)
