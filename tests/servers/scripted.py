"""The shipped fake as a stage: no server, since it is a provider of its own; a scene is a directive in its prompt."""

from collections import deque
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace

from providers.contract import errors
from providers.contract.provider import Health, Provider, Request, Result, Ticket
from providers.scripted import Scripted

SCENES: Mapping[str, tuple[str, type[errors.ProviderError]]] = {
    "refused_prompt": ("[refuse]", errors.Refused),
    "refused_photo": ("[refuse photo 1]", errors.Refused),
    "refused_result": ("[refuse result] [cost 40000]", errors.Refused),
    "no_image": ("[text] [cost 40000]", errors.NoImage),
    "rate_limited": ("[fail rate_limited]", errors.RateLimited),
    "out_of_credit": ("[fail out_of_credit]", errors.OutOfCredit),
    "bad_key": ("[fail misconfigured]", errors.Misconfigured),
    "gone": ("[fail gone]", errors.Gone),
    "bad_input": ("[fail bad_input]", errors.BadInput),
    "unavailable": ("[fail unavailable]", errors.Unavailable),
    "interrupted": ("[fail unavailable] [cost 40000]", errors.Unavailable),
    "cut_after": ("[fail unknown_outcome]", errors.UnknownOutcome),
}
PAID = {"refused_result", "no_image", "interrupted", "cut_after"}


class Directed:
    """The fake, told by the stage what becomes of the next calls."""

    def __init__(self) -> None:
        self.fake = Scripted()
        self.playing: deque[str] = deque()
        self.sold: list[str] = []

    async def submit(self, request: Request, key: str) -> Ticket:
        scene = self.playing.popleft() if self.playing else ""
        directive = SCENES[scene][0] if scene else ""
        ticket = await self.fake.submit(replace(request, prompt=f"{request.prompt} {directive}"), key)
        if not scene or scene in PAID:
            self.sold.append(key)
        return ticket

    async def collect(self, ticket: Ticket) -> Result:
        return await self.fake.collect(ticket)

    async def cancel(self, ticket: Ticket) -> None:
        await self.fake.cancel(ticket)

    async def find(self, request: Request, key: str, known: Collection[str]) -> Ticket | None:
        return await self.fake.find(request, key, known)

    async def check(self) -> Health:
        return await self.fake.check()

    async def aclose(self) -> None:
        await self.fake.aclose()


class ScriptedStage:
    """The directed fake and its journal."""

    def __init__(self) -> None:
        self.provider = Directed()
        self.request = Request("free", "a red fox [size 64x48]", seed=7)
        self.secrets: Sequence[str] = ()
        self.scenes = {name: error for name, (_, error) in SCENES.items()}

    def opened(self) -> Provider:
        return self.provider

    def play(self, *scenes: str) -> None:
        self.provider.playing.extend(scenes)

    @property
    def posts(self) -> int:
        return len(self.provider.fake.journal)

    @property
    def sold(self) -> Sequence[str]:
        return self.provider.sold


@asynccontextmanager
async def staged() -> AsyncIterator[ScriptedStage]:
    stage = ScriptedStage()
    yield stage
    await stage.provider.aclose()
