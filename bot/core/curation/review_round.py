"""/curate: review undecided pictures one at a time; a round resumes where it was left."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.core.chat.errors import UserError
from bot.core.chat.messages import Button, Document, MessageRef, Outgoing, Say, Show, Text, say
from bot.core.chat.options import Options
from bot.core.curation.judge import VERBS, judge
from bot.core.media.pictures import image_picture
from bot.core.people import access
from bot.core.runtime import drafts, open_questions
from bot.core.runtime.context import Context
from bot.core.runtime.drafts import ReviewRound
from bot.core.runtime.open_questions import button, draft_of
from bot.core.voting.rules import Ballot
from storage.queries import gallery
from storage.queries.gallery import Filter
from storage.tables import generations, images
from storage.tables.drafts import Draft
from storage.tables.enums import Verdict
from storage.tables.images import Image

MOST = 500
"""Pictures one round goes through at most."""
PASSED_OVER = ("image-gone", "vote-closed", "vote-not-eligible")
"""Errors that a round skips: pictures trashed meanwhile, and pictures under a vote."""
LAST = "last"
BAR = 16
"""Cells of the bar."""


async def curate(context: Context, options: Options) -> None:
    """/curate: a persona's undecided pictures, those of one request, or all of the person's. Raises UserError."""
    if id_ := options.texts.get("generation"):
        await of_generation(context, id_)
        return
    scope, wanted = await _scope(context, options)
    async with context.services.database.read() as tx:
        found = await gallery.page(tx, wanted, limit=MOST)
    await _round(context, scope, [image.id for image in reversed(found)])


async def of_generation(context: Context, id_: str) -> None:
    """The undecided pictures of one request, "last" being the person's latest here; raises UserError."""
    if id_ == LAST:
        async with context.services.database.read() as tx:
            latest = await generations.latest(tx, context.user.id, context.workspace.id)
        if latest is None:
            raise UserError("curate-nothing")
        id_ = latest.id
    _, slots = await access.generation(context, id_)
    undecided = [slot.id for slot in slots if slot.visible and slot.verdict == Verdict.UNDECIDED]
    await _round(context, f"generation:{id_}", undecided)


async def _round(context: Context, scope: str, ids: Sequence[str]) -> None:
    """Go on with the round that waits for the same pictures, or begin one; raises UserError when there are none."""
    async with context.services.database.read() as tx:
        waiting = await open_questions.latest(context, tx, ReviewRound)
    if waiting and waiting.data.scope == scope and waiting.data.at < len(waiting.data.images):
        await context.say(await _card(context, waiting.id, waiting.data))
        return
    if not ids:
        raise UserError("curate-nothing")
    draft = await draft_of(context, ReviewRound(scope=scope, images=tuple(ids)))
    await context.say(await _card(context, draft.id, draft.data))


async def press(context: Context, draft: Draft[ReviewRound], verb: str, message: MessageRef) -> None:
    """Judge the picture on the card (or skip it, or step back) and show the next in its place."""
    at, ids = draft.data.at, draft.data.images
    if verb == "undo":
        at = max(0, at - 1)
        await _judged(context, ids[at], VERBS["undo"](None))
    elif at < len(ids):
        if verb in ("keep", "reject", "best"):
            await _judged(context, ids[at], VERBS[verb](None))
        at += 1
    data = replace(draft.data, at=at)
    async with context.services.database.write() as tx:
        await drafts.change(tx, draft.id, data)
    await context.speak(await _card(context, draft.id, data), instead_of=message)


async def archive(context: Context, draft: Draft[ReviewRound]) -> None:
    """Offer the kept pictures of a round as one file."""
    count = (await _counts(context, draft.data.images)).kept
    if not count:
        raise UserError("curate-none-kept")
    lines = (say("curate-archive", count=count),)
    await context.say(Document(lines=lines, file=f"z:{draft.id}", name=f"likeness-kept-{draft.id[-8:]}.zip"))


async def _judged(context: Context, id_: str, ballot: Ballot | None) -> None:
    try:
        await judge(context, [id_], lambda _: ballot)
    except UserError as exc:
        if exc.text.key not in PASSED_OVER:
            raise


async def _scope(context: Context, options: Options) -> tuple[str, Filter]:
    """What a round goes through: a persona's pictures, or all that are undecided."""
    if name := options.texts.get("persona"):
        persona = await access.persona(context, name)
        return f"persona:{persona.id}", Filter(user=context.user.id, persona=persona.id, verdict=Verdict.UNDECIDED)
    return "all", Filter(user=context.user.id, verdict=Verdict.UNDECIDED)


async def _card(context: Context, draft: str, data: ReviewRound) -> Outgoing:
    ids, at = data.images, data.at
    counts = await _counts(context, ids)
    tally = say("curate-counts", kept=counts.kept, rejected=counts.rejected, best=counts.best)
    undo = () if at == 0 else (button("button-undo", "card", draft, f"undo-{at}"),)
    if at >= len(ids):
        rows = ((button("button-zip", "zip", draft), *undo),)
        return Say(lines=(say("curate-done", count=len(ids)), tally), buttons=rows, tone="good", private=True)
    async with context.services.database.read() as tx:
        image = await images.get(tx, ids[at])
    line = say("curate-place", number=at + 1, total=len(ids), bar=_bar(at, len(ids)))
    if image is None or image.trashed_at is not None:
        rows = ((button("button-skip", "card", draft, f"skip-{at}"), *undo),)
        return Say(lines=(line, say("image-gone")), buttons=rows, private=True)
    return _shown(context, _Card(draft, at, (line, tally), undo), image)


@dataclass(frozen=True, slots=True)
class _Card:
    """The words and the undo button of the card at a position of a round."""

    draft: str
    at: int
    lines: tuple[Text, ...]
    undo: tuple[Button, ...]

    def button(self, verb: str) -> Button:
        return button(f"button-{verb}", "card", self.draft, f"{verb}-{self.at}")


def _shown(context: Context, card: _Card, image: Image) -> Show:
    model = context.services.drawing.model(image.model)
    picture = image_picture(image, say(model.label) if model and model.label else None)
    actions = {verb: card.button(verb).action for verb in ("keep", "reject", "best", "undo")}
    row = (*map(card.button, ("keep", "reject", "best", "skip")), *card.undo)
    return Show(
        lines=card.lines,
        pictures=(replace(picture, actions={**picture.actions, **actions}),),
        buttons=(row,),
        private=True,
    )


@dataclass(frozen=True, slots=True)
class _Counts:
    kept: int
    rejected: int
    best: int


async def _counts(context: Context, ids: Sequence[str]) -> _Counts:
    async with context.services.database.read() as tx:
        found = [image for id_ in ids if (image := await images.get(tx, id_)) and image.trashed_at is None]
    return _Counts(
        kept=sum(image.verdict == Verdict.KEPT for image in found),
        rejected=sum(image.verdict == Verdict.REJECTED for image in found),
        best=sum(image.best for image in found),
    )


def _bar(done: int, total: int) -> str:
    filled = round(BAR * done / total)
    return "▰" * filled + "▱" * (BAR - filled)
