"""A generation with all that its result message tells."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.core.context import Parts
from bot.core.curation import Outcome
from bot.core.messages import Text, say
from bot.core.voting import tallies
from storage import generations, images, people, personas
from storage.generations import Generation
from storage.images import Image

FAILED = ("failed", "refused", "unknown")
OTHERS = 3
"""Other models offered when one failed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """All that a result message tells.

    `others` are other models as (place in the list, name, microdollars per picture); `tallies` are those of a team
    vote by image id.
    """

    generation: Generation
    images: Sequence[Image]
    requester: str
    persona: str | None
    model: str
    label: Text | None
    others: tuple[tuple[int, str, int], ...] = ()
    tallies: dict[str, Outcome] = field(default_factory=dict)


async def load(parts: Parts, generation_id: str) -> Finished | None:
    """Read what a result shows, or None when the generation is gone."""
    async with parts.database.read() as tx:
        generation = await generations.get(tx, generation_id)
        if generation is None:
            return None
        all_ = await images.of_generation(tx, generation_id)
        user = await people.get(tx, generation.user)
        persona = await personas.get(tx, generation.persona) if generation.persona else None
        polls = await tallies(tx, all_)
    model = parts.drawing.model(generation.model)
    return Finished(
        generation=generation,
        images=all_,
        requester=user.name if user else "",
        persona=persona.name if persona else None,
        model=model.name if model else generation.model,
        label=say(model.label) if model and model.label else None,
        others=_others(parts, generation),
        tallies=polls,
    )


def _others(parts: Parts, generation: Generation) -> tuple[tuple[int, str, int], ...]:
    listed = enumerate(parts.drawing.models)
    return tuple((at, m.name, m.price(generation.size)) for at, m in listed if m.id != generation.model)[:OTHERS]
