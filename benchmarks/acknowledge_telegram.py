"""How soon Telegram hears that a command came in, when 100 people send one at the same moment.

The goal is at most twice the floor at the p99, and never above 150 ms. The floor is a bare handler of
python-telegram-bot that shows "typing" and does nothing else, on the same transport; ours goes on to draw a picture for
everybody. Telegram is another process, which measures from its answer to the poll until the action arrives. A figure is
the median of several rounds.
"""

import asyncio
import multiprocessing
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager, redirect_stderr
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import aiohttp
from aiohttp import web
from telegram import Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters

from benchmarks.figures import Figure
from benchmarks.load import MODELS
from bot import logs, wiring
from bot.fronts.telegram.connection.polling import ALLOWED
from bot.fronts.telegram.connection.transport import Transport
from bot.settings import LogSettings, Settings

PEOPLE = 100
ROUNDS = 6
"""The first warms up."""
REST = 2.0
"""Seconds between two rounds, so that the floor meets no work of ours."""
PATIENCE = 120.0
"""Seconds after which a round that does not end is given up."""
FLOOR, OURS = (f"{number}:a-token-that-only-benchmarks-have" for number in (1111111111, 2222222222))


async def figures(folder: Path) -> Sequence[Figure]:
    samples: dict[str, list[list[float]]] = {FLOOR: [], OURS: []}
    with telegram() as url, (folder / "log").open("w") as lines, redirect_stderr(lines):
        session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=PATIENCE), raise_for_status=True)
        async with session, bare(url), ours(folder, url):
            for number in range(ROUNDS):
                for token, taken in samples.items():
                    await asyncio.sleep(REST)
                    async with session.post(f"{url}/round/{token}") as answer:
                        taken.extend([await answer.json()] if number else ())
                async with session.post(f"{url}/settled/{OURS}") as answer:
                    await answer.read()
    what = f"acknowledgement, {PEOPLE} commands at once"
    return [
        Figure(f"p{part} {what}", *(median(quantiles(one, n=100)[part - 1] for one in samples[who]) for who in samples))
        for part in (50, 99)
    ]


@asynccontextmanager
async def bare(url: str) -> AsyncIterator[None]:
    """The library's own bot."""

    async def typing(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.effective_chat
        await context.bot.send_chat_action(update.effective_chat.id, "typing")

    built = Application.builder().token(FLOOR).base_url(f"{url}/bot").concurrent_updates(PEOPLE)
    application = built.request(Transport()).get_updates_request(Transport()).build()
    application.add_handler(MessageHandler(filters.ALL, typing))
    assert application.updater
    async with application:
        await application.start()
        await application.updater.start_polling(allowed_updates=list(ALLOWED))
        try:
            yield
        finally:
            await application.updater.stop()
            await application.stop()


@asynccontextmanager
async def ours(folder: Path, url: str) -> AsyncIterator[None]:
    """This bot, whose model answers in no time."""
    settings = {
        "DATA_DIR": str(folder), "MODELS_FILE": str(MODELS), "ACCESS": "open", "SPEND_LIMIT_USD_MONTH": "1000000",
        "TELEGRAM_TOKEN": OURS, "TELEGRAM_BASE_URL": url,
    }  # fmt: skip
    logs.configure(LogSettings(level="warning"))
    async with wiring.running(Settings(settings)) as bot:
        front = wiring.open_front("telegram", bot, Settings(settings))
        running = asyncio.create_task(front.run())
        try:
            yield
        finally:
            running.cancel()
            await asyncio.wait([running])


@contextmanager
def telegram() -> Iterator[str]:
    """The address of a Telegram in a process of its own."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_run, args=(there,), daemon=True)
    process.start()
    try:
        yield f"http://127.0.0.1:{here.recv()}"
    finally:
        process.terminate()
        process.join()


class _Bot:
    """What one bot is told, and when its actions and results came."""

    def __init__(self) -> None:
        self.updates: list[dict[str, Any]] = []
        self.told = 0.0
        self.taken: dict[str, float] = {}
        self.results = 0
        self.last = 0
        self.changed = asyncio.Condition()

    async def round(self) -> list[float]:
        """Everybody writes; the milliseconds until each of them saw something happen."""
        async with self.changed:
            self.taken, self.results, self.told = {}, 0, 0.0
            self.updates = [_update(number) for number in range(self.last + 1, self.last + PEOPLE + 1)]
            self.last += PEOPLE
            self.changed.notify_all()
            await self.changed.wait_for(lambda: len(self.taken) == PEOPLE)
        return list(self.taken.values())

    async def settled(self) -> None:
        async with self.changed:
            await self.changed.wait_for(lambda: self.results == PEOPLE)

    async def answer(self, method: str, given: dict[str, str]) -> Any:
        if method == "getUpdates":
            return await self._updates(int(given.get("offset", 0)), float(given.get("timeout", 0)))
        async with self.changed:
            if method == "sendChatAction":
                self.taken.setdefault(given["chat_id"], (time.perf_counter() - self.told) * 1000)
            self.results += method == "editMessageMedia"
            self.changed.notify_all()
        if method == "getMe":
            return {"id": 1, "is_bot": True, "first_name": "Bot", "username": "BenchmarkBot"}
        return _message(1, int(given["chat_id"])) if method.startswith(("sendM", "sendP", "edit")) else True

    async def _updates(self, offset: int, seconds: float) -> list[dict[str, Any]]:
        async with self.changed:
            try:
                fresh = self.changed.wait_for(lambda: any(one["update_id"] >= offset for one in self.updates))
                await asyncio.wait_for(fresh, seconds or 0.001)
            except TimeoutError:
                return []
            self.told = self.told or time.perf_counter()
            return [one for one in self.updates if one["update_id"] >= offset]


def _update(number: int) -> dict[str, Any]:
    message = _message(number, number)
    message |= {"from": {**message["chat"], "is_bot": False}, "text": "/imagine a red fox [size 64x64]"}
    return {"update_id": number, "message": message}


def _message(id_: int, chat: int) -> dict[str, Any]:
    return {
        "message_id": id_,
        "date": int(time.time()),
        "chat": {"id": chat, "type": "private", "first_name": "Ada"},
    }


def _run(connection: Connection) -> None:
    asyncio.run(_serve(connection))


async def _serve(connection: Connection) -> None:
    bots = {FLOOR: _Bot(), OURS: _Bot()}

    async def called(request: web.Request) -> web.Response:
        given = {name: value for name, value in (await request.post()).items() if isinstance(value, str)}
        result = await bots[request.match_info["token"]].answer(request.match_info["method"], given)
        return web.json_response({"ok": True, "result": result})

    async def told(request: web.Request) -> web.Response:
        bot = bots[request.match_info["token"]]
        return web.json_response(await (bot.round() if request.match_info["what"] == "round" else bot.settled()))

    application = web.Application(client_max_size=2**26)
    application.add_routes(
        [web.post("/bot{token}/{method}", called), web.post("/{what:round|settled}/{token}", told)],
    )
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    connection.send(runner.addresses[0][1])
    await asyncio.Event().wait()
