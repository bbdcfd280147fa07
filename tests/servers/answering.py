"""An API that gives every paid call the same scripted answer, for each provider that answers over HTTP."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import Any

from aiohttp import web

from providers.contract.errors import ProviderError
from providers.contract.provider import Provider, Reference, Request, Result
from providers.fal import provider as fal
from providers.gemini import provider as gemini
from providers.openai_images import provider as openai_images
from providers.replicate import provider as replicate
from providers.replicate.transport import Timing
from tests.harness.setups import setup_of, shipped
from tests.servers.pictures import drawn

PNG = drawn("336699")
PHOTO = (Reference(PNG, "image/png", "face"),)
QUICK = Timing(first=0.0, longest=0.0, download=0.0)


@dataclass(frozen=True, slots=True)
class Script:
    """What the API answers; {origin} in it is its own address, {port} its port."""

    body: Any
    status: int = 200
    headers: Mapping[str, str] | None = None
    file: bytes = PNG
    file_headers: Mapping[str, str] | None = None
    """How the file server answers."""


class Answering:
    """The server; `script` is what it plays now, and `posts` counts the paid calls."""

    def __init__(self) -> None:
        self.script = Script({})
        self.posts = 0
        self.origin = ""
        self.providers: dict[str, Provider] = {}
        """One of each is kept, since building one takes longer than all that is asked of it."""

    async def answer(self, request: web.Request) -> web.Response:
        if "/predictions/" in request.path or request.path.endswith("/requests/c1"):
            return self._told()
        if request.path.endswith("/status"):
            return web.json_response({"status": "COMPLETED"})
        if request.method == "GET":
            if "elsewhere" in request.path:
                raise web.HTTPFound("/p.png")
            return web.Response(body=self.script.file, headers=self.script.file_headers)
        self.posts += 1
        await request.read()
        if "/predictions" in request.path:
            return web.json_response({"id": "c1", "status": "starting", "input": {}}, status=201)
        return web.json_response({"request_id": "c1"}) if "fal-ai" in request.path else self._told()

    def _told(self) -> web.Response:
        script = self.script
        if isinstance(script.body, bytes):
            return web.Response(body=script.body, status=script.status, headers=script.headers)
        return web.json_response(self._filled(script.body), status=script.status, headers=script.headers)

    def _filled(self, found: Any) -> Any:
        if isinstance(found, str):
            return found.replace("{origin}", self.origin).replace("{port}", self.origin.rpartition(":")[2])
        if isinstance(found, dict):
            return {key: self._filled(value) for key, value in found.items()}
        return [self._filled(one) for one in found] if isinstance(found, list) else found


@asynccontextmanager
async def answering() -> AsyncIterator[Answering]:
    api = Answering()
    app = web.Application(client_max_size=2**28)
    app.router.add_route("*", "/{path:.*}", api.answer)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    api.origin = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield api
    finally:
        for provider in api.providers.values():
            await provider.aclose()
        await runner.cleanup()


def provider_of(name: str, origin: str) -> Provider:
    """A provider of the shipped models whose API is at `origin`."""
    match name:
        case "gemini":
            return gemini.build(setup_of(name, {"GEMINI_API_KEY": "AIza-x", "GOOGLE_GEMINI_BASE_URL": origin}))
        case "openai":
            return openai_images.build(setup_of(name, {"OPENAI_API_KEY": "sk-x", "OPENAI_BASE_URL": f"{origin}/v1"}))
        case "replicate":
            settings = {"REPLICATE_API_TOKEN": "r8_x", "REPLICATE_BASE_URL": origin}
            return replicate.build(setup_of(name, settings), QUICK)
        case _:
            return fal.build(
                setup_of("fal", {"FAL_KEY": "id:x", "FAL_QUEUE_URL": origin}), fal.Pace(look=0, download=0)
            )


def request_of(name: str, photos: int) -> Request:
    """A request of the provider's first model from so many photos."""
    return Request(shipped(name)[0].id, "a red fox on a hill", PHOTO * photos)


async def played(api: Answering, name: str, script: Script, photos: int) -> Result | ProviderError:
    """What a provider makes of a scripted answer to a request from so many photos."""
    api.script = replace(script)
    provider = api.providers.get(name) or api.providers.setdefault(name, provider_of(name, api.origin))
    try:
        ticket = await provider.submit(request_of(name, photos), "one")
        return ticket.result or await provider.collect(ticket)
    except ProviderError as exc:
        return exc
