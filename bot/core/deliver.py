"""Following a generation to its end and showing the result, once."""

from dataclasses import dataclass, replace
from datetime import datetime

import structlog

from bot.core.context import Parts
from bot.core.finished import Finished, load, stand_in_lines
from bot.core.messages import MessageRef, Outgoing
from bot.core.posting import post
from bot.core.progress import progress_of
from bot.core.results import result_of
from bot.core.standing import outlook_of
from storage import attempts, generations, images, messages
from storage.db import Transaction
from storage.messages import Posted

log = structlog.get_logger()
ABSENT = 2.0
"""Seconds between looks while the platform a request came from is not running here."""
LONG_ABSENT = 60.0
"""Seconds after which that platform is not waited for any longer; see mending for when it is back."""
LOOK_AGAIN = 1.0
"""Seconds between looks at the tables for what other processes did."""
PACE = 3.0
"""Seconds after which progress is told anew though only time has passed; platforms take no more edits than that."""
PATIENCE = 5.0
"""Seconds that the accepting front end gets to post the progress message before the result is posted without one."""


@dataclass(frozen=True, slots=True)
class _State:
    """What a look at a generation finds; while it stays the same, its progress changes with time alone."""

    platform: str
    delivered: bool
    statuses: tuple[str, ...]
    ended: bool
    message: MessageRef | None
    """The one that shows its progress."""
    became: MessageRef | None
    """The one that a crash kept from becoming the result, or an earlier result."""


@dataclass(slots=True)
class _Told:
    """The last progress that was told, of which state, and when it was looked at."""

    looked_at: datetime
    state: _State | None = None
    progress: Outgoing | None = None


class Deliverer:
    """Edits a generation's progress message until it is finished, then turns it into the result."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    async def follow(self, generation_id: str) -> None:
        """Return when the result stands in the chat, or its platform is not there; may run again after a crash."""
        told = _Told(looked_at=self._parts.clock())
        began = told.looked_at
        ref: MessageRef | None = None
        while (state := await self._look(generation_id)) and not state.delivered:
            if state.platform not in self._parts.fronts:
                if self._waited(began, LONG_ABSENT):
                    return
                await self._parts.changes.wait(generation_id, ABSENT)
                continue
            ref = state.message
            if state.ended and (ref or self._waited(began, PATIENCE)):
                if finished := await load(self._parts, generation_id):
                    ref = await self._deliver(finished, ref or state.became)
                break
            if ref and (state != told.state or self._waited(told.looked_at, PACE)):
                await self._tell(generation_id, ref, told)
                told.state, told.looked_at = state, self._parts.clock()
            await self._parts.changes.wait(generation_id, LOOK_AGAIN)
        self._parts.changes.forget(generation_id)
        await self._take_back(generation_id, ref)

    async def _look(self, generation_id: str) -> _State | None:
        """How a generation stands, or None when it is gone."""
        async with self._parts.database.read() as tx:
            generation = await generations.get(tx, generation_id)
            slots = await images.of_generation(tx, generation_id)
            posted = await messages.of_generation(tx, generation_id)
        if generation is None:
            return None
        refs = {one.purpose: MessageRef(one.platform, one.chat, one.message) for one in posted}
        return _State(
            platform=generation.platform,
            delivered=generation.delivered_at is not None,
            statuses=tuple(slot.status for slot in slots),
            ended=all(slot.finished for slot in slots),
            message=refs.get("progress"),
            became=refs.get("result"),
        )

    async def _tell(self, generation_id: str, ref: MessageRef, told: _Told) -> None:
        """Edit the progress message, where it would say something else."""
        finished = await load(self._parts, generation_id)
        if finished is None:
            return
        progress = await self._progress(finished)
        if progress != told.progress:
            await post(self._parts, finished.generation, progress, ref)
            told.progress = progress

    def _waited(self, began: datetime, seconds: float) -> bool:
        return (self._parts.clock() - began).total_seconds() >= seconds

    async def _deliver(self, finished: Finished, ref: MessageRef | None) -> MessageRef | None:
        """Post the result; a message that becomes it is known as such first, so that no quick reaction is lost."""
        if ref and not await self._remember(finished, ref):
            return ref
        posted = await post(self._parts, finished.generation, result_of(finished), ref)
        if posted != ref:
            await self._remember(finished, posted)
        for slow in await self._delivered(finished.generation.id):
            await self._parts.fronts[slow.platform].remove(MessageRef(slow.platform, slow.chat, slow.message))
        log.info("result posted", generation=finished.generation.id, platform=finished.generation.platform)
        return posted

    async def _delivered(self, generation_id: str) -> tuple[Posted, ...]:
        """Note that a result stands; the progress messages that came while it was posted without them."""
        async with self._parts.database.write() as tx:
            await generations.delivered(tx, generation_id, self._parts.now())
            posted = await messages.of_generation(tx, generation_id)
            slow = tuple(one for one in posted if one.purpose == "progress")
            for one in slow:
                await messages.forget(tx, one)
        return slow

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
        async with self._parts.database.read() as tx:
            outlook = await outlook_of(self._parts, tx, finished.images)
            percent = await self._percent(tx, finished)
        progress = progress_of(finished.generation, finished.images, replace(outlook, percent=percent))
        return replace(progress, lines=progress.lines + stand_in_lines(finished))

    async def _percent(self, tx: Transaction, finished: Finished) -> int | None:
        """How far the pictures under way are on average; None when no provider tells."""
        telling = self._parts.drawing.telling
        if not telling:
            return None
        running = [image for image in finished.images if image.status == "running"]
        made = [calls[-1] for image in running if (calls := await attempts.of_image(tx, image.id))]
        told = [telling[one.provider].progress(one.external_id or "") for one in made if one.provider in telling]
        shares = [share for share in told if share is not None]
        return round(100 * sum(shares) / len(shares)) if shares else None
