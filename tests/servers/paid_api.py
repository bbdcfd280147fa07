"""Base of every loopback API that sells pictures: scenes to play, a journal of sales, and a free port."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Any, TypeVar

from aiohttp import web


class PaidApi:
    """One provider's API on loopback; a subclass adds its routes and its answers."""

    def __init__(self) -> None:
        self.posts = 0
        """Requests for a paid call that arrived, accepted or not."""
        self._sold: list[str] = []
        self.playing: deque[str] = deque()
        self.origin = ""
        """Scheme, host and port, once the API is served."""
        self.closing = asyncio.Event()

    def routes(self) -> Iterable[web.RouteDef]:
        raise NotImplementedError

    @property
    def sold(self) -> Sequence[str]:
        """Ids of the calls that are billed, whether or not their answers got through."""
        return self._sold

    def play(self, *scenes: str) -> None:
        """Let the next paid calls end so, in turn; those after them succeed."""
        self.playing.extend(scenes)

    def next_scene(self) -> str:
        """Count one more paid call and return its scene."""
        self.posts += 1
        return self.playing.popleft() if self.playing else "picture"

    def sell(self, id_: str | None = None) -> None:
        self._sold.append(id_ or f"call-{len(self._sold) + 1}")

    @web.middleware
    async def journal(self, request: web.Request, handler: Any) -> web.StreamResponse:
        """Every request passes here; a subclass records or refuses it."""
        response: web.StreamResponse = await handler(request)
        return response

    async def never(self, request: web.Request) -> web.StreamResponse:
        """Keep the caller waiting until the server closes."""
        await self.closing.wait()
        return cut(request)


A = TypeVar("A", bound=PaidApi)


@asynccontextmanager
async def serving(api: A) -> AsyncIterator[A]:
    """Serve an API on a free port of 127.0.0.1."""
    application = web.Application(client_max_size=2**30, middlewares=[api.journal])
    application.add_routes(api.routes())
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    api.origin = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield api
    finally:
        api.closing.set()
        await runner.cleanup()


def cut(request: web.Request) -> web.Response:
    """Break the connection off without an answer."""
    if request.transport:
        request.transport.abort()
    return web.Response()


async def half(request: web.Request, text: bytes) -> web.Response:
    """Send the beginning of a JSON answer, then break the connection off."""
    response = web.StreamResponse(headers={"Content-Type": "application/json", "Content-Length": "1000"})
    await response.prepare(request)
    await response.write(text)
    return cut(request)


async def long(request: web.Request, megabytes: int, *, start: bytes = b"", end: bytes = b"") -> web.StreamResponse:
    """Send a JSON answer of so many MB without a Content-Length, or as much as the reader takes."""
    response = web.StreamResponse(headers={"Content-Type": "application/json"})
    await response.prepare(request)
    with suppress(ConnectionError):
        await response.write(start)
        for _ in range(megabytes):
            await response.write(b"A" * 2**20)
        await response.write(end)
    return response
