"""Hearing of a ComfyUI server how far a call is, and when it has ended; that only shortens the wait, since the history
is what counts."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import aiohttp


class News:
    """One web socket for all calls, opened when it is first needed and again after it was lost."""

    def __init__(self, connect: Callable[[], Awaitable[aiohttp.ClientWebSocketResponse]]) -> None:
        self._connect = connect
        self._opening = asyncio.Lock()
        self._reading: asyncio.Task[None] | None = None
        self._ended: dict[str, asyncio.Event] = {}
        self._done: dict[str, float] = {}

    async def listen(self) -> None:
        """Be connected, if the server lets us; a call must not be sent before, or its end could be missed."""
        async with self._opening:
            if self._reading is None or self._reading.done():
                try:
                    socket = await self._connect()
                except (aiohttp.ClientError, TimeoutError, OSError):
                    return
                self._reading = asyncio.create_task(self._read(socket))

    def expect(self, id_: str) -> None:
        """Take note of the end of a call that is about to be sent."""
        self._ended.setdefault(id_, asyncio.Event())

    async def wait(self, id_: str, seconds: float) -> None:
        """Return once the call has ended, and after `seconds` in any case."""
        event = self._ended.setdefault(id_, asyncio.Event())
        try:
            await asyncio.wait_for(event.wait(), seconds)
        except TimeoutError:
            return
        event.clear()

    def progress(self, id_: str) -> float | None:
        """The share of a call's present step that is done, from 0 to 1; None when nothing was heard of it."""
        return self._done.get(id_)

    def forget(self, id_: str) -> None:
        self._ended.pop(id_, None)
        self._done.pop(id_, None)

    async def aclose(self) -> None:
        if self._reading:
            self._reading.cancel()
            await asyncio.gather(self._reading, return_exceptions=True)

    async def _read(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        async with socket:
            async for message in socket:
                if message.type is aiohttp.WSMsgType.TEXT:  # binary ones are previews
                    self.note(message.data)

    def note(self, text: str) -> None:
        """A call has ended when nothing of it is executing: its success is told before it is in the history."""
        match _parsed(text):
            case {"type": "executing", "data": {"node": None, "prompt_id": str(id_)}}:
                if event := self._ended.get(id_):
                    event.set()
            case {"type": "progress", "data": {"prompt_id": str(id_), "value": value, "max": most}}:
                self._keep(id_, _share(value, most))
            case {"type": "progress_state", "data": {"prompt_id": str(id_), "nodes": dict(nodes)}}:
                self._keep(id_, _present(nodes))
            case _:
                pass

    def _keep(self, id_: str, share: float | None) -> None:
        if share is not None and id_ in self._ended:
            self._done[id_] = share


def _present(nodes: Mapping[str, Any]) -> float | None:
    """The share of the longest node that runs now; those that have run or wait say nothing of the present step."""
    running = [one for one in nodes.values() if isinstance(one, dict) and one.get("state") == "running"]
    shares = [(one["max"], share) for one in running if (share := _share(one.get("value"), one.get("max"))) is not None]
    return max(shares)[1] if shares else None


def _share(value: Any, most: Any) -> float | None:
    """`value` of `most`, both whole or not; None for what is no share."""
    if not isinstance(value, int | float) or not isinstance(most, int | float):
        return None
    return value / most if 0 <= value <= most and most > 0 else None


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return None
