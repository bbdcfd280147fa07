"""A Discord that lets nobody in: it does not know the token, or closes its gateway once it was told who we are."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from aiohttp import web

_PERSON = {"username": "likeness", "discriminator": "0", "avatar": None}
_LIMITS = {"total": 1000, "remaining": 999, "reset_after": 0, "max_concurrency": 1}


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where it is."""

    api: str
    gateway: str


class Door:
    """Answers the calls of a start; `close` is the code with which its gateway closes."""

    def __init__(self, *, knows: bool, close: int) -> None:
        self._knows = knows
        self._close = close

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/api/users/@me", self.me),
            web.get("/api/oauth2/applications/@me", self.application),
            web.get("/api/applications/1/commands", self.commands),
            web.put("/api/applications/1/commands", self.commands),
            web.get("/api/gateway/bot", self.gateway),
            web.get("/gateway", self.socket),
        ]

    async def me(self, request: web.Request) -> web.Response:
        if not self._knows:
            return _told({"message": "401: Unauthorized", "code": 0}, status=401)
        return _told({"id": "1", "bot": True, **_PERSON})

    async def application(self, request: web.Request) -> web.Response:
        return _told(
            {
                "id": "1", "name": "Likeness", "icon": None, "description": "", "bot_public": True, "verify_key": "",
                "bot_require_code_grant": False, "owner": {"id": "2", **_PERSON}, "flags": 0,
            }
        )  # fmt: skip

    async def commands(self, request: web.Request) -> web.Response:
        return _told([])

    async def gateway(self, request: web.Request) -> web.Response:
        url = str(request.url.with_scheme("ws").with_path("/gateway"))
        return _told({"url": url, "shards": 1, "session_start_limit": _LIMITS})

    async def socket(self, request: web.Request) -> web.WebSocketResponse:
        ws = web.WebSocketResponse()
        await ws.prepare(request)
        await ws.send_json({"op": 10, "d": {"heartbeat_interval": 41250}, "s": None, "t": None})
        async for message in ws:
            if json.loads(message.data)["op"] == 2:
                await ws.close(code=self._close)
        return ws


@asynccontextmanager
async def standing(*, knows: bool, close: int = 1000, port: int = 0) -> AsyncIterator[Addresses]:
    """Such a Discord on loopback, on any free port unless one is named."""
    app = web.Application()
    app.add_routes(Door(knows=knows, close=close).routes())
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    port = runner.addresses[0][1]
    try:
        yield Addresses(f"http://127.0.0.1:{port}/api", f"ws://127.0.0.1:{port}/gateway")
    finally:
        await runner.cleanup()


def _told(data: object, status: int = 200) -> web.Response:
    """JSON as discord.py takes it: with this header and nothing in it but this."""
    return web.Response(body=json.dumps(data), status=status, headers={"Content-Type": "application/json"})
