"""The shipped fake: draws coloured cards, and fails, refuses or waits as words in the prompt tell it to.

Directives stand in square brackets, each optionally for one picture of several ("at 2"):
[delay 0.2] seconds before the answer · [hold] until `release()` · [unstoppable] a cancel changes nothing ·
[size 640x480] · [text] an answer without a picture · [ask left or right] words in its place ·
[fail unavailable] any code of providers.errors, [fail unavailable 2] the first two calls of a picture alone ·
[refuse photo 2] · [cost 40000] microdollars, of failures too · [tokens 500] that a picture took
"""

import asyncio
import json
import math
import re
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont
from PIL.PngImagePlugin import PngInfo

from providers.contract import errors
from providers.contract.provider import Health, Request, Result, Setup, Ticket

_DIRECTIVE = re.compile(r"\[(\w+)((?: [\w.]+)*?)(?: at (\d+))?\]")
_SIZE = re.compile(r"[1-9]\d{0,3}x[1-9]\d{0,3}")
_ERRORS = {kind.code: kind for kind in errors.ProviderError.__subclasses__()}
_SAYS_SO = "the script says so"


@dataclass(frozen=True, slots=True)
class Call:
    """One paid call as the fake's journal keeps it."""

    key: str
    request: Request


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """What the directives of a prompt say: seconds, "640x480", microdollars, and how the call fails."""

    delay: float
    holds: bool
    stoppable: bool
    size: str
    cost: int | None
    tokens: int | None
    failure: errors.ProviderError | None
    times: float
    """How many calls of a picture fail."""


class Scripted:
    """A provider that does what the prompt says; `journal` lists every paid call."""

    def __init__(self) -> None:
        self.journal: list[Call] = []
        self.cancelled: list[str] = []
        self._calls: Counter[tuple[str, int]] = Counter()
        self._holding: set[str] = set()
        self._gate = asyncio.Condition()

    async def submit(self, request: Request, key: str) -> Ticket:
        script_of(request)  # raises BadInput for nonsense
        self.journal.append(Call(key, request))
        self._calls[request.prompt, request.index] += 1
        return Ticket(external_id=key, model=request.model)

    async def collect(self, ticket: Ticket) -> Result:
        request = self._request(ticket)
        if request is None:
            raise errors.UnknownOutcome("the journal has no such call")
        script = script_of(request)
        await asyncio.sleep(script.delay)
        if script.holds:
            await self._hold(ticket.external_id or "")
        if script.failure and self._calls[request.prompt, request.index] <= script.times:
            raise script.failure
        data = await asyncio.to_thread(card, request, script.size)
        return Result(data, cost=script.cost, seed=request.seed, tokens=script.tokens)

    async def cancel(self, ticket: Ticket) -> None:
        request = self._request(ticket)
        if request and not script_of(request).stoppable:
            return
        async with self._gate:
            self.cancelled.append(ticket.external_id or "")
            self._holding.discard(ticket.external_id or "")
            self._gate.notify_all()

    async def find(self, request: Request, key: str, known: Collection[str]) -> Ticket | None:
        return Ticket(key, model=request.model) if any(call.key == key for call in self.journal) else None

    async def check(self) -> Health:
        return Health("it needs nothing")

    async def release(self, count: int = 1) -> None:
        """Wait until `count` calls hold, then let all that hold go on."""
        async with self._gate:
            await self._gate.wait_for(lambda: len(self._holding) >= count)
            self._holding.clear()
            self._gate.notify_all()

    async def aclose(self) -> None:
        await self.release(0)

    def _request(self, ticket: Ticket) -> Request | None:
        return next((call.request for call in self.journal if call.key == ticket.external_id), None)

    async def _hold(self, key: str) -> None:
        async with self._gate:
            if key not in self.cancelled:
                self._holding.add(key)
                self._gate.notify_all()
            await self._gate.wait_for(lambda: key not in self._holding)
        if key in self.cancelled:
            raise errors.Unavailable("cancelled")


def build(setup: Setup) -> Scripted:
    """The shipped fake; it needs no setting."""
    return Scripted()


def directives(request: Request) -> dict[str, list[str]]:
    """The directives of a prompt that concern this picture of it."""
    return {
        name: words.split()
        for name, words, only in _DIRECTIVE.findall(request.prompt)
        if not only or int(only) == request.index + 1
    }


def script_of(request: Request) -> Script:
    """The script of one picture; raises BadInput for a directive nobody understands."""
    found = directives(request)
    try:
        size = found.get("size", ["512x640"])[0]
        if not _SIZE.fullmatch(size):
            raise ValueError(f"{size} is no size")
        return Script(
            delay=float(found["delay"][0]) if "delay" in found else 0.0,
            holds="hold" in found,
            stoppable="unstoppable" not in found,
            size=size,
            cost=int(found["cost"][0]) if "cost" in found else None,
            tokens=int(found["tokens"][0]) if "tokens" in found else None,
            failure=_failure(found),
            times=float(found["fail"][1]) if len(found.get("fail", ())) > 1 else math.inf,
        )
    except (KeyError, ValueError, IndexError) as exc:
        raise errors.BadInput(f"the script makes no sense: {exc}", problem="prompt") from exc


def card(request: Request, size: str) -> bytes:
    """A PNG with the picture's number on a ground of its own colour, and its prompt as a text, as ComfyUI's have it."""
    width, height = (int(part) for part in size.split("x"))
    hue = (47 * (request.index + 1) + (request.seed or 0)) % 360
    image = Image.new("RGB", (width, height), f"hsl({hue}, 60%, 45%)")
    draw = ImageDraw.Draw(image)
    font = ImageFont.load_default(size=max(1, height // 3))
    draw.text((width / 2, height / 2), str(request.index + 1), anchor="mm", fill="white", font=font)
    buffer = BytesIO()
    texts = PngInfo()
    texts.add_text("prompt", json.dumps({"1": {"class_type": "Scripted", "inputs": {"text": request.prompt}}}))
    image.save(buffer, "PNG", pnginfo=texts)
    return buffer.getvalue()


def _failure(found: dict[str, list[str]]) -> errors.ProviderError | None:
    failure: errors.ProviderError
    if "refuse" in found:
        failure = _refusal(found["refuse"])
    elif "fail" in found:
        failure = _ERRORS[found["fail"][0]](_SAYS_SO)
    elif "ask" in found:
        failure = errors.ModelAsks(f"{' '.join(found['ask'])}?")
    elif "text" in found:
        failure = errors.NoImage(_SAYS_SO)
    else:
        return None
    if "cost" in found:
        failure.cost = int(found["cost"][0])
    return failure


def _refusal(words: list[str]) -> errors.Refused:
    match words:
        case ["photo"]:
            return errors.Refused("scripted", what="photo", why=_SAYS_SO)
        case ["photo", number]:
            return errors.Refused("scripted", what="photo", why=_SAYS_SO, reference=int(number))
        case ["result"]:
            return errors.Refused("scripted", what="result", why=_SAYS_SO)
        case _:
            return errors.Refused("scripted", what="prompt", why=_SAYS_SO)
