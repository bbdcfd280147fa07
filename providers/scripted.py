"""The shipped fake: draws coloured cards, and fails, refuses or waits as words in the prompt tell it to.

Directives stand in square brackets, each optionally for one picture of several ("at 2"):
[delay 0.2] seconds before the answer · [hold] until `release()` · [size 640x480] · [cost 40000] microdollars ·
[fail unavailable] any code of providers.errors · [refuse photo 2] · [text] an answer without a picture
"""

import asyncio
import re
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from providers import errors
from providers.base import Request, Result, Ticket

_DIRECTIVE = re.compile(r"\[(\w+)((?: [\w.]+)*?)(?: at (\d+))?\]")
_ERRORS: dict[str, type[errors.ProviderError]] = {
    kind.code: kind
    for kind in (
        errors.NoImage, errors.BadInput, errors.RateLimited, errors.OutOfCredit, errors.Misconfigured, errors.Gone,
        errors.Unavailable, errors.UnknownOutcome,
    )
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Call:
    """One paid call as the fake's journal keeps it."""

    key: str
    request: Request


class Scripted:
    """A provider that does what the prompt says; `journal` lists every paid call."""

    def __init__(self) -> None:
        self.journal: list[Call] = []
        self.cancelled: list[str] = []
        self._released = asyncio.Event()

    async def submit(self, request: Request, key: str) -> Ticket:
        self.journal.append(Call(key, request))
        return Ticket(external_id=key)

    async def collect(self, ticket: Ticket) -> Result:
        call = next(call for call in self.journal if call.key == ticket.external_id)
        script = directives(call.request)
        if "delay" in script:
            await asyncio.sleep(float(script["delay"][0]))
        if "hold" in script:
            await self._released.wait()
        if "refuse" in script:
            raise _refusal(script["refuse"])
        if "fail" in script:
            raise _ERRORS[script["fail"][0]]("the script says so")
        if "text" in script:
            raise errors.NoImage("the script answers with words")
        data = await asyncio.to_thread(card, call.request, script.get("size", ["512x640"])[0])
        cost = int(script["cost"][0]) if "cost" in script else None
        return Result(data, cost=cost, seed=call.request.seed)

    async def cancel(self, ticket: Ticket) -> None:
        self.cancelled.append(ticket.external_id or "")
        self._released.set()

    async def find(self, key: str) -> Ticket | None:
        return Ticket(key) if any(call.key == key for call in self.journal) else None

    def release(self) -> None:
        """Let every call that holds go on."""
        self._released.set()

    async def aclose(self) -> None:
        self._released.set()


def build() -> Scripted:
    return Scripted()


def directives(request: Request) -> dict[str, list[str]]:
    """The directives of a prompt that concern this picture of it."""
    return {
        name: words.split()
        for name, words, only in _DIRECTIVE.findall(request.prompt)
        if not only or int(only) == request.index + 1
    }


def card(request: Request, size: str) -> bytes:
    """A PNG with the picture's number on a ground of its own colour."""
    width, height = (int(part) for part in size.split("x"))
    hue = (47 * (request.index + 1) + (request.seed or 0)) % 360
    image = Image.new("RGB", (width, height), f"hsl({hue}, 60%, 45%)")
    draw = ImageDraw.Draw(image)
    font = ImageFont.load_default(size=height // 3)
    draw.text((width / 2, height / 2), str(request.index + 1), anchor="mm", fill="white", font=font)
    buffer = BytesIO()
    image.save(buffer, "PNG")
    return buffer.getvalue()


def _refusal(words: list[str]) -> errors.Refused:
    reference = int(words[1]) if len(words) > 1 else None
    match words[:1]:
        case ["photo"]:
            return errors.Refused("scripted", what="photo", why="the script says so", reference=reference)
        case ["result"]:
            return errors.Refused("scripted", what="result", why="the script says so")
        case _:
            return errors.Refused("scripted", what="prompt", why="the script says so")
