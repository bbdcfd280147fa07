"""The provider that CONTRIBUTING.md shows, and the imaginary API it is written for."""

import re
from collections.abc import Iterable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType

from aiohttp import web

from providers.contract import errors
from providers.contract.model import Model
from providers.contract.provider import Provider, Request
from providers.registry import load_models
from tests.harness.setups import setup_of
from tests.servers.paid_api import PaidApi, cut
from tests.servers.pictures import colour_of, served
from tests.servers.stage import FACE, HttpStage, Scenery, hurried, staging

KEY = "easel-0f7d6c5b4a392817"
PAGE = Path(__file__).parents[2] / "CONTRIBUTING.md"

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
PAID = {"picture", "undocumented", "timeout", "cut_after"}


class Easel(PaidApi):
    """The imaginary API: `POST /draw` answers with the picture."""

    def __init__(self) -> None:
        super().__init__()
        self.photos: list[bytes] = []

    def routes(self) -> Iterable[web.RouteDef]:
        yield web.post("/draw", self.draw)

    async def draw(self, request: web.Request) -> web.StreamResponse:
        scene = self.next_scene()
        if scene == "cut_before":
            return cut(request)
        form = await request.post()
        self.photos = [part.file.read() for part in form.getall("photo", []) if isinstance(part, web.FileField)]
        if request.headers.get("Authorization") != f"Bearer {KEY}":
            return web.Response(status=401)
        if scene in PAID:
            self.sell()
        if scene == "timeout":
            return await self.never(request)
        if scene in CUTS:
            return cut(request)
        if scene in STATUSES:
            return web.Response(status=STATUSES[scene][0], headers={"Location": "/draw"})
        return await served(request, scene, colour_of(repr((form["model"], form["prompt"]))))


def staged() -> AbstractAsyncContextManager[HttpStage[Easel]]:
    """The server, and the provider as the page has it."""
    quick = hurried(models())

    def build(api: Easel) -> Provider:
        settings = {"EASEL_KEY": KEY, "EASEL_URL": api.origin}
        provider: Provider = module().build(replace(setup_of("easel", settings), models=quick))
        return provider

    return staging(Easel(), build, Scenery(Request(quick[0].id, "at the sea", FACE), SCENES, (KEY,)))


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
