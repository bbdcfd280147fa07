"""A ZIP of the kept pictures of a round, with their recipes as JSON, which name those whose files are lost."""

import io
import json
import zipfile
from typing import Any

from bot.core.chat.errors import UserError
from bot.core.chat.messages import Who
from bot.core.media.pictures import NoSuchPicture, PictureFile, file_name, originals
from bot.core.runtime import drafts
from bot.core.runtime.context import Services
from bot.core.runtime.drafts import ReviewRound
from storage.tables import generations, images, people, personas
from storage.tables.enums import Verdict
from storage.tables.images import Image


async def kept(services: Services, draft_id: str, viewer: Who) -> PictureFile:
    """The archive of a curation round of `viewer`; raises NoSuchPicture for anybody else's."""
    async with services.database.read() as tx:
        user = await people.find(tx, viewer.platform, viewer.id)
        try:
            draft = await drafts.get(tx, draft_id, ReviewRound)
        except UserError as exc:
            raise NoSuchPicture(draft_id) from exc
        if not user or draft.user != user.id:
            raise NoSuchPicture(draft_id)
        found = [image for id_ in draft.data.images if (image := await images.get(tx, id_))]
    chosen = [image for image in found if image.verdict == Verdict.KEPT and image.visible]
    saved = await originals(services, [f"i:{image.id}" for image in chosen], viewer)
    files = {file.name: file.data for file in saved.values() if file}
    recipes = [await _recipe(services, image) | {"lost": file_name(image) not in files} for image in chosen]
    data = await services.studio.run(_packed, files, json.dumps(recipes, indent=2, ensure_ascii=False))
    return PictureFile(data, "application/zip", f"likeness-kept-{draft_id[-8:]}.zip")


async def _recipe(services: Services, image: Image) -> dict[str, Any]:
    async with services.database.read() as tx:
        generation = await generations.get(tx, image.generation)
        persona = await personas.get(tx, image.persona) if image.persona else None
    assert generation is not None, "an image that is there has its generation"
    return {
        "file": file_name(image), "model": image.model, "prompt": generation.prompt,
        "final_prompt": generation.final_prompt, "persona": persona.name if persona else None,
        "aspect": generation.aspect, "size": generation.size, "seed": image.seed,
        "parameters": dict(generation.parameters), "best": image.best, "cost_microdollars": image.cost,
        "seconds": image.seconds, "sha256": image.sha256,
    }  # fmt: skip


def _packed(files: dict[str, bytes], recipes: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:  # pictures are compressed already
        for name, data in files.items():
            archive.writestr(name, data)
        archive.writestr("recipes.json", recipes)
    return buffer.getvalue()
