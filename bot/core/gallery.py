"""/gallery browse: finished pictures, newest first, in pages."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from bot.core import capability, sight
from bot.core.ask import button, draft_of
from bot.core.context import Context
from bot.core.errors import Sorry
from bot.core.messages import MessageRef, Outgoing, Picture, Rows, Say, Show, say
from bot.core.options import Options
from bot.core.pictures import image_picture
from storage import drafts, gallery
from storage.gallery import Filter
from storage.ids import moment
from storage.images import Image

PAGE = 8


async def browse(context: Context, options: Options) -> None:
    """/gallery browse: the person's own pictures; in a group, what was posted there. Raises Sorry."""
    wanted = await _filter(context, options)
    async with context.parts.database.read() as tx:
        page = await gallery.page(tx, wanted, limit=PAGE)
        total = await gallery.count(tx, wanted)
    if not page:
        await context.say(Say(lines=(say("gallery-empty"),), private=True))
        return
    draft = await draft_of(context, "gallery", {"filter": asdict(wanted), **_ends(page)})
    await context.say(_shown(context, draft.id, page, total))


async def turn(context: Context, draft: drafts.Draft, way: str, message: MessageRef) -> None:
    """Show the older or newer page in place of the present one; at an end the page stays."""
    wanted = Filter(**draft.data["filter"])
    async with context.parts.database.write() as tx:
        if way == "older":
            page = await gallery.page(tx, wanted, before=draft.data["last"], limit=PAGE)
        else:
            page = await gallery.newer(tx, wanted, after=draft.data["first"], limit=PAGE)
        total = await gallery.count(tx, wanted)
        if page:
            await drafts.change(tx, draft.id, {**draft.data, **_ends(page)})
    if page:
        await context.speak(_shown(context, draft.id, page, total), instead_of=message)
    else:
        await context.say(Say(lines=(say(f"gallery-no-{way}"),), private=True))


def _shown(context: Context, draft: str, page: tuple[Image, ...], total: int) -> Outgoing:
    turns: Rows = ()
    if total > PAGE:
        turns = (
            (button("button-newer", "gallery", draft, "newer"), button("button-older", "gallery", draft, "older")),
        )
    pictures = tuple(_picture(context, image, number) for number, image in enumerate(page, 1))
    return Show(lines=(say("gallery-head", count=total),), pictures=pictures, buttons=turns, private=True)


def _picture(context: Context, image: Image, number: int) -> Picture:
    model = context.parts.drawing.model(image.model)
    label = say(model.label) if model and model.label else None
    shown = image_picture(image, label)
    return Picture(
        id=shown.id, number=number, width=shown.width, height=shown.height, alt=shown.alt, verdict=shown.verdict,
        best=shown.best, mark=shown.mark, actions=shown.actions,
    )  # fmt: skip


def _ends(page: tuple[Image, ...]) -> Mapping[str, Any]:
    return {"first": page[0].id, "last": page[-1].id}


async def _filter(context: Context, options: Options) -> Filter:
    named = options.texts.get("persona")
    persona = await sight.persona(context, named) if named else None
    model = options.texts.get("model")
    group = context.place.audience == "group" and persona is None
    return Filter(
        user=None if group else context.user.id,
        workspace=context.workspace.id if group else None,
        persona=persona.id if persona else None,
        verdict=options.texts.get("verdict"),
        model=capability.choose(context, model).id if model else None,
        text=options.texts.get("text"),
        since=_since(options.texts.get("since")),
    )


def _since(day: str | None) -> int | None:
    if not day:
        return None
    try:
        return moment(datetime.strptime(day, "%Y-%m-%d").replace(tzinfo=UTC))
    except ValueError as exc:
        raise Sorry("error-day", given=day) from exc
