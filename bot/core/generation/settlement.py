"""What came of an attempt, in the tables and in the books, in one transaction each.

The person pays min(real, reserved), also for a call that went out before they cancelled its image; what a failed or
dearer call cost is the operator's.
"""

from dataclasses import dataclass, field
from typing import Any

from bot.core.generation.provider_request import Sources
from bot.core.runtime.context import Services
from bot.imaging.values import InspectedPicture
from providers.contract import errors
from providers.contract.provider import Result
from storage.db.database import Transaction
from storage.tables import attempts, images, ledger
from storage.tables.attempts import DONE, SENT, UNKNOWN_OUTCOME, Attempt
from storage.tables.enums import Status, Unit
from storage.tables.generations import Generation
from storage.tables.images import Image
from storage.tables.ledger import Use
from storage.tables.owners import Account

_STATUS = {errors.Refused.code: Status.REFUSED, UNKNOWN_OUTCOME: Status.UNKNOWN}
"""The status of an image by the error code of its last attempt, where it is not `failed`."""

LONGEST_WORDS = 400
"""Characters of a provider's own words that a person is shown."""


@dataclass(frozen=True, slots=True)
class AttemptContext:
    """An image that is being drawn, by which attempt, after which others."""

    image: Image
    generation: Generation
    attempt: Attempt
    earlier: tuple[Attempt, ...] = ()
    sources: Sources = field(default_factory=Sources)


@dataclass(frozen=True, slots=True)
class Stored:
    """A picture whose bytes are kept: what there is to know of it, its blobs, and the seconds it took."""

    picture: InspectedPicture
    blob: str
    thumbnail: str
    seconds: float


class Settlement:
    """Ends attempts and images and settles their money, exactly once however often it is asked."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def done(self, painting: AttemptContext, result: Result, stored: Stored) -> bool:
        """Keep a picture; False when its image had found another end meanwhile, so that nobody needs the bytes."""
        image, now = painting.image, self._services.now()
        async with self._services.database.write(short=True) as tx:
            real = painting.attempt.price if result.cost is None else result.cost
            if not await attempts.end(tx, painting.attempt.id, DONE, cost=real, now=now):
                return False  # it was booked by whoever took this work over
            reserved = await ledger.reserved(tx, image.id, Unit.MICRODOLLAR)
            charged = min(real, reserved)
            facts = _facts(result, stored) | {"cost": charged}
            kept = await images.move(tx, image.id, Status.DONE, now=now, **facts)
            if not kept and charged:  # cancelled after it was sent: what is paid for is theirs
                kept = await self._keep_cancelled(tx, painting, facts)
            if kept:
                await ledger.settle(tx, image.id, {Unit.IMAGE: 1, Unit.MICRODOLLAR: charged}, now)
                await self._book_tokens(tx, painting, result.tokens)
            else:
                await ledger.settle(tx, image.id, {}, now)
            await self._bear(tx, painting, real - (charged if kept else 0))
        return kept

    async def _keep_cancelled(self, tx: Transaction, painting: AttemptContext, facts: dict[str, Any]) -> bool:
        """Give a cancelled image its paid picture and refresh its result message; False when it was deleted."""
        if not await images.keep_cancelled(tx, painting.image.id, facts):
            return False
        await self._services.jobs.enqueue(tx, painting.generation.id, [])
        return True

    async def attempt_failed(self, painting: AttemptContext, exc: errors.ProviderError) -> None:
        """End an attempt after which another one is made."""
        async with self._services.database.write(short=True) as tx:
            await self.end(tx, painting, exc)

    async def image_failed(self, painting: AttemptContext, exc: errors.ProviderError) -> None:
        """End an attempt and its image with it; what was reserved is released whole."""
        status = _STATUS.get(exc.code, Status.FAILED)
        problem, facts = problem_of(exc)
        now = self._services.now()
        async with self._services.database.write(short=True) as tx:
            if await self.end(tx, painting, exc):
                await images.move(tx, painting.image.id, status, now=now, problem=problem, problem_facts=facts)
                await ledger.settle(tx, painting.image.id, {}, now)

    async def end(self, tx: Transaction, painting: AttemptContext, exc: errors.ProviderError) -> bool:
        """End an attempt as it failed, and book what it cost all the same; False when it had its end already."""
        cost = painting.attempt.price if exc.cost is None else exc.cost
        id_, now = painting.attempt.id, self._services.now()
        if not await attempts.end(tx, id_, exc.code, cost=cost, detail=exc.detail, now=now):
            return False
        charged = await self._cancelled_cost(tx, painting.image.id, exc, cost)
        await self._bear(tx, painting, cost - charged)
        return True

    async def _cancelled_cost(self, tx: Transaction, image_id: str, exc: errors.ProviderError, cost: int) -> int:
        """Settle an image that was cancelled after its call was sent; returns what the person pays of the cost.

        An unknown outcome is never theirs.
        """
        image = await images.get(tx, image_id)
        if image is None or image.status != Status.CANCELLED:
            return 0
        reserved = await ledger.reserved(tx, image_id, Unit.MICRODOLLAR)
        charged = 0 if isinstance(exc, errors.UnknownOutcome) else min(cost, reserved)
        used = {Unit.IMAGE: 1, Unit.MICRODOLLAR: charged} if charged else {}
        await ledger.settle(tx, image_id, used, self._services.now())
        await self._services.jobs.enqueue(tx, image.generation, [])
        return charged

    async def cut_off(self, painting: AttemptContext) -> None:
        """End an attempt that a crash cut off after its image was cancelled; its cost is unknown, so the operator's."""
        if not painting.attempt.going:
            return
        now = self._services.now()
        async with self._services.database.write(short=True) as tx:
            paid = _maybe_paid(painting.attempt)
            if await attempts.end(tx, painting.attempt.id, "cut_off", cost=paid, now=now):
                await self._bear(tx, painting, paid)
            await ledger.settle(tx, painting.image.id, {}, now)

    async def give_up(self, image_id: str) -> str | None:
        """End an image on which our own side failed; returns its generation, None when it had its end already."""
        now = self._services.now()
        async with self._services.database.write(short=True) as tx:
            image = await images.get(tx, image_id)
            if image is None or (image.finished and image.status != Status.CANCELLED):
                return None
            await images.move(tx, image_id, Status.FAILED, now=now, problem="internal")
            await ledger.settle(tx, image_id, {}, now)
            for attempt in await attempts.of_image(tx, image_id):
                if attempt.going:
                    paid = _maybe_paid(attempt)
                    await ledger.charge_operator(tx, image_id, paid, attempt.number, now)
                    await attempts.end(tx, attempt.id, "internal", cost=paid, now=now)
        return image.generation

    async def _book_tokens(self, tx: Transaction, painting: AttemptContext, tokens: int | None) -> None:
        if tokens:
            image = painting.image
            use = Use(
                account=Account.user(image.user), unit=Unit.TOKEN, amount=tokens, image=image.id,
                turn=painting.attempt.number,
            )  # fmt: skip
            await ledger.record_usage(tx, use, self._services.now())

    async def _bear(self, tx: Transaction, painting: AttemptContext, amount: int) -> None:
        await ledger.charge_operator(tx, painting.image.id, amount, painting.attempt.number, self._services.now())


def _facts(result: Result, stored: Stored) -> dict[str, Any]:
    """The columns of an image that describe its picture."""
    picture = stored.picture
    return {
        "blob": stored.blob, "thumbnail": stored.thumbnail, "media_type": picture.media_type,
        "width": picture.width, "height": picture.height, "bytes": len(result.data), "sha256": picture.sha256,
        "phash": picture.phash, "note": result.note, "seed": result.seed, "tokens": result.tokens,
        "seconds": stored.seconds,
    }  # fmt: skip


def _maybe_paid(attempt: Attempt) -> int:
    """A call that may have gone out counts as paid."""
    return attempt.price if attempt.outcome == SENT else 0


def quoted(words: str) -> str:
    """A provider's words as they may be shown: in one line, without control characters, cut to LONGEST_WORDS."""
    line = " ".join("".join(char if char.isprintable() else " " for char in words).split())
    return line if len(line) <= LONGEST_WORDS else line[: LONGEST_WORDS - 1].rstrip() + "…"


def problem_of(exc: errors.ProviderError) -> tuple[str, dict[str, str | int]]:
    """The Fluent key (after "problem-") of an error and the facts its sentence takes."""
    match exc:
        case errors.Refused(what=what, why=why, reference=reference):
            why = quoted(why).rstrip(".")
            return f"refused-{what}", {"told": "yes" if why else "no", "why": why, "photo": reference or 0}
        case errors.BadInput(problem=problem):
            return f"input-{problem}", {}
        case errors.ModelAsks(words=words):
            return exc.code, {"words": quoted(words)}
        case _:
            return exc.code, {}
