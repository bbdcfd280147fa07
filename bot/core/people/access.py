"""Access checks: whatever a person may not see is answered as if it did not exist."""

from bot.core.chat.catalogue import CommandSpec
from bot.core.chat.errors import UserError
from bot.core.people.visibility import may_see, readable
from bot.core.runtime.context import Context, Services
from storage.db.database import Transaction
from storage.tables import generations, images, personas, workspaces
from storage.tables.enums import WorkspaceRole
from storage.tables.generations import Generation
from storage.tables.images import Image
from storage.tables.personas import Persona


def may_run(context: Context, spec: CommandSpec) -> bool:
    """Whether a command is for this person here."""
    return {"everyone": True, "moderator": context.moderates, "operator": context.operates}[spec.who]


async def image(context: Context, id_: str) -> Image:
    """An image this person may see; raises UserError, also for one that was reported."""
    async with context.services.database.read() as tx:
        found = await images.get(tx, id_)
    if found is None or not await may_see(context.services, found, context.user.id, context.place):
        raise UserError("image-gone")
    if found.reported_at is not None:
        raise UserError("report-open")
    return found


async def generation(context: Context, id_: str) -> tuple[Generation, tuple[Image, ...]]:
    """A generation whose pictures this person may see; raises UserError."""
    async with context.services.database.read() as tx:
        found = await generations.get(tx, id_)
        slots = await images.of_generation(tx, id_) if found else ()
    if found is None or not await may_see(context.services, slots[0], context.user.id, context.place):
        raise UserError("image-gone")
    return found, slots


async def may_manage(context: Context, found: Image) -> bool:
    """Whether a person may trash an image: its owner, and in a group its moderators and the operator."""
    if found.user == context.user.id:
        return True
    return not found.private and (context.operates or await moderates(context.services, found, context.user.id))


async def moderates(services: Services, found: Image, user: str) -> bool:
    """Whether somebody is a moderator of the place an image was posted in, and can still read it."""
    async with services.database.read() as tx:
        role = await workspaces.role(tx, found.workspace, user)
        workspace = await workspaces.get(tx, found.workspace)
    return (
        role == WorkspaceRole.MODERATOR
        and workspace is not None
        and bool(await readable(services, workspace, user, [found.thread]))
    )


async def persona(context: Context, name: str) -> Persona:
    """The person's own persona of that name; raises UserError naming those there are."""
    async with context.services.database.read() as tx:
        return await _own_persona(context, tx, name)


async def _own_persona(context: Context, tx: Transaction, name: str) -> Persona:
    found = await personas.find(tx, context.user.id, name)
    known = await personas.owned(tx, context.user.id) if found is None else ()
    if found is None and known:
        raise UserError("persona-unknown", name=name, choices=", ".join(one.name for one in known[:10]))
    if found is None:
        raise UserError("persona-none", name=name)
    return found


async def usable_persona(context: Context, tx: Transaction, name: str) -> Persona:
    """The person's own persona of that name, or one that is shared here; raises UserError."""
    if await personas.find(tx, context.user.id, name) is None:
        for one in await personas.shared(tx, context.workspace.id):
            if personas.name_key(one.name) == personas.name_key(name):
                return one
    return await _own_persona(context, tx, name)


async def usual_persona(context: Context, tx: Transaction) -> str | None:
    """The persona a person draws when they name none, or None."""
    usual = context.own.get("persona")
    persona = await personas.get(tx, usual) if usual else None
    return persona.id if persona and persona.owner == context.user.id else None
