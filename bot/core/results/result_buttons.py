"""The buttons under a result."""

from collections.abc import Sequence

from bot.core.chat.action_ids import Action
from bot.core.chat.front_rules import FEW
from bot.core.chat.messages import Button, Rows, say
from bot.core.results.progress import hidden
from bot.core.results.summary import ResultView
from bot.core.runtime.open_questions import button, cost
from storage.tables.enums import RETRYABLE, Verdict, VoteState
from storage.tables.images import Image


def rows_of(finished: ResultView, here: Sequence[Image], *, page: int, pages: int) -> Rows:
    """The buttons under page `page` (from 0) of `pages`, which shows the images `here`."""
    if len(finished.images) == 1:
        single = (_marks(here[0]), _actions(finished, here[0]), _vote(finished), _share(finished))
        return tuple(row for row in single if row)
    id_ = finished.generation.id
    toggles = tuple(
        Button(
            label=say("button-number", number=image.number, best="yes" if image.best else "no"),
            action=str(Action("toggle", image.id)),
            pressed=image.verdict == Verdict.KEPT,
        )
        for image in here
    )
    rest: tuple[Button, ...] = (
        button("button-keep-all", "keepall", id_),
        button("button-reject-rest", "rejectrest", id_),
    )
    if len(finished.images) > FEW:
        rest += (button("button-curate", "curate", id_),)
    undo = () if not any(i.verdict != Verdict.UNDECIDED for i in here) else (button("button-undo-all", "undoall", id_),)
    rows = (
        toggles,
        rest + undo,
        _actions_of_several(finished, here),
        _answer(finished) + _retry(finished),
        _vote(finished),
        _share(finished),
        _turns(id_, page, pages),
    )
    return tuple(row for row in rows if row)


def _turns(id_: str, page: int, pages: int) -> tuple[Button, ...]:
    if pages < 2:
        return ()
    return (
        button("button-previous", "page", id_, str((page - 1) % pages)),
        button("button-next", "page", id_, str((page + 1) % pages), page=page + 1, pages=pages),
    )


def _marks(image: Image) -> tuple[Button, ...]:
    marks = {"keep": image.verdict == Verdict.KEPT, "reject": image.verdict == Verdict.REJECTED, "best": image.best}
    row = [
        Button(label=say(f"button-{verb}"), action=str(Action(verb, image.id)), pressed=pressed)
        for verb, pressed in marks.items()
    ]
    return (*row, button("button-undo", "undo", image.id)) if any(marks.values()) else tuple(row)


def _actions(finished: ResultView, image: Image) -> tuple[Button, ...]:
    price = cost(finished.price)
    row = (
        button("button-again", "again", finished.generation.id, price=price),
        button("button-vary", "vary", image.id, price=price),
        button("button-edit", "edit", image.id),
        button("button-recipe", "recipe", image.id),
        button("button-original", "original", image.id),
        button("button-trash", "trash", image.id),
        button("button-report", "report", image.id),
    )
    return row + _parent(finished)


def _actions_of_several(finished: ResultView, here: Sequence[Image]) -> tuple[Button, ...]:
    id_, price = finished.generation.id, finished.price
    row = (
        button("button-again", "again", id_, price=cost(price * finished.generation.count)),
        button("button-vary", "which", id_, "vary", price=cost(price)),
        button("button-edit", "which", id_, "edit"),
        button("button-recipe", "recipe", here[0].id),
        button("button-original", "which", id_, "original"),
        button("button-report", "which", id_, "report"),
    )
    return row + _parent(finished)


def _parent(finished: ResultView) -> tuple[Button, ...]:
    parent = finished.generation.parent_image
    return (button("button-parent", "parent", parent),) if parent else ()


def _vote(finished: ResultView) -> tuple[Button, ...]:
    """In a team: the button that starts a vote, or the one that closes it."""
    generation = finished.generation
    if generation.private or not finished.voices.tallies:
        return ()
    if generation.vote == VoteState.OPEN:
        return (button("button-end-vote", "endvote", generation.id),)
    return (button("button-vote", "vote", generation.id),) if generation.vote is None else ()


def _share(finished: ResultView) -> tuple[Button, ...]:
    """The button that shares a private result with its place."""
    return (button("button-share", "share", finished.generation.id),) if hidden(finished.generation) else ()


def _retry(finished: ResultView) -> tuple[Button, ...]:
    failed = sum(image.status in RETRYABLE for image in finished.images)
    if not failed:
        return ()
    price = cost(failed * finished.generation.price)
    return (button("button-retry", "retry", finished.generation.id, count=failed, price=price),)


def _answer(finished: ResultView) -> tuple[Button, ...]:
    """A way to answer the model where it asked something instead of drawing."""
    asked = any(image.problem == "model_asks" and image.status in RETRYABLE for image in finished.images)
    return (button("button-answer", "answer", finished.generation.id),) if asked else ()


def ways_out(finished: ResultView) -> Rows:
    """The buttons after a failure: retry, other words, another model, each with its price."""
    generation = finished.generation
    retry = _retry(finished)
    if not retry:
        return ()
    others = tuple(
        button("button-other", "other", generation.id, one.tag, name=one.name, price=cost(one.price * generation.count))
        for one in finished.others
    )
    rows = ((*_answer(finished), *retry, button("button-reword", "reword", generation.id)), others)
    return tuple(row for row in rows if row)


def restore_rows(trashed: Sequence[Image]) -> Rows:
    buttons = tuple(button("button-restore", "restore", image.id, number=image.number) for image in trashed[:8])
    return (buttons,) if buttons else ()
