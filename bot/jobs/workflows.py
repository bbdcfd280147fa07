"""Workflows: one per image, one per generation that delivers, one per scheduled task.

Arguments and results are ids only, so nothing private outlives a deletion in the engine's tables. Names are pinned,
since recovery finds workflows by name.
"""

from collections.abc import Callable, Coroutine
from datetime import datetime
from typing import Any, TypeAlias

import structlog
from dbos import DBOS, DBOSConfiguredInstance

from bot.core.generation.painter import ImageGenerator
from bot.core.results.deliverer import Deliverer
from bot.jobs.settings import DELIVERY_RETRIES, RETRIES, ScheduledTask
from storage.db.errors import StorageError

INSTANCE = "likeness"
DRAW, FOLLOW = "draw_image", "deliver_generation"
ScheduledWorkflow: TypeAlias = Callable[[datetime, Any], Coroutine[Any, Any, None]]
log = structlog.get_logger()


def _passes(exc: BaseException) -> bool:
    """Whether a step of drawing is retried: an unreachable or full storage recovers, and no call is made twice."""
    return isinstance(exc, StorageError)


def drawing(painter: ImageGenerator, ended: Callable[[str], None]) -> None:
    """Register the workflow of one image, which calls `ended` when its place on the queue is about to be free."""

    @DBOS.dbos_class("Drawing")
    class Drawing(DBOSConfiguredInstance):
        @DBOS.workflow(name=DRAW)
        async def draw_image(self, image: str) -> None:
            try:
                while (pause := await self.draw(image)) is not None:
                    await DBOS.sleep_async(pause)
            except Exception:
                log.exception("drawing failed", image=image)
                await self.give_up(image)
            finally:
                ended(image)

        @DBOS.step(name="draw", should_retry=_passes, **RETRIES)
        async def draw(self, image: str) -> float | None:
            return await painter.draw(image)

        @DBOS.step(name="give_up", **RETRIES)
        async def give_up(self, image: str) -> None:
            await painter.give_up(image)

    Drawing(INSTANCE)


def delivery(deliverer: Deliverer) -> None:
    """Register the workflow of one generation."""

    @DBOS.dbos_class("Delivery")
    class Delivery(DBOSConfiguredInstance):
        @DBOS.workflow(name=FOLLOW)
        async def deliver_generation(self, generation: str) -> None:
            try:
                await self.follow(generation)
            except Exception:
                log.exception("delivery failed", generation=generation)
                await self.give_up(generation)

        @DBOS.step(name="follow", **DELIVERY_RETRIES)
        async def follow(self, generation: str) -> None:
            await deliverer.follow(generation)

        @DBOS.step(name="give_up_delivery", **DELIVERY_RETRIES)
        async def give_up(self, generation: str) -> None:
            await deliverer.give_up(generation)

    Delivery(INSTANCE)


def scheduled(name: str, task: ScheduledTask) -> ScheduledWorkflow:
    """Register the workflow of a scheduled task and return it."""

    @DBOS.step(name=f"do_{name}")
    async def do() -> None:
        await task.do()

    @DBOS.workflow(name=name)
    async def done(_at: datetime, _context: Any) -> None:
        await do()

    return done
