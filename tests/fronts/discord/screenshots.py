"""The pictures of the guide to Discord: the bot in a simulated server, drawn as Discord draws it.

Run `.venv/bin/python -m tests.fronts.discord.screenshots`; it writes docs/images/discord-*.png. A folder given as
argument takes them instead.
"""

import asyncio
import functools
import sys
import tempfile
from pathlib import Path
from typing import Any

import simcord
from PIL import Image
from playwright.async_api import BrowserType

from tests.fronts.discord.world import Seen, Server, World, opened, press, woman

ROOT = Path(__file__).parents[3]
CHROMIUM = "/usr/bin/chromium"
WIDTH = 700


class Studio:
    """A member of a server whose messages are photographed."""

    def __init__(self, server: Server, member: simcord.MemberActor, folder: Path) -> None:
        self.server = server
        self.world = server.world
        self.member = member
        self.folder = folder

    async def shoot(self, name: str, message: Any, height: int = 1300) -> None:
        """One message or form as its reader sees it."""
        target = self.world.handle(message) if isinstance(message, Seen) else message
        size = {"width": WIDTH, "height": height}
        async with self.world.env.preview(self.server.channel, viewers=[self.member], **size) as preview:
            report = await preview.screenshot(self.folder / f"discord-{name}.png", target=target)
        assert report.complete, report
        await asyncio.to_thread(_lighten, self.folder / f"discord-{name}.png")

    async def asked(self, words: str) -> Seen:
        """The newest message with these words."""
        found: list[Seen] = await self.world.until(
            self.server.channel.id, lambda ours: [one for one in ours if words in one.text]
        )
        return found[-1]


async def main(folder: Path) -> None:
    """Use the bot in a server and write every picture."""
    _use_debians_chromium()
    with tempfile.TemporaryDirectory() as data:
        async with opened(Path(data), MODELS_FILE=str(ROOT / "providers" / "models.toml")) as world:
            _name_us(world)
            server = world.server()
            studio = Studio(server, server.member("Ann"), folder)
            await consent_and_result(studio)
            await several(studio)
            await a_form(studio)
            await lending(studio)


async def consent_and_result(studio: Studio) -> None:
    """The question who is on a photo, and the first picture."""
    ann, channel = studio.member, studio.server.channel
    await ann.slash(channel, "imagine", prompt="oil portrait by a window", image1=("me.jpg", woman()))
    question = await studio.asked("Who is on the photo?")
    await studio.shoot("consent", question)
    await press(studio.world, ann, question, "It is me")
    result = await studio.server.result()
    await press(studio.world, ann, result, "Keep")
    await studio.shoot("result", result)


async def several(studio: Studio) -> None:
    """Six pictures, one kept and the rest rejected."""
    ann, channel = studio.member, studio.server.channel
    await ann.slash(channel, "imagine", prompt="six looks of me", image1=("me.jpg", woman()), count=6)
    result = await studio.server.result(2)
    await studio.shoot("several", result)
    await press(studio.world, ann, result, "4")
    await press(studio.world, ann, result, "Reject the rest")
    await studio.shoot("judged", result)


async def a_form(studio: Studio) -> None:
    """The form that makes a persona."""
    shown = await studio.member.slash(studio.server.channel, "persona create")
    await studio.shoot("persona", shown, height=860)


async def lending(studio: Studio) -> None:
    """Somebody asks for a photo of somebody else's."""
    ben = studio.server.member("Ben")
    photo = await studio.member.send(studio.server.channel, "Me at the lake", attachments=[("lake.jpg", woman())])
    await ben.context_menu(studio.server.channel, "Use as reference", photo)
    await studio.shoot("lend", studio.server.last)


def _lighten(path: Path) -> None:
    """A third of the bytes, and no difference to see at this size."""
    with Image.open(path) as picture:
        lighter = picture.convert("RGB").quantize(256, method=Image.Quantize.MEDIANCUT)
    lighter.save(path, optimize=True)


def _name_us(world: World) -> None:
    world.env.backend.bot_user.name = "Likeness"


def _use_debians_chromium() -> None:
    """SimCord starts the browser that Playwright would download; we have Debian's."""
    BrowserType.launch = functools.partialmethod(  # type: ignore[method-assign, assignment]
        BrowserType.launch, executable_path=CHROMIUM, args=["--no-sandbox"]
    )


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "images"))
