"""The data of a result message, read in one transaction."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.core.chat.messages import Dollars, Text, say
from bot.core.models.pricing import price_again
from bot.core.runtime.context import Services
from bot.core.voting.polls import Voices, voices
from storage.db.database import Transaction
from storage.tables import generations, images, ledger, people, personas, references
from storage.tables.enums import Status, Unit
from storage.tables.generations import Generation
from storage.tables.images import Image

OTHERS = 3
"""Most other models offered after a failure."""


@dataclass(frozen=True, slots=True)
class OtherModel:
    """A model that can be asked after a failure, and its price per picture in microdollars."""

    tag: str
    name: str
    price: int


@dataclass(frozen=True, slots=True)
class FallbackModel:
    """A model that drew in place of the first: how many pictures, at how many microdollars each."""

    name: str
    count: int
    price: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultView:
    """The data of a result message.

    `price` is the price of one picture more today, in microdollars; `others` are models offered after a failure.
    """

    generation: Generation
    images: Sequence[Image]
    requester: str
    persona: str | None
    model: str
    label: Text | None
    price: int
    others: tuple[OtherModel, ...] = ()
    voices: Voices = field(default_factory=Voices)
    fallback_models: tuple[FallbackModel, ...] = ()
    reader: str | None = None
    """The platform's id of the requester."""
    pending: int = 0
    """Microdollars still reserved for cancelled images whose calls had been sent."""


async def load(services: Services, generation_id: str) -> ResultView | None:
    """Load the data of a result message; None when the generation was deleted."""
    async with services.database.read() as tx:
        return await load_in(services, tx, generation_id)


async def load_in(services: Services, tx: Transaction, generation_id: str) -> ResultView | None:
    """As `load`, within a transaction."""
    generation = await generations.get(tx, generation_id)
    if generation is None:
        return None
    all_ = await images.of_generation(tx, generation_id)
    user = await people.get(tx, generation.user)
    persona = await personas.get(tx, generation.persona) if generation.persona else None
    reader = await people.identity(tx, generation.user, generation.platform)
    photos = len(await references.of_generation(tx, generation_id))
    cancelled = [image.id for image in all_ if image.status == Status.CANCELLED]
    pending = sum([await ledger.reserved(tx, image, Unit.MICRODOLLAR) for image in cancelled])
    heard = await voices(tx, [image for image in all_ if image.status == Status.DONE])
    model = services.drawing.model(generation.model)
    return ResultView(
        generation=generation,
        images=all_,
        requester=user.name if user else "",
        persona=persona.name if persona else None,
        model=model.name if model else generation.model,
        label=say(model.label) if model and model.label else None,
        price=price_again(model, generation, photos) if model else generation.price,
        others=_others(services, generation, photos),
        voices=heard,
        pending=pending,
        fallback_models=_stand_ins(services, generation, all_, photos),
        reader=reader,
    )


def _stand_ins(
    services: Services, generation: Generation, all_: Sequence[Image], photos: int
) -> tuple[FallbackModel, ...]:
    counts = Counter(image.model for image in all_ if image.model != generation.model)
    known = [(model, count) for id_, count in counts.items() if (model := services.drawing.model(id_))]
    return tuple(FallbackModel(model.name, count, price_again(model, generation, photos)) for model, count in known)


def stand_in_lines(finished: ResultView) -> tuple[Text, ...]:
    """Lines about fallback models: which, for how many pictures, at what price."""
    return tuple(
        say("fallback-line", first=finished.model, model=one.name, count=one.count, price=Dollars(one.price))
        for one in finished.fallback_models
    )


def _others(services: Services, generation: Generation, photos: int) -> tuple[OtherModel, ...]:
    others = [
        model
        for model in services.drawing.models
        if model.id != generation.model and model.capabilities.min_references <= photos
    ]
    return tuple(OtherModel(model.tag, model.name, price_again(model, generation, photos)) for model in others[:OTHERS])
