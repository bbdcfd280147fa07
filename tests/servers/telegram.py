"""A loopback Bot API server: what the front is told and what it does stays in a `World`.

Point TELEGRAM_BASE_URL at `server.url`. People act through `server.person(…)`, see telegram_people.py.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web

from tests.servers.telegram_methods import Call, Methods
from tests.servers.telegram_people import Group, Human
from tests.servers.telegram_world import Chat, Json, Refused, World

TOKEN = "4242424242:a-token-that-only-tests-have-and-no-bot"


class TelegramServer:
    """Telegram for tests."""

    def __init__(self) -> None:
        self.world = World(TOKEN)
        self.methods = Methods(self.world)
        self.url = ""
        self.polls: list[Json] = []
        self._waiting: asyncio.Event | None = None
        self._ids = 100

    def person(self, name: str, language: str = "en", *, met: bool = True) -> Human:
        """Somebody new; `met` says that they have pressed Start already."""
        self._ids += 1
        user = {"id": self._ids, "is_bot": False, "first_name": name, "language_code": language}
        self.world.people[self._ids] = user
        chat = Chat(self._ids, "private", name, bot="member" if met else "unmet")
        self.world.chats[chat.id] = chat
        return Human(self.world, self.methods, user, chat)

    def group(self, title: str, *, type: str = "supergroup", forum: bool = False, bot: str = "member") -> Group:
        """A new group that we are in."""
        self._ids += 1
        chat = Chat(-self._ids if type == "group" else -1_000_000_000_000 - self._ids, type, title, bot, forum=forum)
        self.world.chats[chat.id] = chat
        return Group(self.world, self.methods, chat)

    async def called(self, request: web.Request) -> web.Response:
        try:
            if request.match_info["token"] != TOKEN:
                raise Refused(401, "Unauthorized")
            call = await _call(request)
            result = await self._updates(call) if call.method == "getUpdates" else await self.methods.answer(call)
        except Refused as exc:
            body: Json = {"ok": False, "error_code": exc.code, "description": exc.description}
            return web.json_response(
                {**body, **({"parameters": exc.parameters} if exc.parameters else {})}, status=exc.code
            )
        return web.json_response({"ok": True, "result": result})

    async def fetched(self, request: web.Request) -> web.Response:
        return web.Response(body=self.world.files[request.match_info["id"]])

    async def _updates(self, call: Call) -> list[Json]:
        """Long polling: an offset confirms everything before it; a second poll ends the first."""
        if self.methods.faults["getUpdates"]:
            raise self.methods.faults["getUpdates"].pop(0)
        if self._waiting is not None:
            self._waiting.set()
        replaced = self._waiting = asyncio.Event()
        self.polls.append(call.given)
        if allowed := call.value("allowed_updates"):
            self.world.allowed = tuple(allowed)
        offset = int(call.given.get("offset", 0))
        self.world.updates = [one for one in self.world.updates if one["update_id"] >= offset]
        await self.world.tell()
        try:
            await asyncio.wait_for(self._news(replaced), float(call.given.get("timeout", 0)) or 0.001)
        except TimeoutError:
            return list(self.world.updates[:100])
        finally:
            if self._waiting is replaced:
                self._waiting = None
        if replaced.is_set():
            raise Refused(409, "Conflict: terminated by other getUpdates request")
        return self.world.updates[: int(call.given.get("limit", 100))]

    async def _news(self, replaced: asyncio.Event) -> None:
        await self.world.until(lambda: self.world.updates or replaced.is_set())


async def _call(request: web.Request) -> Call:
    given: dict[str, str] = {}
    files: dict[str, bytes] = {}
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            files[name] = value.file.read()
        else:
            given[name] = str(value)
    return Call(request.match_info["method"], given, files)


@asynccontextmanager
async def telegram() -> AsyncIterator[TelegramServer]:
    """A server on a free port of loopback."""
    server = TelegramServer()
    app = web.Application(client_max_size=2**28)
    app.add_routes([
        web.post("/bot{token}/{method}", server.called),
        web.get("/file/bot{token}/files/{id}", server.fetched),
    ])  # fmt: skip
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    server.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield server
    finally:
        await runner.cleanup()


def settings_of(server: TelegramServer) -> dict[str, Any]:
    """What lets the front talk to a server."""
    return {"TELEGRAM_TOKEN": TOKEN, "TELEGRAM_BASE_URL": server.url}
