"""What came of an attempt, in the tables and in the books, in one transaction each.

The person pays min(real, reserved); what a failed, cancelled or dearer call cost is the operator's.
"""

from dataclasses import dataclass

from bot.core.runtime.context import Parts
from bot.imaging.values import InspectedPicture
from providers import errors
from providers.base import Result
from storage import attempts, images, ledger
from storage.attempts import Attempt
from storage.db import Transaction
from storage.generations import Generation
from storage.images import Image


@dataclass(frozen=True, slots=True)
class Painting:
    """An image that is being drawn, by which attempt, after which others."""

    image: Image
    generation: Generation
    attempt: Attempt
    earlier: tuple[Attempt, ...] = ()


@dataclass(frozen=True, slots=True)
class Stored:
    """A picture whose bytes are kept: what there is to know of it, its blobs, and the seconds it took."""

    picture: InspectedPicture
    blob: str
    thumbnail: str
    seconds: float


class Books:
    """Ends attempts and images and settles their money, exactly once however often it is asked."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    async def done(self, painting: Painting, result: Result, stored: Stored) -> bool:
        """Keep a picture; False when its image had found another end meanwhile, so that nobody needs the bytes."""
        image, picture, now = painting.image, stored.picture, self._parts.now()
        async with self._parts.database.write(short=True) as tx:
            real = painting.attempt.price if result.cost is None else result.cost
            if not await attempts.end(tx, painting.attempt.id, "done", cost=real, now=now):
                return False  # it was booked by whoever took this work over
            reserved = await ledger.held(tx, image.id, "microdollar")
            charged = min(real, reserved)
            kept = await images.move(
                tx, image.id, "done", now=now, blob=stored.blob, thumbnail=stored.thumbnail,
                media_type=picture.media_type, width=picture.width, height=picture.height, bytes=len(result.data),
                sha256=picture.sha256, phash=picture.phash, note=result.note, seed=result.seed, cost=charged,
                tokens=result.tokens, seconds=stored.seconds,
            )  # fmt: skip
            if kept:
                await ledger.settle(tx, image.id, {"image": 1, "microdollar": charged}, now)
                await self._book_tokens(tx, painting, result.tokens)
            await self._bear(tx, painting, real - (charged if kept else 0))
        return kept

    async def attempt_failed(self, painting: Painting, exc: errors.ProviderError) -> None:
        """End an attempt after which another one is made."""
        async with self._parts.database.write(short=True) as tx:
            await self.end(tx, painting, exc)

    async def image_failed(self, painting: Painting, exc: errors.ProviderError) -> None:
        """End an attempt and its image with it; what was reserved is released whole."""
        status = {"refused": "refused", "unknown_outcome": "unknown"}.get(exc.code, "failed")
        problem, facts = problem_of(exc)
        now = self._parts.now()
        async with self._parts.database.write(short=True) as tx:
            if await self.end(tx, painting, exc):
                await images.move(tx, painting.image.id, status, now=now, problem=problem, problem_facts=facts)
                await ledger.settle(tx, painting.image.id, {}, now)

    async def end(self, tx: Transaction, painting: Painting, exc: errors.ProviderError) -> bool:
        """End an attempt as it failed, and book what it cost all the same; False when it had its end already."""
        cost = painting.attempt.price if exc.cost is None else exc.cost
        id_, now = painting.attempt.id, self._parts.now()
        if not await attempts.end(tx, id_, exc.code, cost=cost, detail=exc.detail, now=now):
            return False
        await self._bear(tx, painting, cost)
        return True

    async def cut_off(self, painting: Painting) -> None:
        """A call that went out for an image that was cancelled before its answer came is the operator's."""
        if not painting.attempt.going:
            return
        async with self._parts.database.write(short=True) as tx:
            paid = _maybe_paid(painting.attempt)
            if await attempts.end(tx, painting.attempt.id, "cut_off", cost=paid, now=self._parts.now()):
                await self._bear(tx, painting, paid)

    async def give_up(self, image_id: str) -> str | None:
        """End an image on which our own side failed; returns its generation, None when it had its end already."""
        now = self._parts.now()
        async with self._parts.database.write(short=True) as tx:
            image = await images.get(tx, image_id)
            if image is None or not await images.move(tx, image_id, "failed", now=now, problem="internal"):
                return None
            await ledger.settle(tx, image_id, {}, now)
            for attempt in await attempts.of_image(tx, image_id):
                if attempt.going:
                    paid = _maybe_paid(attempt)
                    await ledger.bear(tx, image_id, paid, attempt.number, now)
                    await attempts.end(tx, attempt.id, "internal", cost=paid, now=now)
        return image.generation

    async def _book_tokens(self, tx: Transaction, painting: Painting, tokens: int | None) -> None:
        if tokens:
            account, image = f"user:{painting.image.user}", (painting.image.id, painting.attempt.number)
            await ledger.book(tx, account, ("token", tokens), image, self._parts.now())

    async def _bear(self, tx: Transaction, painting: Painting, amount: int) -> None:
        await ledger.bear(tx, painting.image.id, amount, painting.attempt.number, self._parts.now())


def _maybe_paid(attempt: Attempt) -> int:
    """A call that may have gone out counts as paid."""
    return attempt.price if attempt.outcome == "sent" else 0


def problem_of(exc: errors.ProviderError) -> tuple[str, dict[str, str | int]]:
    """The Fluent key (after "problem-") of an error and the facts its sentence takes."""
    match exc:
        case errors.Refused(what=what, why=why, reference=reference):
            return f"refused-{what}", {"told": "yes" if why else "no", "why": why, "photo": reference or 0}
        case errors.BadInput(problem=problem):
            return f"input-{problem}", {}
        case _:
            return exc.code, {}
