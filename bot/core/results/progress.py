"""The progress message of a running generation, as a pure function."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from bot.core.chat.action_ids import Action
from bot.core.chat.messages import Button, Progress, Text, say
from storage.tables.enums import Audience, Status
from storage.tables.generations import Generation
from storage.tables.images import Image

PROMPT_SHOWN = 300


@dataclass(frozen=True, slots=True)
class Outlook:
    """Expectations: images ahead in the queue, the usual seconds of one image, and the seconds until all
    are done."""

    place: int | None = None
    usual: float | None = None
    left: float | None = None
    percent: int | None = None
    """How far the pictures that are being made have come, where their provider tells."""


def progress_of(generation: Generation, images: Sequence[Image], outlook: Outlook) -> Progress:
    """Compose the progress message."""
    place = outlook.place
    finished = [image for image in images if image.finished]
    running = any(image.status != Status.QUEUED for image in images)
    lines: list[Text] = [say("progress-prompt", prompt=cut(generation.prompt))]
    if not running and place:
        lines.append(say("progress-queued", place=place))
        lines += _wait(outlook.left)
    if outlook.percent is not None:
        lines.append(say("progress-percent", percent=outlook.percent))
    elif outlook.usual is not None:
        lines.append(say("progress-usual", seconds=max(1, round(outlook.usual))))
    cancel = Button(label=say("button-cancel"), action=str(Action("cancel", generation.id)), style="danger")
    return Progress(
        lines=tuple(lines),
        state="running" if running else "queued",
        done=len(finished),
        total=len(images),
        place=None if running else place,
        since=generation.created_at / 1000,
        buttons=((cancel,),),
        private=hidden(generation),
    )


def _wait(seconds: float | None) -> list[Text]:
    """The estimate rounded to ten seconds, then to minutes: it is no more precise, and edits become fewer."""
    if seconds is None:
        return []
    if seconds < 90:
        return [say("progress-left-seconds", seconds=max(10, 10 * math.ceil(seconds / 10)))]
    return [say("progress-left-minutes", minutes=math.ceil(seconds / 60))]


def hidden(generation: Generation) -> bool:
    """Whether a generation was requested privately in a group."""
    return generation.private and generation.audience == Audience.GROUP


def cut(prompt: str) -> str:
    """The prompt shortened for messages; the recipe has all of it."""
    return prompt if len(prompt) <= PROMPT_SHOWN else prompt[: PROMPT_SHOWN - 1].rstrip() + "…"
