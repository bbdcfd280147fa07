"""The life of one image: begin, submit, collect. Each step may run again after a crash and then does no harm.

The durable engine calls these in order and keeps nothing but ids; everything else is read from the tables.
"""

from dataclasses import replace

import structlog

from bot.core.capability import edits_pixels
from bot.core.context import Parts
from bot.core.disposal import dispose
from bot.imaging.values import Drawn, PhotoError
from providers import errors
from providers.base import Provider, Reference, Request, Result, Ticket
from storage import attempts, generations, images, ledger, references
from storage.attempts import Attempt
from storage.db import Transaction
from storage.errors import BlobMissing
from storage.generations import Generation
from storage.images import Image

log = structlog.get_logger()
NOTHING = ""


class Painter:
    """Draws images whose money is reserved."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    async def begin(self, image_id: str) -> str:
        """Write the attempt that is about to be made and return its id; "" when there is nothing to draw any more."""
        async with self._parts.database.write() as tx:
            image = await images.get(tx, image_id)
            if image is None or image.finished:
                return NOTHING
            earlier = await attempts.of_image(tx, image_id)
            if earlier and earlier[-1].going:
                return earlier[-1].id
            model = self._parts.drawing.model(image.model)
            provider = model.provider if model else ""
            attempt = await attempts.begin(tx, image_id, provider, image.model, self._parts.now())
            await images.move(tx, image_id, "running", now=self._parts.now())
        self._parts.changes.tell(image.generation)
        return attempt.id

    async def draw(self, image_id: str, attempt_id: str) -> None:
        """Make the paid call of an attempt and store what came of it."""
        image, generation, attempt = await self._read(image_id, attempt_id)
        if image.finished or not attempt.going:
            await self._book_cut_off(image, generation, attempt)
            return
        with structlog.contextvars.bound_contextvars(generation=generation.id, image=image.id, attempt=attempt.id):
            started = self._parts.clock()
            try:
                result = await self._call(image, generation, attempt)
                picture = await self._inspected(result, generation)
                blob = await self._parts.blobs.put(result.data)
                thumbnail = await self._parts.blobs.put(picture.thumbnail)
            except errors.ProviderError as exc:
                log.warning("image failed", code=exc.code)
                await self._failed(image, attempt, exc)
            else:
                seconds = (self._parts.clock() - started).total_seconds()
                await self._done(image, attempt, _priced(result, generation), picture, (blob, thumbnail, seconds))
                log.info("image drawn", seconds=round(seconds, 2))
        self._parts.changes.tell(image.generation)

    async def give_up(self, image_id: str) -> None:
        """End an image on which our own side failed: released whole; a call that went out is the operator's."""
        now = self._parts.now()
        async with self._parts.database.write() as tx:
            image = await images.get(tx, image_id)
            if image is None or not await images.move(tx, image_id, "failed", now=now, problem="internal"):
                return
            generation = await generations.get(tx, image.generation)
            await ledger.settle(tx, image_id, {}, now)
            for attempt in await attempts.of_image(tx, image_id):
                if attempt.going:
                    paid = generation.price if generation and attempt.outcome == "sent" else 0
                    await ledger.bear(tx, image_id, paid, attempt.number, now)
                    await attempts.end(tx, attempt.id, "internal", cost=paid, now=now)
        self._parts.changes.tell(image.generation)

    async def _book_cut_off(self, image: Image, generation: Generation, attempt: Attempt) -> None:
        """A call that went out for an image that was cancelled before its answer came is the operator's."""
        if not attempt.going:
            return
        now = self._parts.now()
        paid = generation.price if attempt.outcome == "sent" else 0
        async with self._parts.database.write() as tx:
            await ledger.bear(tx, image.id, paid, attempt.number, now)
            await attempts.end(tx, attempt.id, "cut_off", cost=paid, now=now)

    async def _call(self, image: Image, generation: Generation, attempt: Attempt) -> Result:
        model = self._parts.drawing.model(image.model)
        provider = self._parts.drawing.providers.get(attempt.provider)
        if model is None or provider is None:
            raise errors.Gone(f"model {image.model} is no longer in the model list")
        ticket = await self._known(provider, attempt)
        if ticket is None:
            request = await self._request(image, generation)
            async with self._parts.database.write() as tx:
                now = await images.get(tx, image.id)
                if now is None or now.finished:
                    raise errors.Unavailable("it was cancelled before the call")
                await attempts.sent(tx, attempt.id)
            ticket = await provider.submit(request, attempt.id)
            if ticket.external_id:
                async with self._parts.database.write() as tx:
                    await attempts.accepted(tx, attempt.id, ticket.external_id)
                    now = await images.get(tx, image.id)
                if now is None or now.finished:  # it was cancelled before the provider's id was known
                    await stop(provider, ticket)
        return ticket.result or await provider.collect(ticket)

    async def _known(self, provider: Provider, attempt: Attempt) -> Ticket | None:
        """The ticket of a call that a crash cut off, or None when it must still be made.

        Raises UnknownOutcome when the call was sent, its ticket lost, and the provider cannot be asked.
        """
        if attempt.external_id:
            return Ticket(attempt.external_id)
        return await provider.find(attempt.id) if attempt.outcome == "sent" else None

    async def _request(self, image: Image, generation: Generation) -> Request:
        async with self._parts.database.read() as tx:
            photos = await references.of_generation(tx, generation.id)
            asked = await references.of_generation(tx, generation.id, also_deleted=True)
        if len(photos) < len(asked):
            raise errors.BadInput("a reference photo was deleted", problem="photo")
        try:
            kept = [Reference(await self._parts.blobs.get(p.blob), p.media_type, p.role) for p in photos]  # type: ignore[arg-type]  # the column holds only roles
        except BlobMissing as exc:
            raise errors.BadInput(f"a reference photo is gone: {exc}", problem="photo") from exc
        return Request(
            model=image.model,
            prompt=generation.final_prompt,
            references=(*await self._parent(generation), *kept),
            edit=generation.command == "edit",
            aspect=generation.aspect,
            size=generation.size,
            seed=generation.seed,
            index=image.number - 1,
            count=generation.count,
            parameters=generation.parameters,
        )

    async def _parent(self, generation: Generation) -> tuple[Reference, ...]:
        """The picture that is to be changed, as the first reference."""
        model = self._parts.drawing.model(generation.model)
        if model is None or not edits_pixels(generation.command, generation.parent_image, model):
            return ()
        async with self._parts.database.read() as tx:
            parent = await images.get(tx, generation.parent_image or "")
        if parent is None or parent.blob is None:
            raise errors.BadInput("the picture to change is gone", problem="photo")
        return (Reference(await self._parts.blobs.get(parent.blob), parent.media_type or "image/png", "scene"),)

    async def _inspected(self, result: Result, generation: Generation) -> Drawn:
        try:
            return await self._parts.studio.inspect(result.data)
        except PhotoError as exc:
            cost = generation.price if result.cost is None else result.cost
            raise errors.NoImage(f"the provider's bytes are no picture: {exc.problem}", cost=cost) from exc

    async def _done(
        self, image: Image, attempt: Attempt, result: Result, picture: Drawn, stored: tuple[str, str, float]
    ) -> None:
        blob, thumbnail, seconds = stored
        async with self._parts.database.write() as tx:
            generation = await generations.get(tx, image.generation)
            reserved = generation.price if generation else 0
            real = reserved if result.cost is None else result.cost
            charged = min(real, reserved)
            is_first = await images.move(
                tx, image.id, "done", now=self._parts.now(), blob=blob, thumbnail=thumbnail,
                media_type=picture.media_type, width=picture.width, height=picture.height, bytes=len(result.data),
                sha256=picture.sha256, phash=picture.phash, note=result.note, seed=result.seed, cost=charged,
                tokens=result.tokens, seconds=seconds,
            )  # fmt: skip
            await self._settle(tx, image, attempt, real=real, charged=charged if is_first else None)
            await attempts.end(tx, attempt.id, "done", cost=real, now=self._parts.now())
        if not is_first:  # cancelled or deleted meanwhile
            await dispose(self._parts, [blob, thumbnail])

    async def _settle(self, tx: Transaction, image: Image, attempt: Attempt, *, real: int, charged: int | None) -> None:
        """The person pays min(real, reserved); what a cancelled picture or a dearer call cost is the operator's."""
        now = self._parts.now()
        if charged is not None:
            await ledger.settle(tx, image.id, {"image": 1, "microdollar": charged}, now)
        await ledger.bear(tx, image.id, real - (charged or 0), attempt.number, now)

    async def _failed(self, image: Image, attempt: Attempt, exc: errors.ProviderError) -> None:
        status = {"refused": "refused", "unknown_outcome": "unknown"}.get(exc.code, "failed")
        problem, facts = problem_of(exc)
        now = self._parts.now()
        async with self._parts.database.write() as tx:
            await images.move(tx, image.id, status, now=now, problem=problem, problem_facts=facts)
            await ledger.settle(tx, image.id, {}, now)
            cost = await self._lost(tx, image, exc)
            await ledger.bear(tx, image.id, cost, attempt.number, now)
            await attempts.end(tx, attempt.id, exc.code, cost=cost, detail=exc.detail, now=now)

    async def _lost(self, tx: Transaction, image: Image, exc: errors.ProviderError) -> int:
        """What a failed call cost all the same; one of unknown outcome counts as paid."""
        if exc.cost or not isinstance(exc, errors.UnknownOutcome):
            return exc.cost
        generation = await generations.get(tx, image.generation)
        return generation.price if generation else 0

    async def _read(self, image_id: str, attempt_id: str) -> tuple[Image, Generation, Attempt]:
        async with self._parts.database.read() as tx:
            image = await images.get(tx, image_id)
            generation = await generations.get(tx, image.generation) if image else None
            found = [one for one in await attempts.of_image(tx, image_id) if one.id == attempt_id]
        if image is None or generation is None or not found:
            raise LookupError(f"attempt {attempt_id} of image {image_id} is gone")
        return image, generation, found[0]


def _priced(result: Result, generation: Generation) -> Result:
    """The result with what it cost; the request may be deleted when it is booked."""
    return result if result.cost is not None else replace(result, cost=generation.price)


def problem_of(exc: errors.ProviderError) -> tuple[str, dict[str, str | int]]:
    """The Fluent key (after "problem-") of an error and the facts its sentence takes."""
    match exc:
        case errors.Refused(what=what, why=why, reference=reference):
            return f"refused-{what}", {"told": "yes" if why else "no", "why": why, "photo": reference or 0}
        case errors.BadInput(problem=problem):
            return f"input-{problem}", {}
        case _:
            return exc.code, {}


async def stop(provider: Provider, ticket: Ticket) -> None:
    """Ask a provider to stop; one that cannot be asked lets the work run to its end."""
    try:
        await provider.cancel(ticket)
    except errors.ProviderError as exc:
        log.warning("provider not stopped", code=exc.code)
