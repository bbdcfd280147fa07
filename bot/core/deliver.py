"""Following a generation to its end and showing the result, once."""

from dataclasses import replace
from datetime import datetime

import structlog

from bot.core.context import Parts
from bot.core.finished import Finished, load, stand_in_lines
from bot.core.messages import MessageRef, Outgoing
from bot.core.posting import post
from bot.core.progress import progress_of
from bot.core.results import result_of
from storage import generations, images, messages
from storage.messages import Posted

log = structlog.get_logger()
ABSENT = 2.0
"""Seconds between looks while the platform a request came from is not running here."""
LOOK_AGAIN = 1.0
"""Seconds between looks at the tables for what other processes did."""
PATIENCE = 5.0
"""Seconds that the accepting front end gets to post the progress message before the result is posted without one."""


class Deliverer:
    """Edits a generation's progress message until it is finished, then turns it into the result."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    async def follow(self, generation_id: str) -> None:
        """Return when the result stands in the chat; may run again after a crash."""
        last: Outgoing | None = None
        began = self._parts.clock()
        ref: MessageRef | None = None
        while finished := await load(self._parts, generation_id):
            if finished.generation.delivered_at is not None:
                break
            if finished.generation.platform not in self._parts.fronts:
                await self._parts.changes.wait(generation_id, ABSENT)
                continue
            ref = await self._message(generation_id)
            if all(image.finished for image in finished.images) and (ref or self._waited(began)):
                ref = await self._deliver(finished, ref)
                break
            progress = await self._progress(finished)
            if ref and progress != last:
                await post(self._parts, finished.generation, progress, ref)
                last = progress
            await self._parts.changes.wait(generation_id, LOOK_AGAIN)
        self._parts.changes.forget(generation_id)
        await self._take_back(generation_id, ref)

    def _waited(self, began: datetime) -> bool:
        return (self._parts.clock() - began).total_seconds() >= PATIENCE

    async def _deliver(self, finished: Finished, ref: MessageRef | None) -> MessageRef | None:
        """Post the result; a message that becomes it is known as such first, so that no quick reaction is lost."""
        if ref and not await self._remember(finished, ref):
            return ref
        posted = await post(self._parts, finished.generation, result_of(finished), ref)
        if posted != ref:
            await self._remember(finished, posted)
        async with self._parts.database.write() as tx:
            await generations.delivered(tx, finished.generation.id, self._parts.now())
        log.info("result posted", generation=finished.generation.id, platform=finished.generation.platform)
        return posted

    async def _take_back(self, generation_id: str, ref: MessageRef | None) -> None:
        """Remove the message that was written while everything about its generation was deleted."""
        async with self._parts.database.read() as tx:
            gone = await generations.get(tx, generation_id) is None
        if ref and gone:
            await self._parts.fronts[ref.platform].remove(ref)

    async def _remember(self, finished: Finished, ref: MessageRef) -> bool:
        """Note a message as the result; False when everything about its generation was deleted meanwhile."""
        async with self._parts.database.write() as tx:
            if await generations.get(tx, finished.generation.id) is None:
                return False
            row = Posted(ref.platform, ref.chat, ref.id, finished.generation.id, "result")
            await messages.put(tx, row, self._parts.now())
        return True

    async def _progress(self, finished: Finished) -> Outgoing:
        first = next((image for image in finished.images if not image.finished), finished.images[0])
        shared = [model.id for model in self._parts.drawing.models if model.provider == self._provider(finished)]
        async with self._parts.database.read() as tx:
            place = await images.ahead(tx, first.id, shared)
            usual = await images.typical_seconds(tx, finished.generation.model)
        progress = progress_of(finished.generation, finished.images, place, usual)
        return replace(progress, lines=progress.lines + stand_in_lines(finished))

    def _provider(self, finished: Finished) -> str:
        model = self._parts.drawing.model(finished.generation.model)
        return model.provider if model else ""

    async def _message(self, generation_id: str) -> MessageRef | None:
        async with self._parts.database.read() as tx:
            posted = await messages.of_generation(tx, generation_id)
        going = [message for message in posted if message.purpose == "progress"]
        return MessageRef(going[-1].platform, going[-1].chat, going[-1].message) if going else None
