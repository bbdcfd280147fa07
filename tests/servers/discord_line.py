"""A Discord on loopback with a real wire: SimCord's world behind HTTP and a gateway that forgets nothing it sent.

What SimCord alone leaves out is here: answers of 429 and 500, connections that end, sessions that are taken up again.
"""

import asyncio
import fnmatch
import json
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from aiohttp import web
from simcord.backend import Backend, serializers
from simcord.backend.errors import BackendError
from simcord.http import router, routes
from simcord.interactions import base_payload

_LIMITS = {"total": 1000, "remaining": 999, "reset_after": 0, "max_concurrency": 1}
_HELLO, _DISPATCH, _HEARTBEAT, _IDENTIFY, _RESUME, _INVALID, _ACK = 10, 0, 1, 2, 6, 9, 11
"""Opcodes (Discord: Opcodes and Status Codes, Gateway)."""


@dataclass(slots=True)
class Refusal:
    """An answer that is given instead of the right one, once."""

    method: str
    path: str
    status: int
    retry_after: float = 0.0


@dataclass(frozen=True, slots=True)
class Call:
    """A request as it came: the monotonic second, and the status it was answered with."""

    method: str
    path: str
    at: float
    status: int


@dataclass(frozen=True, slots=True)
class Upload:
    """A file of a request, as SimCord takes it."""

    filename: str
    fp: BytesIO
    description: str | None = None


@dataclass(slots=True)
class Line:
    """The wire, and what crosses it."""

    backend: Backend = field(default_factory=Backend)
    refusals: list[Refusal] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    opened: list[tuple[int, Any]] = field(default_factory=list)
    """How connections began: the opcode and its data."""
    connections: int = 0
    changed: asyncio.Event = field(default_factory=asyncio.Event)
    port: int = 0
    forgetful: bool = False
    """Whether sessions cannot be taken up again."""
    _sent: list[tuple[str, Any]] = field(default_factory=list)
    _sockets: list[web.WebSocketResponse] = field(default_factory=list)
    _writing: set["asyncio.Task[None]"] = field(default_factory=set)

    def __post_init__(self) -> None:
        now = datetime.now(UTC)
        self.backend.advance_clock((now - self.backend.clock.now()).total_seconds())
        self.backend.subscribers.append(self._happened)

    def command(self, name: str, user: int, guild: int, channel: int, **options: Any) -> None:
        """Somebody sends a command."""
        root = self.backend.find_command(name, guild, type=1)
        assert root, name
        kinds = {one["name"]: one["type"] for one in root["options"]}
        given = [{"name": key, "type": kinds[key], "value": value} for key, value in options.items()]
        data = {"id": root["id"], "name": name, "type": 1, "options": given}
        _, payload = base_payload(self.backend, type=2, channel_id=channel, guild_id=guild, user_id=user, data=data)
        self.backend.emit("INTERACTION_CREATE", payload)

    def said(self, channel: int) -> list[dict[str, Any]]:
        """The bot's messages in a channel."""
        ours = [one for one in self.backend.messages[channel].values() if one.author_id == self.backend.bot_user.id]
        return [dict(serializers.message_payload(self.backend, one)) for one in ours]

    async def until(self, wanted: Any, patience: float = 30.0) -> Any:
        """Wait until something is as wanted, and return it."""
        async with asyncio.timeout(patience):
            while not (found := wanted()):
                self.changed.clear()
                await self.changed.wait()
        return found

    async def drop(self) -> None:
        """End every connection, as Discord does now and then."""
        for socket in list(self._sockets):
            await socket.close(code=4000)
        self._sockets.clear()

    async def rest(self, request: web.Request) -> web.Response:
        path = "/" + request.match_info["tail"]
        body, files = await _body(request)
        status, answer, headers = self._answer(request, path, body, files)
        self.calls.append(Call(request.method, path, time.monotonic(), status))
        self.changed.set()
        return _told(answer, status, headers)

    async def gateway_bot(self, request: web.Request) -> web.Response:
        return _told({"url": self._url(request), "shards": 1, "session_start_limit": _LIMITS})

    async def gateway(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self.connections += 1
        self.changed.set()
        await socket.send_json({"op": _HELLO, "d": {"heartbeat_interval": 41250}, "s": None, "t": None})
        async for message in socket:
            data = json.loads(message.data)
            if data["op"] == _HEARTBEAT:
                await socket.send_json({"op": _ACK, "d": None})
            elif data["op"] in (_IDENTIFY, _RESUME):
                self.opened.append((data["op"], data["d"]))
                await self._begin(socket, data["op"], data["d"], self._url(request))
                self.changed.set()
        return socket

    def _answer(
        self, request: web.Request, path: str, body: Any, files: list[Upload]
    ) -> tuple[int, Any, Mapping[str, str]]:
        for one in self.refusals:
            if one.method == request.method and fnmatch.fnmatch(path, one.path):
                self.refusals.remove(one)
                told = {"message": "refused", "retry_after": one.retry_after, "global": False, "code": 0}
                return one.status, told, {"Retry-After": str(one.retry_after), "Via": "1.1 loopback"}
        try:
            found = router.dispatch(
                self.backend, request.method, path, json=body, params=dict(request.query), files=files
            )
        except BackendError as exc:
            return exc.status, exc.to_json(), {}
        return (204 if found is None else 200), found, {}

    async def _begin(self, socket: web.WebSocketResponse, op: int, data: Any, url: str) -> None:
        if op == _RESUME and self.forgetful:
            await socket.send_json({"op": _INVALID, "d": False, "s": None, "t": None})
            return
        if op == _RESUME:
            for number, (event, payload) in enumerate(self._sent[data["seq"] :], start=data["seq"] + 1):
                await self._send(socket, number, event, payload)
            await self._send(socket, len(self._sent), "RESUMED", {})
            self._sockets.append(socket)
            return
        self._sent.clear()
        guilds = list(self.backend.guilds.values())
        ready = {
            "v": 10, "user": dict(serializers.user_payload(self.backend.bot_user)), "session_id": "one",
            "guilds": [{"id": str(guild.id), "unavailable": True} for guild in guilds],
            "resume_gateway_url": url, "shard": [0, 1],
            "application": {"id": str(self.backend.application_id), "flags": 0},
        }  # fmt: skip
        self._sockets.append(socket)
        self._happened("READY", ready)
        for guild in guilds:
            self._happened(
                "GUILD_CREATE", {**serializers.guild_create_payload(self.backend, guild), "unavailable": False}
            )

    def _happened(self, event: str, payload: Mapping[str, Any]) -> None:
        """Send an event to whoever is connected, and keep it for who will be."""
        self._sent.append((event, json.loads(json.dumps(payload))))
        self.changed.set()
        for socket in self._sockets:
            task = asyncio.get_running_loop().create_task(self._send(socket, len(self._sent), event, self._sent[-1][1]))
            self._writing.add(task)
            task.add_done_callback(self._writing.discard)

    async def _send(self, socket: web.WebSocketResponse, number: int, event: str, payload: Any) -> None:
        if not socket.closed:
            await socket.send_json({"op": _DISPATCH, "t": event, "s": number, "d": payload})

    def _url(self, request: web.Request) -> str:
        return str(request.url.with_scheme("ws").with_path("/gateway").with_query(None))


@asynccontextmanager
async def standing() -> AsyncIterator[Line]:
    """Such a Discord on any free port of loopback."""
    assert routes  # importing them teaches the router its answers
    line = Line()
    app = web.Application(client_max_size=64 * 2**20)
    app.add_routes(
        [
            web.get("/api/gateway/bot", line.gateway_bot),
            web.get("/gateway", line.gateway),
            web.route("*", "/api/{tail:.*}", line.rest),
        ]
    )
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    line.port = runner.addresses[0][1]
    try:
        yield line
    finally:
        await line.drop()
        await runner.cleanup()


async def _body(request: web.Request) -> tuple[Any, list[Upload]]:
    """The JSON of a request and its files (Discord: Reference, Uploading Files)."""
    if not request.content_type.startswith("multipart/"):
        text = await request.text()
        return (json.loads(text) if text else None), []
    body: Any = None
    files: list[Upload] = []
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            files.append(Upload(value.filename, BytesIO(value.file.read())))
        elif name == "payload_json":
            body = json.loads(str(value))
    return body, files


def _told(data: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> web.Response:
    """JSON as discord.py takes it: with this header and nothing in it but this."""
    if status == 204:
        return web.Response(status=204)
    return web.Response(
        body=json.dumps(data), status=status, headers={"Content-Type": "application/json", **(headers or {})}
    )
