"""The data of a result message, read in one transaction."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.core.chat.messages import Dollars, Text, say
from bot.core.models.pricing import price_again
from bot.core.runtime.context import Services
from bot.core.voting.polls import Voices, voices
from storage.tables import generations, images, ledger, people, personas, references
from storage.tables.generations import Generation
from storage.tables.images import Image

FAILED = ("failed", "refused", "unknown")
OTHERS = 3
"""Most other models offered after a failure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultView:
    """The data of a result message.

    `price` is what one picture more costs today, in microdollars; `others` are other models as (tag, name,
    microdollars per picture).
    """

    generation: Generation
    images: Sequence[Image]
    requester: str
    persona: str | None
    model: str
    label: Text | None
    price: int
    others: tuple[tuple[str, str, int], ...] = ()
    voices: Voices = field(default_factory=Voices)
    fallback_models: tuple[tuple[str, int, int], ...] = ()
    """Models that drew in place of the first as (name, pictures, microdollars of one)."""
    pending: int = 0
    """Microdollars still reserved for cancelled images whose calls had been sent."""


async def load(services: Services, generation_id: str) -> ResultView | None:
    """Load the data of a result message; None when the generation was deleted."""
    async with services.database.read() as tx:
        generation = await generations.get(tx, generation_id)
        if generation is None:
            return None
        all_ = await images.of_generation(tx, generation_id)
        user = await people.get(tx, generation.user)
        persona = await personas.get(tx, generation.persona) if generation.persona else None
        photos = len(await references.of_generation(tx, generation_id))
        cancelled = [image.id for image in all_ if image.status == "cancelled"]
        pending = sum([await ledger.reserved(tx, image, "microdollar") for image in cancelled])
        heard = await voices(tx, [image for image in all_ if image.status == "done"])
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
    )


def _stand_ins(
    services: Services, generation: Generation, all_: Sequence[Image], photos: int
) -> tuple[tuple[str, int, int], ...]:
    counts = Counter(image.model for image in all_ if image.model != generation.model)
    known = [(model, count) for id_, count in counts.items() if (model := services.drawing.model(id_))]
    return tuple((model.name, count, price_again(model, generation, photos)) for model, count in known)


def stand_in_lines(finished: "ResultView") -> tuple[Text, ...]:
    """Lines about fallback models: which, for how many pictures, at what price."""
    return tuple(
        say("fallback-line", first=finished.model, model=name, count=count, price=Dollars(micro))
        for name, count, micro in finished.fallback_models
    )


def _others(services: Services, generation: Generation, photos: int) -> tuple[tuple[str, str, int], ...]:
    others = [
        model
        for model in services.drawing.models
        if model.id != generation.model and model.capabilities.min_references <= photos
    ]
    return tuple((model.tag, model.name, price_again(model, generation, photos)) for model in others[:OTHERS])
