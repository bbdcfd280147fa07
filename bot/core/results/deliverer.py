"""Deliver a generation: edit its progress message until all images have ended, then post the result once."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog

from bot.core.chat.messages import MessageRef, Outgoing
from bot.core.results import undelivered
from bot.core.results.live_progress import progress_now
from bot.core.results.posting import post, posted_as
from bot.core.results.refresh import refresh
from bot.core.results.result_message import result_of
from bot.core.results.summary import ResultView, load, load_in
from bot.core.runtime.context import Services
from storage.queries import delivery_state
from storage.tables import generations, posted_messages
from storage.tables.enums import UNFINISHED, Purpose
from storage.tables.posted_messages import Posted

log = structlog.get_logger()
ABSENT = 2.0
"""Seconds between checks while the request's platform is not running in this process."""
LONG_ABSENT = 60.0
"""Seconds after which we stop waiting for that platform; recovery delivers when it is back."""
LOOK_AGAIN = 1.0
"""Seconds between reads of the tables, for changes that other processes made."""
FIRST = 1.0
"""Seconds before the first progress edit; shorter work needs none."""
PACE = 3.0
"""Seconds between progress edits; platforms allow no more."""
PATIENCE = 5.0
"""Seconds the accepting front has to post the progress message before the result is posted without it."""


@dataclass(frozen=True, slots=True)
class _State:
    """The state of a generation as one read finds it."""

    platform: str
    delivered: bool
    view: ResultView | None
    """The result, once every image has its end."""
    message: MessageRef | None
    """The one that shows its progress."""
    became: MessageRef | None
    """The one that a crash kept from becoming the result, or an earlier result."""


@dataclass(slots=True)
class _Told:
    """The last progress message sent, and when the next one is due."""

    due: datetime
    progress: Outgoing | None = None


class Deliverer:
    """Edits a generation's progress message until it is finished, then turns it into the result."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._look_again = PACE if services.jobs.alone else LOOK_AGAIN

    async def follow(self, generation_id: str) -> None:
        """Return when the result is posted or its platform is not running; safe to run again after a crash.

        A result that was posted before is refreshed: the cost of a cancelled image is known later.
        """
        began = self._services.clock()
        told = _Told(due=began + timedelta(seconds=FIRST))
        ref: MessageRef | None = None
        while (state := await self._look(generation_id)) and not state.delivered:
            if state.platform not in self._services.fronts:
                if self._since(began) >= LONG_ABSENT:
                    return
                await self._services.changes.wait(generation_id, ABSENT)
                continue
            ref = state.message
            if state.view and (ref or self._since(began) >= PATIENCE):
                await self._deliver(state.view, ref or state.became)
                break
            if ref and self._since(told.due) >= 0:
                await self._tell(generation_id, ref, told)
            left = max(0.0, PATIENCE - self._since(began)) if state.view else PATIENCE
            await self._services.changes.wait(generation_id, min(left, self._pause(told)))
        self._services.changes.forget(generation_id)
        await self._ended(generation_id, state, ref)

    async def give_up(self, generation_id: str) -> None:
        """Tell the person and the operators that a result could not be posted."""
        await undelivered.give_up(self._services, generation_id)

    async def _ended(self, generation_id: str, state: _State | None, ref: MessageRef | None) -> None:
        """Refresh a result that was posted before, and remove a message of a generation that was deleted."""
        if state and state.delivered:
            await refresh(self._services, generation_id)
        if state is None and ref:
            await self._services.fronts[ref.platform].remove(ref)

    async def _look(self, generation_id: str) -> _State | None:
        """Read the generation's state; None when it was deleted."""
        self._services.changes.forget(generation_id)  # this read sees whatever was told before it
        async with self._services.database.read() as tx:
            now = await delivery_state.of(tx, generation_id)
            if now is None:
                return None
            ended = not any(status in UNFINISHED for status in now.statuses)
            view = await load_in(self._services, tx, generation_id) if ended and not now.delivered else None
        refs = {one.purpose: MessageRef(one.platform, one.chat, one.message) for one in now.posted}
        return _State(
            platform=now.platform,
            delivered=now.delivered,
            view=view,
            message=refs.get(Purpose.PROGRESS),
            became=refs.get(Purpose.RESULT),
        )

    async def _tell(self, generation_id: str, ref: MessageRef, told: _Told) -> None:
        """Edit the progress message if its content changed."""
        told.due = self._services.clock() + timedelta(seconds=PACE)
        finished = await load(self._services, generation_id)
        if finished is None:
            return
        progress = await progress_now(self._services, finished)
        if progress == told.progress:
            return
        try:
            await post(self._services, finished, progress, ref)
        except Exception:  # the result is what counts, and it is tried for longer
            log.warning("progress not posted", generation=generation_id, exc_info=True)
        told.progress = progress

    def _since(self, moment: datetime) -> float:
        """Seconds since a moment; negative before it."""
        return (self._services.clock() - moment).total_seconds()

    def _pause(self, told: _Told) -> float:
        """Seconds until the next progress edit or the next read."""
        left = -self._since(told.due)
        return min(left, self._look_again) if left > 0 else self._look_again

    async def _deliver(self, finished: ResultView, ref: MessageRef | None) -> None:
        """Post the result; the message is stored as a result before its edit, so that no quick reaction is lost.

        A result posted while its generation was being deleted is removed again.
        """
        front = self._services.fronts[finished.generation.platform]
        if ref and not await self._remember(finished, ref):
            await front.remove(ref)
            return
        posted = await post(self._services, finished, result_of(finished), ref)
        if posted and posted != ref:
            await self._remember(finished, posted)
        slow = await self._delivered(finished.generation.id)
        if slow is None:
            if posted:
                await front.remove(posted)
            return
        for one in slow:
            await self._removed(one)
        log.info("result posted", generation=finished.generation.id, platform=finished.generation.platform)

    async def _delivered(self, generation_id: str) -> tuple[Posted, ...] | None:
        """Mark the generation as delivered; returns progress messages that were posted meanwhile.

        None when the generation was deleted meanwhile.
        """
        async with self._services.database.write(short=True) as tx:
            if not await generations.delivered(tx, generation_id, self._services.now()):
                return None
            posted = await posted_messages.of_generation(tx, generation_id)
            slow = tuple(one for one in posted if one.purpose == Purpose.PROGRESS)
            for one in slow:
                await posted_messages.put(tx, replace(one, purpose=Purpose.RESULT), self._services.now())
        return slow

    async def _removed(self, slow: Posted) -> None:
        """Remove a progress message whose result was posted elsewhere; one that stays shows the result later."""
        try:
            await self._services.fronts[slow.platform].remove(MessageRef(slow.platform, slow.chat, slow.message))
        except Exception:
            log.exception("progress not removed", generation=slow.generation, platform=slow.platform)
            return
        async with self._services.database.write(short=True) as tx:
            await posted_messages.forget(tx, slow)

    async def _remember(self, finished: ResultView, ref: MessageRef) -> bool:
        """Store a message as the result; False when the generation was deleted meanwhile."""
        async with self._services.database.write(short=True) as tx:
            if await generations.get(tx, finished.generation.id) is None:
                return False
            row = posted_as(ref, finished.generation.id, Purpose.RESULT)
            await posted_messages.put(tx, row, self._services.now())
        return True
