"""The life of one image: begin, submit, collect. All of it may run again after a crash and then does no harm.

The durable engine calls these in order and keeps nothing but ids; everything else is read from the tables.
"""

import random
from dataclasses import dataclass

import structlog

from bot.core.generation import fallback, operator_alarms
from bot.core.generation.provider_request import Order, order, sources_of
from bot.core.generation.retry_storing import until_stored
from bot.core.generation.settlement import AttemptContext, Settlement, Stored
from bot.core.media.blob_cleanup import dispose
from bot.core.models.pricing import price_again
from bot.core.runtime.context import Services
from bot.imaging.values import InspectedPicture, PhotoError
from providers.contract import errors
from providers.contract.model import Model
from providers.contract.provider import Provider, Request, Result, Ticket
from storage.db.database import Transaction
from storage.tables import attempts, generations, images, ledger, references
from storage.tables.attempts import SENT, Attempt, Terms
from storage.tables.enums import Status
from storage.tables.generations import Generation
from storage.tables.images import Image

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Served:
    """The model of an image and who serves it."""

    model: Model
    provider: Provider


class ImageGenerator:
    """Draws images whose money is reserved."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._books = Settlement(services)

    async def draw(self, image_id: str) -> float | None:
        """Make the paid call of an image's next attempt, or take up the one a crash cut off, and store what came of it.

        Returns the seconds after which another attempt is to be made, or None when the image has its end.
        """
        painting = await self._begun(image_id)
        if painting is None:
            return None
        if painting.image.finished:
            await self._books.cut_off(painting)
            return None
        ids = {"generation": painting.generation.id, "image": image_id, "attempt": painting.attempt.id}
        with structlog.contextvars.bound_contextvars(**ids):
            try:
                await self._drawn(painting)
            except errors.ProviderError as exc:
                await self._services.jobs.confirm_lease()
                return await self._failed(painting, exc)
            finally:
                self._services.changes.tell(painting.generation.id)
        return None

    async def _begun(self, image_id: str) -> AttemptContext | None:
        """What is to be painted, once its attempt is committed; None when there is nothing to draw any more."""
        async with self._services.database.write(short=True) as tx:
            image = await images.get(tx, image_id)
            generation = await generations.get(tx, image.generation) if image else None
            if image is None or generation is None:
                return None
            made = await attempts.of_image(tx, image_id)
            attempt = made[-1] if made and made[-1].going else None
            if image.finished and attempt is None:
                return None
            if attempt is None:
                terms = await self._terms(tx, image, generation)
                attempt = await attempts.begin(tx, image_id, terms, self._services.now())
                await images.move(tx, image_id, Status.RUNNING, now=self._services.now())
            since = await ledger.asked_at(tx, image_id)
            sources = await sources_of(tx, generation)
        earlier = tuple(one for one in made if one.number < attempt.number and one.started_at >= since)
        return AttemptContext(image, generation, attempt, earlier, sources)

    async def _terms(self, tx: Transaction, image: Image, generation: Generation) -> Terms:
        """Who draws an image with which model at what price: for the model that was asked for, the agreed one."""
        model = self._services.drawing.model(image.model)
        if model is None:
            return Terms("", image.model, generation.price)
        if image.model == generation.model:
            return Terms(model.provider, image.model, generation.price)
        photos = await references.of_generation(tx, generation.id)
        return Terms(model.provider, image.model, price_again(model, generation, len(photos)))

    async def give_up(self, image_id: str) -> None:
        """End an image on which our own side failed: released whole; a call that went out is the operator's."""
        await self._services.jobs.confirm_lease()
        if generation := await self._books.give_up(image_id):
            self._services.changes.tell(generation)

    async def _drawn(self, painting: AttemptContext) -> None:
        started = self._services.clock()
        result = await self._call(painting)
        picture = await self._inspected(result)
        seconds = (self._services.clock() - started).total_seconds()
        await until_stored(lambda: self._kept(painting, result, picture, seconds))
        log.info("image drawn", seconds=round(seconds, 2))

    async def _kept(self, painting: AttemptContext, result: Result, picture: InspectedPicture, seconds: float) -> None:
        """Store a picture and settle its money; may be repeated."""
        blob = await self._services.blobs.put(result.data)
        thumbnail = await self._services.blobs.put(picture.thumbnail)
        await self._services.jobs.confirm_lease()
        if not await self._books.done(painting, result, Stored(picture, blob, thumbnail, seconds)):
            await dispose(self._services, [blob, thumbnail])  # cancelled or deleted meanwhile

    async def _failed(self, painting: AttemptContext, exc: errors.ProviderError) -> float | None:
        """What follows a failure: a pause before the next attempt, another model, or the image's end."""
        tries = sum(one.model == painting.image.model for one in painting.earlier) + 1
        pause = self._services.patience.pause(exc, tries, random.random)
        log.warning("attempt failed", code=exc.code, tries=tries, pause=pause)
        log.debug("what the provider said", detail=exc.detail[:500])  # it may repeat the prompt
        if isinstance(exc, errors.RateLimited) and exc.per_minute:
            await self._services.jobs.slow_down(painting.attempt.provider, exc.per_minute)
        await operator_alarms.sound(self._services, painting.attempt, exc)
        if pause is not None:
            await self._books.attempt_failed(painting, exc)
            return pause
        if not await fallback.move_on(self._services, self._books, painting, exc):
            await self._books.image_failed(painting, exc)
        return None

    async def _call(self, painting: AttemptContext) -> Result:
        served = self._served(painting)
        ticket = await self._ticket(painting, served)
        return ticket.result or await served.provider.collect(ticket)

    def _served(self, painting: AttemptContext) -> Served:
        model = self._services.drawing.model(painting.attempt.model)
        provider = self._services.drawing.providers.get(painting.attempt.provider)
        if model is None or provider is None:
            raise errors.Gone(f"model {painting.attempt.model} is no longer in the model list")
        return Served(model, provider)

    async def _ticket(self, painting: AttemptContext, served: Served) -> Ticket:
        """The ticket of a call that a crash cut off, or of the call that is made now."""
        attempt = painting.attempt
        if attempt.external_id:
            return Ticket(attempt.external_id, model=attempt.model)
        wish = Order(served.model, painting.image, painting.generation, painting.sources)
        request = await order(self._services, wish)
        if attempt.outcome == SENT and (found := await self._found(attempt, served.provider, request)):
            return found
        return await self._submitted(painting, served.provider, request)

    async def _found(self, attempt: Attempt, provider: Provider, request: Request) -> Ticket | None:
        """The call that went out before a crash; None with proof that it was not accepted, so it may be made.

        Raises UnknownOutcome when the provider cannot be asked. A call that another attempt has claimed is its own.
        """
        while True:
            async with self._services.database.read() as tx:
                known = await attempts.external_ids(tx, attempt.provider, attempt.started_at)
            ticket = await provider.find(request, attempt.id, known)
            if ticket is None or ticket.external_id is None:
                return ticket
            async with self._services.database.write(short=True) as tx:
                if await attempts.claim(tx, attempt, ticket.external_id):
                    return ticket

    async def _submitted(self, painting: AttemptContext, provider: Provider, request: Request) -> Ticket:
        attempt = painting.attempt
        async with self._services.database.write(short=True) as tx:
            now = await images.get(tx, painting.image.id)
            if now is None or now.finished:
                raise errors.Unavailable("it was cancelled before the call")
            if not await attempts.sent(tx, attempt.id):
                raise errors.Unavailable("it had its end before the call")
        await self._services.jobs.confirm_lease()
        try:
            ticket = await provider.submit(request, attempt.id)
        except errors.UnknownOutcome as lost:
            ticket = await self._rescued(attempt, provider, request, lost)
        if ticket.external_id:
            async with self._services.database.write(short=True) as tx:
                await attempts.accepted(tx, attempt.id, ticket.external_id)
                now = await images.get(tx, painting.image.id)
            if now is None or now.finished:  # it was cancelled before the provider's id was known
                await stop(provider, ticket)
        return ticket

    async def _rescued(
        self, attempt: Attempt, provider: Provider, request: Request, lost: errors.UnknownOutcome
    ) -> Ticket:
        """The call whose answer was just lost, if the provider shows it; else raises the loss, as it may show it later.

        While another call of the model has no id yet, what is found might be that one.
        """
        async with self._services.database.read() as tx:
            known = await attempts.external_ids(tx, attempt.provider, attempt.started_at)
        try:
            ticket = await provider.find(request, attempt.id, known)
        except errors.ProviderError:
            raise lost from None
        if ticket is None or ticket.external_id is None:
            raise lost
        async with self._services.database.write(short=True) as tx:
            if await attempts.is_alone(tx, attempt) and await attempts.claim(tx, attempt, ticket.external_id):
                return ticket
        raise lost

    async def _inspected(self, result: Result) -> InspectedPicture:
        try:
            return await self._services.studio.inspect(result.data)
        except PhotoError as exc:
            raise errors.Unusable(f"the provider's bytes are no picture: {exc.problem}", cost=result.cost) from exc


async def stop(provider: Provider, ticket: Ticket) -> None:
    """Ask a provider to stop; one that cannot be asked lets the work run to its end."""
    try:
        await provider.cancel(ticket)
    except errors.ProviderError as exc:
        log.warning("provider not stopped", code=exc.code)
