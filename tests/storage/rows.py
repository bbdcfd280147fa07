"""Rows that tests need before they come to their point."""

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import hypothesis
from hypothesis import HealthCheck

from storage.db.database import Transaction
from storage.db.ids import new_id
from storage.tables import generations, images, people, personas, references, workspaces
from storage.tables.drafts import NewDraft
from storage.tables.enums import PersonaKind
from storage.tables.generations import Generation
from storage.tables.images import Image
from storage.tables.personas import NewPersona
from storage.tables.references import ReferencePhoto

EXAMPLES = hypothesis.settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
"""How properties are tried: each example brings rows of its own, and a busy machine is no failure."""
NOW = 1_800_000_000_000
"""A moment in January 2027."""


@dataclass(frozen=True, slots=True)
class Cast:
    """Somebody, and the place where they are."""

    user: str
    workspace: str


async def somebody(tx: Transaction, name: str = "Ada") -> Cast:
    """A new person in a new group."""
    user = await people.find_or_add(tx, "test", uuid4().hex, name, NOW)
    workspace = await workspaces.find_or_add(tx, "test", uuid4().hex, "group", NOW)
    return Cast(user.id, workspace.id)


async def a_persona(tx: Transaction, cast: Cast, name: str = "Mila") -> str:
    """A new persona of somebody; its id."""
    return (await personas.add(tx, cast.user, cast.workspace, NewPersona(name, PersonaKind.FICTIONAL), NOW)).id


def generation(cast: Cast, **changes: Any) -> Generation:
    """A request that is not written yet."""
    return Generation(
        **{
            "id": new_id(), "event_id": uuid4().hex, "user": cast.user, "workspace": cast.workspace,
            "platform": "test", "chat": "room", "audience": "group", "locale": "en", "command": "imagine",
            "prompt": "a red fox", "final_prompt": "a red fox", "model": "local", "count": 1, "price": 0,
            "created_at": NOW,
        } | changes
    )  # fmt: skip


def a_draft(user: str, workspace: str, created_at: int, expires_at: int) -> NewDraft:
    """A draft that is not written yet."""
    return NewDraft(user=user, workspace=workspace, event="event", created_at=created_at, expires_at=expires_at)


async def a_generation(tx: Transaction, cast: Cast, *photos: str, **changes: Any) -> Generation:
    """A new request that keeps to some photos."""
    new = generation(cast, **changes)
    await generations.add(tx, new, photos)
    return new


async def an_image(tx: Transaction, of: Generation, number: int = 1, **changes: Any) -> Image:
    """A new image of a request."""
    new = Image(
        **{
            "id": new_id(), "generation": of.id, "number": number, "user": of.user, "workspace": of.workspace,
            "persona": of.persona, "private": of.private, "model": of.model, "created_at": of.created_at,
        } | changes
    )  # fmt: skip
    await images.add(tx, [new])
    return new


async def a_picture(tx: Transaction, cast: Cast, **changes: Any) -> Image:
    """A finished image of a request of its own."""
    of = await a_generation(tx, cast)
    return await an_image(tx, of, **{"status": "done", **changes})


async def a_photo(tx: Transaction, cast: Cast, **changes: Any) -> ReferencePhoto:
    """A one-off photo that expires an hour from now."""
    new = ReferencePhoto(
        **{
            "id": new_id(), "owner": cast.user, "persona": None, "role": "face", "blob": f"blob-{uuid4().hex}",
            "thumbnail": f"small-{uuid4().hex}", "media_type": "image/jpeg", "width": 640, "height": 480,
            "sha256": "0" * 64, "phash": "0" * 16, "faces": ((10, 20, 30, 40),), "created_at": NOW,
            "expires_at": NOW + 3_600_000,
        } | changes
    )  # fmt: skip
    await references.add(tx, new)
    return new
