"""An image request before it is accepted, serialisable so that it can wait in a draft."""

import re
from collections.abc import Sequence

from bot.core.chat.errors import UserError
from bot.core.chat.image_request import ImageRequest
from bot.core.chat.options import Options
from storage.tables.generations import Generation
from storage.tables.references import ReferencePhoto

_PARAMETER = re.compile(r"([\w.-]+)\s*=\s*([^\s,]+)")


def image_request_of(options: Options, persona: str | None, photos: tuple[str, ...]) -> ImageRequest:
    """Build the request of a checked /imagine; raises UserError for parameters that are no key=value."""
    return ImageRequest(
        prompt=options.text("prompt"),
        persona=persona,
        photos=photos,
        aspect=options.text("aspect", "auto"),
        count=options.wholes.get("count", 1),
        model=options.texts.get("model"),
        size=options.text("size"),
        seed=options.wholes.get("seed"),
        references=options.flags.get("references", True),
        private=options.flags.get("private", False),
        parameters=_parameters(options.text("params")),
        template=options.texts.get("template"),
        quality=options.texts.get("quality"),
    )


def _parameters(text: str) -> dict[str, str]:
    if _PARAMETER.sub("", text).replace(",", "").strip():
        raise UserError("error-parameters", given=text[:60])
    return dict(_PARAMETER.findall(text))


def image_request_again(generation: Generation, photos: Sequence[ReferencePhoto]) -> ImageRequest:
    """Build the request that repeats a generation, with its one-off photos and a new seed."""
    return ImageRequest(
        prompt=generation.prompt,
        command=generation.command,
        persona=generation.persona,
        photos=tuple(photo.id for photo in photos if photo.persona is None or photo.persona != generation.persona),
        aspect=generation.aspect,
        count=generation.count,
        model=generation.model,
        size=generation.size,
        references=any(photo.persona and photo.persona == generation.persona for photo in photos),
        private=generation.private,
        parameters=generation.parameters,
        parent=generation.parent_image,
        template=generation.template,
        quality=generation.quality,
    )
