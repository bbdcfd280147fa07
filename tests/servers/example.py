"""The provider that CONTRIBUTING.md shows, and the imaginary API it is written for."""

import asyncio
import re
import zlib
from collections import deque
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType

from aiohttp import web
from PIL import Image

from providers.contract import errors
from providers.contract.model import Model
from providers.contract.provider import Provider, Reference, Request
from providers.registry import load_models
from tests.harness.setups import setup_of

KEY = "easel-0f7d6c5b4a392817"
PAGE = Path(__file__).parents[2] / "CONTRIBUTING.md"
PHOTO = (Path(__file__).parents[1] / "photos" / "woman.jpg").read_bytes()
DEADLINE = 1.5
"""Seconds the stage's client waits for an answer that never comes."""

STATUSES: Mapping[str, tuple[int, type[errors.ProviderError]]] = {
    "bad_key": (401, errors.Misconfigured),
    "out_of_credit": (402, errors.OutOfCredit),
    "gone": (404, errors.Gone),
    "bad_input": (422, errors.BadInput),
    "rate_limited": (429, errors.RateLimited),
    "refused_prompt": (451, errors.Refused),
    "unavailable": (503, errors.Unavailable),
    "undocumented": (500, errors.UnknownOutcome),
    "redirected": (307, errors.UnknownOutcome),
}
CUTS = ("timeout", "cut_before", "cut_after")
SCENES = {name: error for name, (_, error) in STATUSES.items()} | dict.fromkeys(CUTS, errors.UnknownOutcome)
PAID = {"", "undocumented", "timeout", "cut_after"}


class Easel:
    """The imaginary API: `POST /draw` answers with the picture."""

    def __init__(self) -> None:
        self.posts = 0
        self.sold: list[str] = []
        self.photos: list[bytes] = []
        self.playing: deque[str] = deque()
        self.closing = asyncio.Event()

    async def draw(self, request: web.Request) -> web.Response:
        self.posts += 1
        scene = self.playing.popleft() if self.playing else ""
        if scene == "cut_before":
            return cut(request)
        form = await request.post()
        self.photos = [part.file.read() for part in form.getall("photo", []) if isinstance(part, web.FileField)]
        if request.headers.get("Authorization") != f"Bearer {KEY}":
            return web.Response(status=401)
        if scene in PAID:
            self.sold.append(f"call-{self.posts}")
        if scene == "timeout":
            await self.closing.wait()
        if scene in CUTS:
            return cut(request)
        if scene:
            return web.Response(status=STATUSES[scene][0], headers={"Location": "/draw"})
        return web.Response(body=picture(repr((form["model"], form["prompt"]))), content_type="image/png")


@dataclass(frozen=True, slots=True)
class EaselStage:
    """The server and the example provider pointed at it."""

    api: Easel
    provider: Provider
    request: Request

    @property
    def scenes(self) -> Mapping[str, type[errors.ProviderError]]:
        return SCENES

    @property
    def posts(self) -> int:
        return self.api.posts

    @property
    def sold(self) -> Sequence[str]:
        return self.api.sold

    def play(self, *scenes: str) -> None:
        self.api.playing.extend(scenes)


@asynccontextmanager
async def staged() -> AsyncIterator[EaselStage]:
    """The server on a free port of 127.0.0.1, and the provider as the page has it."""
    api = Easel()
    application = web.Application(client_max_size=2**26)
    application.router.add_post("/draw", api.draw)
    runner = web.AppRunner(application, shutdown_timeout=1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    settings = {"EASEL_KEY": KEY, "EASEL_URL": f"http://127.0.0.1:{runner.addresses[0][1]}"}
    [model] = models()
    hurried = replace(model, capabilities=replace(model.capabilities, deadline=DEADLINE))
    provider: Provider = module().build(replace(setup_of("easel", settings), models=(hurried,)))
    try:
        yield EaselStage(api, provider, Request(model.id, "at the sea", (Reference(PHOTO, "image/jpeg", "face"),)))
    finally:
        api.closing.set()
        await provider.aclose()
        await runner.cleanup()


def block(language: str) -> str:
    """The page's one block of code in a language."""
    [code] = re.findall(rf"^```{language}\n(.*?)^```$", PAGE.read_text("utf-8"), re.DOTALL | re.MULTILINE)
    return str(code)


def module() -> ModuleType:
    """The example, imported."""
    made = ModuleType("easel")
    exec(compile(block("python"), str(PAGE), "exec"), made.__dict__)
    return made


def models() -> tuple[Model, ...]:
    """The example's models; the model list knows no Easel, so they stand under another name in it."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "models.toml"
        file.write_text(block("toml").replace('"easel"', '"scripted"'), "utf-8")
        return load_models(file).models


def cut(request: web.Request) -> web.Response:
    """Break the connection off without a word."""
    if request.transport:
        request.transport.abort()
    return web.Response()


def picture(subject: str) -> bytes:
    """A small PNG, the same for the same subject."""
    buffer = BytesIO()
    Image.new("RGB", (16, 16), f"#{zlib.crc32(subject.encode()) & 0xFFFFFF:06x}").save(buffer, "PNG")
    return buffer.getvalue()
