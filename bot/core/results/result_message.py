"""The result message: numbered pictures, their cost, and the buttons to curate them."""

from collections import Counter

from bot.core.chat.front_rules import FEW
from bot.core.chat.messages import Dollars, Outgoing, Say, Show, Text, say
from bot.core.media.pictures import image_picture
from bot.core.results.progress import cut, hidden
from bot.core.results.result_buttons import restore_rows, rows_of, ways_out
from bot.core.results.summary import ResultView, stand_in_lines
from bot.core.runtime.open_questions import cost
from bot.core.voting.lines import lines_of
from storage.tables.enums import UNFINISHED, Audience, Status

PAGE = 8
REACTIONS = ("✅", "❌", "⭐")


def result_of(finished: ResultView, page: int = 0) -> Outgoing:
    """Compose one page of a result: its pictures, or the reasons why there are none."""
    shown = [image for image in finished.images if image.visible]
    private = hidden(finished.generation)
    if not shown:
        reported = [image for image in finished.images if image.reported_at is not None]
        trashed = [image for image in finished.images if image.trashed_at is not None and image not in reported]
        failed = not (trashed or reported) and any(image.status != Status.CANCELLED for image in finished.images)
        gone = ((say("result-trashed"),) if trashed else ()) + ((say("result-reported"),) if reported else ())
        lines = _head(finished) + gone + _problems(finished)
        buttons = restore_rows(trashed) or (() if reported else ways_out(finished))
        return Say(lines=lines, buttons=buttons, tone="error" if failed else "info", private=private)
    pages = -(-len(shown) // PAGE)
    page = min(page, pages - 1)
    here = shown[page * PAGE : (page + 1) * PAGE]
    return Show(
        lines=_head(finished) + stand_in_lines(finished) + _problems(finished) + lines_of(finished.generation),
        pictures=tuple(image_picture(image, finished.label) for image in here),
        details=_details(finished),
        buttons=rows_of(finished, here, page=page, pages=pages),
        numbered_buttons=len(finished.images) > 1,
        reactions=REACTIONS if len(shown) <= FEW else (),
        private=private,
    )


def page_of(finished: ResultView, image_id: str) -> int:
    """The page on which an image stands."""
    shown = [image.id for image in finished.images if image.visible]
    return shown.index(image_id) // PAGE if image_id in shown else 0


def _head(finished: ResultView) -> tuple[Text, ...]:
    prompt = cut(finished.generation.prompt)
    if finished.persona:
        return (say("result-prompt-persona", prompt=prompt, persona=finished.persona),)
    return (say("result-prompt", prompt=prompt),)


def _problems(finished: ResultView) -> tuple[Text, ...]:
    """One line per kind of failure with the number of pictures; failures are not charged."""
    lines: list[Text] = []
    total = len(finished.images)
    kinds = Counter((image.status, image.problem) for image in finished.images if image.status != Status.DONE)
    for (status, problem), count in sorted(kinds.items(), key=str):
        if status == Status.CANCELLED:
            lines.append(_cancelled(finished, count))
        elif status not in UNFINISHED:
            facts = next(i.problem_facts or {} for i in finished.images if i.problem == problem)
            reason = say(f"problem-{problem or 'unavailable'}", **facts)
            lines.append(say("result-failed", count=count, total=total, reason=reason))
    return tuple(lines)


def _cancelled(finished: ResultView, count: int) -> Text:
    """What cancelled images cost: nothing, or at most what is still reserved for calls that had been sent."""
    total = len(finished.images)
    if finished.pending:
        return say("result-cancelled-open", count=count, total=total, most=Dollars(finished.pending))
    return say("result-cancelled", count=count, total=total)


def _details(finished: ResultView) -> tuple[Text, ...]:
    done = [image for image in finished.images if image.status == Status.DONE]
    seconds = max((image.seconds or 0 for image in done), default=0)
    lines = [
        say("detail-model", model=finished.model),
        cost(sum(image.cost or 0 for image in done)),
        say("detail-seconds", seconds=max(1, round(seconds))),
    ]
    if finished.generation.audience == Audience.GROUP:
        lines.append(say("detail-by", name=finished.requester))
    lines += [
        say("detail-tally", number=image.number, keeps=tally.keeps, rejects=tally.rejects)
        for image in done
        if (tally := finished.voices.tallies.get(image.id))
    ]
    lines += [
        say("detail-opinions", number=image.number, keeps=opinion.keeps, rejects=opinion.rejects)
        for image in done
        if (opinion := finished.voices.opinions.get(image.id))
    ]
    return tuple(lines)
