"""What a finished generation looks like: numbered pictures, what they cost, and the buttons to curate them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.core.actions import Action
from bot.core.ask import button, cost
from bot.core.context import Parts
from bot.core.curation import Outcome
from bot.core.messages import Button, Outgoing, Rows, Say, Show, Text, say
from bot.core.pictures import image_picture
from bot.core.progress import cut, hidden
from bot.core.voting import tallies
from storage import generations, images, people, personas
from storage.generations import Generation
from storage.images import Image

PAGE = 8
REACTIONS = ("✅", "❌", "⭐")
FEW = 2
"""Up to so many pictures get reactions that wait for a tap; more get buttons alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """All that a result message tells; `tallies` are those of a team vote by image id."""

    generation: Generation
    images: Sequence[Image]
    requester: str
    persona: str | None
    model: str
    label: Text | None
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
        tallies=polls,
    )


def result_of(finished: Finished, page: int = 0) -> Outgoing:
    """One page of a result: its pictures, or in words why there are none."""
    shown = [image for image in finished.images if image.status == "done" and image.trashed_at is None]
    private = hidden(finished.generation)
    if not shown:
        trashed = [image for image in finished.images if image.trashed_at is not None]
        failed = not trashed and any(image.status != "cancelled" for image in finished.images)
        lines = _head(finished) + ((say("result-trashed"),) if trashed else ()) + _problems(finished)
        return Say(lines=lines, buttons=_restore(trashed), tone="error" if failed else "info", private=private)
    pages = -(-len(shown) // PAGE)
    page = min(page, pages - 1)
    here = shown[page * PAGE : (page + 1) * PAGE]
    return Show(
        lines=_head(finished) + _problems(finished),
        pictures=tuple(image_picture(image, finished.label) for image in here),
        details=_details(finished),
        buttons=_buttons(finished, here, (page, pages)),
        reactions=REACTIONS if len(shown) <= FEW else (),
        sheet=f"s:{finished.generation.id}" if len(shown) > 1 else None,
        private=private,
    )


def page_of(finished: Finished, image_id: str) -> int:
    """The page on which an image stands."""
    shown = [image.id for image in finished.images if image.status == "done" and image.trashed_at is None]
    return shown.index(image_id) // PAGE if image_id in shown else 0


def _head(finished: Finished) -> tuple[Text, ...]:
    prompt = cut(finished.generation.prompt)
    if finished.persona:
        return (say("result-prompt-persona", prompt=prompt, persona=finished.persona),)
    return (say("result-prompt", prompt=prompt),)


def _problems(finished: Finished) -> tuple[Text, ...]:
    """Each kind of failure once, with how many pictures it took; nothing of it was charged."""
    lines: list[Text] = []
    total = len(finished.images)
    kinds = Counter((image.status, image.problem) for image in finished.images if image.status != "done")
    for (status, problem), count in sorted(kinds.items(), key=str):
        if status == "cancelled":
            lines.append(say("result-cancelled", count=count, total=total))
        elif status not in images.UNFINISHED:
            facts = next(i.problem_facts or {} for i in finished.images if i.problem == problem)
            reason = say(f"problem-{problem or 'unavailable'}", **facts)
            lines.append(say("result-failed", count=count, total=total, reason=reason))
    return tuple(lines)


def _details(finished: Finished) -> tuple[Text, ...]:
    done = [image for image in finished.images if image.status == "done"]
    seconds = max((image.seconds or 0 for image in done), default=0)
    lines = [
        say("detail-model", model=finished.model),
        cost(sum(image.cost or 0 for image in done)),
        say("detail-by", name=finished.requester),
        say("detail-seconds", seconds=max(1, round(seconds))),
    ]
    lines += [
        say("detail-tally", number=image.number, keeps=tally.keeps, rejects=tally.rejects)
        for image in done
        if (tally := finished.tallies.get(image.id))
    ]
    return tuple(lines)


def _buttons(finished: Finished, here: Sequence[Image], pages: tuple[int, int]) -> Rows:
    if len(finished.images) == 1:
        return (_single(here[0]),)
    id_ = finished.generation.id
    toggles = tuple(
        Button(
            label=say("button-number", number=image.number, best="yes" if image.best else "no"),
            action=str(Action("toggle", image.id)),
            pressed=image.verdict == "kept",
        )
        for image in here
    )
    rest = (button("button-keep-all", "keepall", id_), button("button-reject-rest", "rejectrest", id_))
    page, count = pages
    turn: tuple[Button, ...] = ()
    if count > 1:
        turn = (
            button("button-previous", "page", id_, str((page - 1) % count)),
            button("button-next", "page", id_, str((page + 1) % count), page=page + 1, pages=count),
        )
    undo = () if not any(i.verdict != "undecided" for i in here) else (button("button-undo-all", "undoall", id_),)
    return tuple(row for row in (toggles, rest + undo, turn) if row)


def _single(image: Image) -> tuple[Button, ...]:
    marks = {"keep": image.verdict == "kept", "reject": image.verdict == "rejected", "best": image.best}
    row = [
        Button(label=say(f"button-{verb}"), action=str(Action(verb, image.id)), pressed=pressed)
        for verb, pressed in marks.items()
    ]
    if any(marks.values()):
        row.append(button("button-undo", "undo", image.id))
    return (*row, button("button-trash", "trash", image.id))


def _restore(trashed: Sequence[Image]) -> Rows:
    buttons = tuple(button("button-restore", "restore", image.id, number=image.number) for image in trashed[:PAGE])
    return (buttons,) if buttons else ()
