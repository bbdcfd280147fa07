"""/gallery browse: finished pictures, newest first, in pages."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

from bot.core.chat.action_ids import Action
from bot.core.chat.catalogue import BEST
from bot.core.chat.errors import UserError
from bot.core.chat.messages import MessageRef, Outgoing, Picture, Rows, Say, Show, say
from bot.core.chat.options import Options
from bot.core.curation.judge import VERBS, judge
from bot.core.media.pictures import image_picture
from bot.core.models import choosing
from bot.core.people import access
from bot.core.people.find_person import person
from bot.core.people.visibility import readable_threads
from bot.core.runtime import drafts
from bot.core.runtime.context import Context
from bot.core.runtime.drafts import GalleryPage
from bot.core.runtime.open_questions import button, draft_of
from storage.db.ids import moment
from storage.queries import gallery
from storage.queries.gallery import Filter
from storage.tables import images
from storage.tables.drafts import Draft
from storage.tables.enums import Verdict
from storage.tables.images import Image

PAGE = 8
SHELF = ("keep", "reject", "best", "undo")
"""Actions on a picture of a gallery page."""


async def browse(context: Context, options: Options) -> None:
    """/gallery browse: the person's own pictures; in a group, what was posted there. Raises UserError."""
    wanted = await _readable(context, await _filter(context, options))
    async with context.services.database.read() as tx:
        page = await gallery.page(tx, wanted, limit=PAGE)
        total = await gallery.count(tx, wanted)
    if not page:
        await context.say(Say(lines=(say("gallery-empty"),), private=True))
        return
    draft = await draft_of(context, GalleryPage(filter=wanted, page=_ids(page)))
    await context.say(_shown(context, draft.id, dict(enumerate(page, 1)), total))


async def turn(context: Context, draft: Draft[GalleryPage], way: str, message: MessageRef) -> None:
    """Show the older or newer page in place of the present one; at an end the page stays."""
    shown, wanted = draft.data.page, await _readable(context, draft.data.filter)
    async with context.services.database.read() as tx:
        if way == "older":
            page = await gallery.page(tx, wanted, before=shown[-1], limit=PAGE)
        else:
            page = await gallery.newer(tx, wanted, after=shown[0], limit=PAGE)
        total = await gallery.count(tx, wanted)
    if not page:
        await context.say(Say(lines=(say(f"gallery-no-{way}"),), private=True))
        return
    async with context.services.database.write() as tx:
        await drafts.change(tx, draft.id, replace(draft.data, page=_ids(page)))
    await context.speak(_shown(context, draft.id, dict(enumerate(page, 1)), total), instead_of=message)


async def judge_shown(context: Context, draft: Draft[GalleryPage], arg: str, message: MessageRef) -> None:
    """Judge a picture of the page ("keep-3") and show the page with its new state; raises UserError."""
    verb, _, number = arg.partition("-")
    ids = draft.data.page
    if verb not in SHELF or not number.isdecimal() or not 1 <= int(number) <= len(ids):
        raise UserError("button-unknown")
    image = await access.image(context, ids[int(number) - 1])
    await judge(context, [image.id], VERBS[verb])
    wanted = await _readable(context, draft.data.filter)
    async with context.services.database.read() as tx:
        found = {number: await images.get(tx, id_) for number, id_ in enumerate(ids, 1)}
        total = await gallery.count(tx, wanted)
    page = {number: one for number, one in found.items() if one and not one.trashed_at and _within(one, wanted)}
    await context.speak(_shown(context, draft.id, page, total), instead_of=message)


def _within(image: Image, wanted: Filter) -> bool:
    """Whether the viewer can still read the place of an image on a page that was shown before."""
    return wanted.workspace is None or image.thread in wanted.threads


def _shown(context: Context, draft: str, page: Mapping[int, Image], total: int) -> Outgoing:
    """A page of pictures by their numbers, which stay while it is shown."""
    turns: Rows = ()
    if total > PAGE:
        turns = (
            (button("button-newer", "gallery", draft, "newer"), button("button-older", "gallery", draft, "older")),
        )
    pictures = tuple(_picture(context, draft, image, number) for number, image in page.items())
    return Show(lines=(say("gallery-head", count=total),), pictures=pictures, buttons=turns, private=True)


def _picture(context: Context, draft: str, image: Image, number: int) -> Picture:
    """A picture numbered by its place on the page; judging it there redraws the page."""
    model = context.services.drawing.model(image.model)
    shown = image_picture(image, say(model.label) if model and model.label else None, number)
    judging = {verb: str(Action("shelf", draft, f"{verb}-{number}")) for verb in SHELF}
    return replace(shown, actions={**shown.actions, **judging})


def _ids(page: tuple[Image, ...]) -> tuple[str, ...]:
    return tuple(image.id for image in page)


async def _filter(context: Context, options: Options) -> Filter:
    named = options.texts.get("persona")
    persona = await access.persona(context, named) if named else None
    model = options.texts.get("model")
    group = context.in_group and persona is None
    verdict = options.texts.get("verdict")
    by = options.texts.get("by")
    return Filter(
        user=(await person(context, by)).id if group and by else None if group else context.user.id,
        workspace=context.workspace.id if group else None,
        persona=persona.id if persona else None,
        verdict=_verdict(verdict),
        best=verdict == BEST,
        model=choosing.choose(context, model).id if model else None,
        text=options.texts.get("text"),
        since=_since(options.texts.get("since")),
    )


def _verdict(named: str | None) -> Verdict | None:
    """The verdict to filter by; the best pictures are kept ones."""
    if named is None:
        return None
    return Verdict.KEPT if named == BEST else Verdict(named)


async def _readable(context: Context, wanted: Filter) -> Filter:
    """The filter narrowed to the places the person can read now; asked anew for every page."""
    if wanted.workspace is None:
        return wanted
    threads = await readable_threads(context.services, wanted.workspace, context.user.id, context.place)
    return replace(wanted, threads=threads)


def _since(day: str | None) -> int | None:
    if not day:
        return None
    try:
        return moment(datetime.strptime(day, "%Y-%m-%d").replace(tzinfo=UTC))
    except ValueError as exc:
        raise UserError("error-day", given=day) from exc
