"""A Discord for tests: servers, people and our bot in them, everything of ours real."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any, TypeAlias

import discord
import simcord
from PIL import Image

from bot import wiring
from bot.core.chat.messages import Incoming, MessageRef, Outgoing, Place, Speak
from bot.core.incoming.app import App
from bot.fronts.discord.front import DiscordFront, build
from bot.settings import Settings
from bot.wiring import Running
from providers.scripted import Scripted
from tests.harness.bots import AT_ONCE, MODELS

PATIENCE = 15
"""Seconds after which what never comes is a failure."""
PHOTOS = Path(__file__).parents[2] / "photos"
SETTLING = 30.0
"""Seconds in which the bot must come to rest after an event, on a machine that does other things too."""
Overhear: TypeAlias = Callable[[MessageRef | None, Outgoing], None]
"""Called with everything the core says, once it stands in Discord."""


class Overheard(App):
    """The bot's own core, whose answers somebody else hears too."""

    def __init__(self, app: App, overhear: Overhear) -> None:
        self.__dict__.update(app.__dict__)
        self._overhear = overhear

    async def handle(self, incoming: Incoming, speak: Speak) -> None:
        async def noted(outgoing: Outgoing, *, instead_of: MessageRef | None = None) -> MessageRef | None:
            ref = await speak(outgoing, instead_of=instead_of)
            self._overhear(ref, outgoing)
            return ref

        await super().handle(incoming, noted)


@dataclass(slots=True)
class OnTheirClock:
    """The front as the engine reaches it: its tasks begin in threads, which know nothing of the simulated time."""

    front: DiscordFront
    env: simcord.Env
    changed: asyncio.Event
    """Set when something of ours changed: what only one person sees makes no event of Discord's."""
    overhear: Overhear

    @property
    def platform(self) -> str:
        return self.front.platform

    async def send(
        self, place: Place, outgoing: Outgoing, key: str, *, instead_of: MessageRef | None = None, to: str | None = None
    ) -> MessageRef | None:
        try:
            with self.env.time_context():
                ref = await self.front.send(place, outgoing, key, instead_of=instead_of, to=to)
            self.overhear(ref, outgoing)
            return ref
        finally:
            self.changed.set()

    async def readable(self, who: str, chat: str, threads: frozenset[str]) -> frozenset[str]:
        with self.env.time_context():
            return await self.front.readable(who, chat, threads)

    async def remove(self, ref: MessageRef) -> None:
        with self.env.time_context():
            await self.front.remove(ref)


@dataclass(slots=True)
class Seen:
    """A message as a person reads it."""

    id: int
    channel: int
    raw: dict[str, Any] = field(repr=False)

    @property
    def parts(self) -> list[dict[str, Any]]:
        """Every component, those inside others too."""
        return list(_walk(self.raw["components"]))

    @property
    def text(self) -> str:
        return "\n".join(part["content"] for part in self.parts if part["type"] == 10)

    @property
    def buttons(self) -> dict[str, str]:
        """The custom ids of the buttons by label."""
        return {part["label"]: part["custom_id"] for part in self.parts if part["type"] == 2}

    @property
    def pressed(self) -> list[str]:
        """The labels of the green buttons."""
        return [part["label"] for part in self.parts if part["type"] == 2 and part["style"] == 3]

    @property
    def pictures(self) -> list[dict[str, Any]]:
        return [item for part in self.parts if part["type"] == 12 for item in part["items"]]

    @property
    def files(self) -> list[str]:
        return [attachment["filename"] for attachment in self.raw["attachments"]]

    @property
    def ephemeral(self) -> bool:
        return bool(self.raw["flags"] & 64)

    @property
    def reactions(self) -> list[str]:
        return [one["emoji"]["name"] for one in self.raw.get("reactions", ())]

    @property
    def working(self) -> bool:
        return any(":cancel:" in id_ for id_ in self.buttons.values())


@dataclass(slots=True)
class World:
    """The simulated Discord and the bot in it."""

    env: simcord.Env
    bot: Running
    settings: dict[str, str]
    overhear: Overhear
    changed: asyncio.Event = field(default_factory=asyncio.Event)
    front: DiscordFront = field(init=False)
    locales: dict[int, str] = field(default_factory=dict)
    """The languages of people's clients by user id."""
    heaviest: int = 10 * 2**20
    """Bytes that a file may have where people use commands and buttons."""

    @property
    def scripted(self) -> Scripted:
        provider = self.bot.providers["scripted"]
        assert isinstance(provider, Scripted)
        return provider

    def server(self, name: str = "Studio", **options: Any) -> "Server":
        """A new server with a channel and the bot in it."""
        guild = self.env.create_guild(name, **options)
        return Server(self, guild, guild.create_text_channel("art"))

    def person(self, name: str, locale: str = "en-US") -> simcord.UserHandle:
        """Somebody new, met in private."""
        user = self.env.create_user(name.lower(), global_name=name)
        self.locales[user.id] = locale
        return user

    def messages(self, channel: int) -> list[Seen]:
        """Our messages in a channel, those only one person sees among them."""
        backend = self.env.backend
        bot = backend.bot_user.id
        from simcord.backend import serializers

        found = [one for one in backend.messages[channel].values() if one.author_id == bot]
        return [Seen(one.id, channel, dict(serializers.message_payload(backend, one))) for one in found]

    async def until(self, channel: int, wanted: Callable[[list[Seen]], Any]) -> Any:
        """Wait until our messages in a channel are as wanted, and return what `wanted` returns."""
        try:
            async with asyncio.timeout(PATIENCE):
                while not (found := wanted(self.messages(channel))):
                    self.changed.clear()
                    await self.changed.wait()
        except TimeoutError as exc:
            raise AssertionError(f"never: {self.messages(channel)}\n{self.env.transcript()[-4000:]}") from exc
        return found

    async def result(self, channel: int, count: int = 1) -> Seen:
        """The newest result once so many stand in a channel and nothing is being made there any more."""

        def wanted(messages: list[Seen]) -> Seen | None:
            shown = [one for one in messages if one.pictures and not one.working]
            going = any(one.working for one in messages)
            return shown[-1] if len(shown) >= count and not going else None

        found: Seen = await self.until(channel, wanted)
        await self.env.settle()
        return next(one for one in self.messages(channel) if one.id == found.id)

    async def noted(self, result: Seen) -> None:
        """Wait until the core has written down where a result stands, which it does once it stands there."""
        while str(result.id) not in {one.id for one in await self.bot.app.open_messages("discord")}:
            await self.env.settle()

    async def start(self) -> None:
        """Our end of the line begins anew, as it does at every start; Discord goes on."""
        app = Overheard(self.bot.app, self.overhear)
        self.front = build(app, self.bot.state, Settings(self.settings).discord)
        self.front.client.shard_count = 1
        self.bot.fronts[self.front.platform] = OnTheirClock(self.front, self.env, self.changed, self.overhear)
        await self.env.restart_bot(self.front.client)

    def handle(self, seen: Seen) -> Any:
        """The message as SimCord's people act on it."""
        from simcord.results import ResponseMessage

        return ResponseMessage(self.env, self.env.backend.get_message(seen.channel, seen.id))

    def now(self, seen: Seen) -> Seen:
        """The message as it stands now."""
        return next(one for one in self.messages(seen.channel) if one.id == seen.id)


@dataclass(slots=True)
class Server:
    """One server of the simulated Discord."""

    world: World
    guild: simcord.GuildHandle
    channel: simcord.ChannelHandle

    def member(self, name: str, locale: str = "en-US", **options: Any) -> simcord.MemberActor:
        return self.guild.add_member(self.world.person(name, locale), **options)

    @property
    def messages(self) -> list[Seen]:
        return self.world.messages(self.channel.id)

    @property
    def last(self) -> Seen:
        return self.messages[-1]

    async def result(self, count: int = 1) -> Seen:
        return await self.world.result(self.channel.id, count)

    async def press(self, actor: Any, seen: Seen, label: str) -> simcord.InteractionResult:
        """Press the button whose label contains `label`."""
        return await press(self.world, actor, seen, label)


async def press(world: World, actor: Any, seen: Seen, label: str) -> simcord.InteractionResult:
    """Press the button whose label contains `label` under a message."""
    found = [id_ for words, id_ in world.now(seen).buttons.items() if label in words]
    assert found, (label, list(world.now(seen).buttons))
    return await actor.click(world.handle(seen), custom_id=found[0])


def discord_of_its_own() -> simcord.Env:
    """A simulated Discord without anybody in it."""
    return simcord.Env(discord.Client(intents=discord.Intents.none()), settle_timeout=SETTLING)


@asynccontextmanager
async def opened(
    folder: Path, env: simcord.Env | None = None, overhear: Overhear = lambda ref, outgoing: None, **settings: str
) -> AsyncIterator[World]:
    """A bot at work in a simulated Discord, a new one unless `env` is given; `settings` go over those of tests."""
    env = env or discord_of_its_own()
    await env.start()
    given = {
        "DATA_DIR": str(folder), "MODELS_FILE": str(MODELS), "ACCESS": "open", "DISCORD_TOKEN": "simulated", **settings,
    }  # fmt: skip
    async with wiring.running(Settings(given), patience=AT_ONCE) as bot:
        world = World(env, bot, given, overhear)
        env.backend.subscribers.append(lambda *_: world.changed.set())
        _speak_their_languages(world)
        await world.start()
        yield world
        await env.shutdown()
    env.raise_errors()


def _speak_their_languages(world: World) -> None:
    """SimCord's people all have English clients; let each have their own, and servers theirs."""
    backend = world.env.backend
    emit = backend.emit

    def in_their_language(event: str, payload: Any, *args: Any, **kwargs: Any) -> Any:
        if event == "INTERACTION_CREATE":
            person = payload.get("user") or payload["member"]["user"]
            payload["attachment_size_limit"] = world.heaviest
            payload["locale"] = world.locales.get(int(person["id"]), "en-US")
            if "guild_id" in payload:
                payload["guild_locale"] = backend.get_guild(int(payload["guild_id"])).preferred_locale
        return emit(event, payload, *args, **kwargs)

    backend.emit = in_their_language  # type: ignore[method-assign]


def _walk(components: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for component in components:
        yield component
        yield from _walk(component.get("components", []))


def picture(width: int = 640, height: int = 480) -> bytes:
    """A photo without a face: no question about consent stands in the way."""
    buffer = BytesIO()
    Image.linear_gradient("L").resize((width, height)).convert("RGB").save(buffer, "JPEG")
    return buffer.getvalue()


def ring() -> bytes:
    """Another photo without a face, which nobody takes for the first."""
    buffer = BytesIO()
    Image.radial_gradient("L").resize((640, 480)).convert("RGB").save(buffer, "JPEG")
    return buffer.getvalue()


def woman() -> bytes:
    """A photo of an adult woman."""
    return (PHOTOS / "woman.jpg").read_bytes()
