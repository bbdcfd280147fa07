"""The program as people start it: `python -m bot …` in a process of its own, with the settings of one test alone."""

import asyncio
import json
import os
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from resource import RLIMIT_FSIZE, setrlimit
from typing import Any

import aiohttp

ROOT = Path(__file__).parents[2]
PHOTOS = ROOT / "tests" / "photos"
LONGEST = 60
"""Seconds after which a process that hangs fails its test."""


@dataclass(frozen=True, slots=True)
class Ended:
    """What a process printed and how it ended."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[dict[str, Any]]:
        """The JSON lines of stdout."""
        return [json.loads(line) for line in self.out.splitlines()]


async def ran(*arguments: str | Path, largest: int | None = None, **settings: str | Path) -> Ended:
    """Run a command to its end; no file of its may grow beyond `largest` bytes, as on a disk that is full."""
    process = await _start(arguments, settings, largest)
    try:
        out, err = await asyncio.wait_for(process.communicate(), LONGEST)
    except TimeoutError:
        await killed(process)
        raise
    assert process.returncode is not None
    return Ended(process.returncode, out.decode(), err.decode())


@dataclass(slots=True)
class Server:
    """`run` at work: the address of its web chat and the lines of its log so far."""

    process: Process
    url: str
    log: list[dict[str, Any]] = field(default_factory=list)

    async def stop(self) -> int:
        """Ask it to stop as a service manager does, and return how it ended."""
        self.process.send_signal(signal.SIGTERM)
        return await self.ended()

    async def ended(self) -> int:
        """Read the log to its end."""
        assert self.process.stderr
        async with asyncio.timeout(LONGEST):
            self.log += [json.loads(line) async for line in self.process.stderr]
            return await self.process.wait()

    def page(self) -> aiohttp.ClientSession:
        """A browser tab of its owner."""
        return aiohttp.ClientSession(self.url, headers={"Origin": self.url}, cookie_jar=aiohttp.CookieJar(unsafe=True))


@asynccontextmanager
async def serving(data: Path, **settings: str | Path) -> AsyncIterator[Server]:
    """`run` from the moment its web chat listens; what still runs at the end is killed."""
    given = {"DATA_DIR": data, "LOG_FORMAT": "json", "WEB_PORT": "0", **settings}
    process = await _start(("run",), given)
    try:
        async with asyncio.timeout(LONGEST):
            server = Server(process, "")
            async for line in process.stderr or ():  # type: ignore[union-attr]  # it was asked for
                server.log.append(json.loads(line))
                if server.log[-1]["event"] == "web_listening":
                    break
        assert server.log, "it ended before it listened"
        server.url = server.log[-1]["url"]
        yield server
    finally:
        await killed(process)


async def killed(process: Process) -> None:
    """End a process at once, as kill -9 and a power cut do, and wait until it is gone."""
    if process.returncode is None:
        process.kill()
    await process.communicate()


async def _start(
    arguments: tuple[str | Path, ...], settings: dict[str, str | Path], largest: int | None = None
) -> Process:
    kept = {key: os.environ[key] for key in ("PATH", "HOME") if key in os.environ}
    environment = {**kept, "PYTHONPATH": str(ROOT), **{key: str(value) for key, value in settings.items()}}
    folder = settings.get("DATA_DIR", ROOT)
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", *map(str, arguments),
        env=environment, cwd=Path(folder).parent, stdin=DEVNULL, stdout=PIPE, stderr=PIPE,
        preexec_fn=partial(setrlimit, RLIMIT_FSIZE, (largest, largest)) if largest else None,
    )  # fmt: skip


async def heard(page: aiohttp.ClientSession, kind: str, **facts: Any) -> dict[str, Any]:
    """The next message of a kind on a page, new or changed, with these facts; those already there count too."""
    line = await page.ws_connect("/ws")
    async with asyncio.timeout(LONGEST):
        async with page.get("/api/history") as response:
            known = (await response.json())["entries"]
        for entry in known:
            if _is(entry, kind, facts):
                await line.close()
                return entry  # type: ignore[no-any-return]
        while True:
            said = await line.receive_json()
            if said["type"] == "entry" and _is(said["entry"], kind, facts):
                await line.close()
                return said["entry"]  # type: ignore[no-any-return]


def _is(entry: dict[str, Any], kind: str, facts: dict[str, Any]) -> bool:
    body = entry["body"]
    return body["kind"] == kind and all(body.get(key) == value for key, value in facts.items())


async def ask(page: aiohttp.ClientSession, id_: str, text: str, photo: Path | None = None) -> None:
    """Type words on a page, with a photo."""
    typed = json.dumps({"type": "typed", "id": id_, "text": text})
    form = aiohttp.FormData({"event": typed}, quote_fields=False)
    if photo:
        data = await asyncio.to_thread(photo.read_bytes)
        form.add_field("photo", data, filename=photo.name, content_type="image/jpeg")
    async with page.post("/api/events", data=form if photo else typed) as response:
        response.raise_for_status()
