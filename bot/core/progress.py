"""What a running generation looks like."""

from collections.abc import Sequence

from bot.core.actions import Action
from bot.core.messages import Button, Progress, Text, say
from storage.generations import Generation
from storage.images import Image

PROMPT_SHOWN = 300


def progress_of(
    generation: Generation, images: Sequence[Image], place: int | None, seconds: float | None = None
) -> Progress:
    """True progress: `place` images stand before it in the queue, `seconds` is what one usually takes."""
    finished = [image for image in images if image.finished]
    running = any(image.status != "queued" for image in images)
    lines: list[Text] = [say("progress-prompt", prompt=cut(generation.prompt))]
    if not running and place:
        lines.append(say("progress-queued", place=place))
    if seconds is not None:
        lines.append(say("progress-usual", seconds=max(1, round(seconds))))
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


def hidden(generation: Generation) -> bool:
    """Whether a generation was asked for in a group without the group seeing it."""
    return generation.private and generation.audience == "group"


def cut(prompt: str) -> str:
    """A prompt as messages show it; all of it stands in the recipe."""
    return prompt if len(prompt) <= PROMPT_SHOWN else prompt[: PROMPT_SHOWN - 1].rstrip() + "…"
