"""🚩 Report or "this is me": hide the picture at once and let the place's moderators decide."""

from bot.core.chat.action_ids import Action
from bot.core.chat.errors import UserError
from bot.core.chat.messages import Ask, Button, MessageRef, Place, Say, say
from bot.core.media.blob_cleanup import dispose
from bot.core.media.pictures import image_picture
from bot.core.people import access, notify_operators
from bot.core.people.notify_person import reach
from bot.core.personas import likeness
from bot.core.results.refresh import refresh
from bot.core.runtime.context import Context
from bot.core.runtime.open_questions import button
from storage.tables import images, people, personas, workspaces
from storage.tables.enums import Audience
from storage.tables.images import Image

REASONS = ("me", "other")
DECISIONS = ("show", "delete", "stop")


async def ask(context: Context, id_: str) -> None:
    """Ask for the reason of a report; raises UserError for a picture the person may not see."""
    image = await access.image(context, id_)
    rows = (
        tuple(button(f"report-reason-{reason}", "flag", id_, reason) for reason in REASONS),
        (button("button-no", "drop", id_),),
    )
    await context.say(Ask(lines=(say("report-question", number=image.number),), buttons=rows, private=True))


async def report(context: Context, action: Action, message: MessageRef) -> None:
    """Hide the picture, thank the person, and tell the moderators and operators. Raises UserError."""
    image, reason = await access.image(context, action.row), action.arg
    if reason not in REASONS:
        raise UserError("button-unknown")
    async with context.services.database.write() as tx:
        await images.report(tx, image.id, context.now)
    await refresh(context.services, image.generation)
    await _tell(context, image, reason)
    await context.speak(Say(lines=(say("report-done"),), tone="good", private=True), instead_of=message)


async def decide(context: Context, action: Action, message: MessageRef) -> None:
    """A moderator shows the picture again, deletes it, or stops its persona; raises UserError for anybody else."""
    async with context.services.database.read() as tx:
        image = await images.get(tx, action.row)
        persona = await personas.get(tx, image.persona) if image and image.persona else None
    if image is None or image.reported_at is None or image.blob is None:
        raise UserError("button-over")
    if not (context.operates or await access.moderates(context.services, image, context.user.id)):
        raise UserError("moderator-only")
    arg = action.arg
    if arg == "show":
        async with context.services.database.write() as tx:
            await images.report(tx, image.id, None)
    elif arg == "delete":
        await _delete(context, image)
    elif arg == "stop" and persona:
        await _delete(context, image)
        await likeness.stop_using(context.services, persona)
    else:
        raise UserError("button-unknown")
    await refresh(context.services, image.generation)
    await context.speak(Say(lines=(say(f"report-decided-{arg}"),), private=True), instead_of=message)


async def _delete(context: Context, image: Image) -> None:
    async with context.services.database.write() as tx:
        await images.erase(tx, image.id)
    await dispose(context.services, [key for key in (image.blob, image.thumbnail) if key])


async def _tell(context: Context, image: Image, reason: str) -> None:
    """Ask the moderators of the place the picture comes from, and the operators."""
    async with context.services.database.read() as tx:
        owner = await people.get(tx, image.user)
        place = await workspaces.get(tx, image.workspace)
        moderators = await workspaces.moderators(tx, image.workspace)
    line = say(f"report-told-{reason}", name=context.user.name, owner=owner.name if owner else "", number=image.number)
    row: list[Button] = [
        Button(label=say("button-report-delete"), action=str(Action("decide", image.id, "delete")), style="danger"),
        button("button-report-show", "decide", image.id, "show"),
    ]
    rows = ((*row,), (button("button-report-stop", "decide", image.id, "stop"),)) if image.persona else ((*row,),)
    question = Ask(lines=(line,), buttons=rows, pictures=(image_picture(image, None),), private=True)
    key = f"report:{image.id}"
    in_group = place is not None and place.audience == Audience.GROUP
    near = Place(place.platform, place.chat, audience=Audience.GROUP) if place and in_group else None
    for user in moderators:
        await reach(context.services, user, question, key, near)
    await notify_operators.tell(context.services, question, key)
