"""The demo as people start it, in a process of its own."""

import asyncio
import json
import os
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process, create_subprocess_exec
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]
WOMAN, MAN = (ROOT / "tests" / "photos" / name for name in ("woman.jpg", "man.jpg"))
LONGEST = 60
"""Seconds after which a process that hangs fails its test."""


@asynccontextmanager
async def demo(data: Path, **more: str) -> AsyncIterator[str]:
    """The address of `python -m bot demo` on a data folder; at the end it is asked to stop, and does so in order.

    `more` are settings beside those of every demo.
    """
    kept = {key: os.environ[key] for key in ("PATH", "HOME") if key in os.environ}
    settings = {"PYTHONPATH": str(ROOT), "DATA_DIR": str(data), "WEB_PORT": "0", "LOG_FORMAT": "json", **more}
    process = await create_subprocess_exec(
        sys.executable, "-m", "bot", "demo",
        env={**kept, **settings}, cwd=data.parent, stdin=DEVNULL, stdout=DEVNULL, stderr=PIPE,
    )  # fmt: skip
    try:
        async with asyncio.timeout(LONGEST):
            url = await _address(process)
        rest = asyncio.create_task(_drain(process))  # a full pipe would halt it
        yield url
        process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(LONGEST):
            assert await process.wait() == 0, "it did not stop in order"
            await rest
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def _address(process: Process) -> str:
    """The address in the log, once it listens there."""
    lines = []
    async for line in process.stderr or ():  # type: ignore[union-attr]  # it was asked for
        lines.append(line.decode())
        if line.startswith(b"{") and (said := json.loads(line))["event"] == "web_listening":
            return str(said["url"])
    raise AssertionError(f"it ended before it listened:\n{''.join(lines)}")


async def _drain(process: Process) -> None:
    async for _ in process.stderr or ():  # type: ignore[union-attr]
        pass
