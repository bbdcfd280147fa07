"""Processes of the program that are killed and started again, and the provider that outlives them."""

import asyncio
import json
import os
import signal
import socket
import sys
from asyncio.subprocess import DEVNULL, Process
from collections import Counter
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
from aiohttp import web

from tests.operations.processes import LONGEST, ROOT
from tests.servers.paid_api import serving
from tests.servers.replicate import TOKEN, Prediction, Stage

MODEL = "black-forest-labs/flux-2-pro"
SECRET = "a long random text"
PUBLIC = "https://pictures.example.org"
"""Predictions report to it, so that Replicate's list tells whose they are; nobody listens there."""
LOOK = 0.05
"""Seconds between looks at a log."""


class Shop(Stage):
    """A Replicate that begins at once, so that a picture is ready when it is first asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.shows_webhooks = True
        self.page_size = 100
        self.most: Counter[str] = Counter()
        """How many pictures were ever in the making at once, by the first word of their prompts."""
        self.peak = 0
        """The same, of all of them."""
        self.took = asyncio.Event()
        self.fetched = asyncio.Event()
        self.hands_out = asyncio.Event()
        """Whether finished pictures can be fetched; who asks before waits."""
        self.hands_out.set()

    def _accepted(self, request: web.Request, body: dict[str, Any], scene: str) -> Prediction:
        prediction = super()._accepted(request, body, scene)
        prediction.begin()
        self.most |= self.making
        self.peak = max(self.peak, self.making.total())
        self.took.set()
        return prediction

    async def _deliver(self, request: web.Request) -> web.StreamResponse:
        self.fetched.set()
        await self.hands_out.wait()
        return await super()._deliver(request)

    @property
    def making(self) -> Counter[str]:
        """How many pictures are in the making now."""
        return Counter(
            str(one.input["prompt"]).split()[0] for one in self.predictions.values() if one.status == "processing"
        )


@asynccontextmanager
async def selling() -> AsyncIterator[Shop]:
    """A shop on a free port of this process, which no test kills."""
    async with serving(Shop()) as shop:
        yield shop


@dataclass(slots=True)
class Member:
    """One process with the lines of its log."""

    process: Process
    log: Path
    lines: list[dict[str, Any]] = field(default_factory=list)

    async def said(self, event: str) -> dict[str, Any]:
        """The first line of an event, once it is there; fails when the process ends without."""
        async with asyncio.timeout(LONGEST):
            while True:
                for line in self.read():
                    if line["event"] == event:
                        return line
                assert self.process.returncode is None, self.log.read_text()
                await asyncio.sleep(LOOK)

    def read(self) -> list[dict[str, Any]]:
        """Every whole line so far."""
        lines = self.log.read_text("utf-8").split("\n")[:-1]
        return [json.loads(line) for line in lines if line.startswith("{")]

    async def kill(self) -> None:
        """End it at once, as a power cut does."""
        with suppress(ProcessLookupError):
            self.process.kill()
        await self.process.wait()

    def pause(self) -> None:
        self.process.send_signal(signal.SIGSTOP)

    def wake(self) -> None:
        self.process.send_signal(signal.SIGCONT)

    async def ended(self) -> int:
        async with asyncio.timeout(LONGEST):
            return await self.process.wait()


@dataclass(slots=True)
class Fleet:
    """All processes on one database; those that still run at the end are killed."""

    folder: Path
    settings: Mapping[str, str]
    members: list[Member] = field(default_factory=list)

    async def start(self, *arguments: str, **settings: str) -> Member:
        log = self.folder / f"log-{len(self.members):03}"
        kept = {key: os.environ[key] for key in ("PATH", "HOME") if key in os.environ}
        with log.open("wb") as errors:
            process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bot", *arguments,
                env={**kept, "PYTHONPATH": str(ROOT), **self.settings, **settings},
                cwd=self.folder, stdin=DEVNULL, stdout=DEVNULL, stderr=errors,
            )  # fmt: skip
        self.members.append(Member(process, log))
        return self.members[-1]

    @property
    def address(self) -> str:
        """Where the web chat of `run` is."""
        return f"http://127.0.0.1:{self.settings['WEB_PORT']}"

    async def run(self) -> Member:
        """`run`, once its web chat listens."""
        member = await self.start("run")
        await member.said("web_listening")
        return member

    async def worker(self, name: str) -> Member:
        """A worker, once it draws."""
        member = await self.start("worker", EXECUTOR_ID=name)
        await member.said("drawing")
        return member

    def errors(self) -> list[dict[str, Any]]:
        """What all of them logged as gone wrong."""
        return [line for member in self.members for line in member.read() if line["level"] in ("error", "critical")]


@asynccontextmanager
async def fleet(folder: Path, shop: Shop, **settings: str) -> AsyncIterator[Fleet]:
    given = {
        "DATA_DIR": str(folder / "data"), "LOG_FORMAT": "json", "WEB_PORT": str(_free_port()), "WEB_TOKEN": SECRET,
        "ACCESS": "open", "PUBLIC_URL": PUBLIC, "REPLICATE_API_TOKEN": TOKEN, "REPLICATE_BASE_URL": shop.origin,
        **settings,
    }  # fmt: skip
    all_ = Fleet(folder, given)
    try:
        yield all_
    finally:
        for member in all_.members:
            await member.kill()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


@dataclass(frozen=True, slots=True)
class Wish:
    """A request that is sent again, under the same id, until it was taken."""

    who: str
    id: str
    text: str


async def told(url: str, wishes: Sequence[Wish]) -> list[Wish]:
    """Send requests all at once, each as its person; returns those that were not taken, so that they are sent again."""
    taken = await asyncio.gather(*(_tell(url, wish) for wish in wishes))
    return [wish for wish, done in zip(wishes, taken, strict=True) if not done]


async def _tell(url: str, wish: Wish) -> bool:
    try:
        async with aiohttp.ClientSession(
            url, headers={"Origin": url}, cookie_jar=aiohttp.CookieJar(unsafe=True)
        ) as page:
            form = {"token": SECRET, "name": wish.who}
            async with page.post("/sign-in", data=form, allow_redirects=False) as entered:
                assert entered.status == 303, await entered.text()
            event = json.dumps({"type": "typed", "id": wish.id, "text": wish.text})
            async with page.post("/api/events", data=event) as answer:
                return answer.status < 300
    except aiohttp.ClientError:
        return False
