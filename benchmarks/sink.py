"""A server in a process of its own that swallows what is sent to it, so that only our side of a call is measured."""

import asyncio
import multiprocessing
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection

from aiohttp import web

UPLOADED = {
    "id": "photo", "name": "photo", "content_type": "image/jpeg", "size": 600_000, "etag": "0", "checksums": {},
    "metadata": {}, "created_at": "2026-11-20T00:00:00Z", "expires_at": None,
    "urls": {"get": "https://photos.example/photo"},
}  # fmt: skip
"""What Replicate answers to an upload, whose client reads all of it."""


@contextmanager
def sink() -> Iterator[str]:
    """The address of a running one: uploads succeed, and every paid call is refused as if it were overloaded."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_run, args=(theirs,), daemon=True)
    process.start()
    try:
        yield f"http://127.0.0.1:{ours.recv()}"
    finally:
        process.terminate()
        process.join()


def _run(connection: Connection) -> None:
    asyncio.run(_serve(connection))


async def _serve(connection: Connection) -> None:
    application = web.Application()
    application.router.add_route("*", "/{path:.*}", _swallow)
    runner = web.AppRunner(application)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    connection.send(runner.addresses[0][1])
    await asyncio.Event().wait()


async def _swallow(request: web.Request) -> web.Response:
    async for _ in request.content.iter_any():
        pass
    if request.path.endswith("/files"):
        return web.json_response(UPLOADED, status=201)
    return web.json_response({"error": {"message": "overloaded"}}, status=503)
