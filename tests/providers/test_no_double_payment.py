"""One image is paid for once, in whatever order its calls fail and the process dies.

The rule: an attempt buys at most one picture, through every death of the process; and of an image's attempts another
one buys only if the provider said of each that bought before that it is over without a picture, by NoImage or by an
Unavailable with a cost. In particular nothing is bought after an UnknownOutcome or after a final error.
"""

import asyncio
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field, replace
from itertools import product

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.core.runtime.retry_policy import RetryPolicy
from providers.contract.errors import NoImage, ProviderError, Unavailable
from providers.contract.provider import Request, Result, Ticket
from storage.db.ids import new_id
from tests.harness.stages import STAGES, staged
from tests.servers.stage import Stage

SUCCESS = "success"
SLOW = {"timeout"}
"""Scenes that wait; an answer that is cut off ends in the same error at once."""
LONGEST = 8
EXAMPLES = 40
"""Stories that are made up, after those in which one call of each kind fails."""


@dataclass(frozen=True)
class Turn:
    """What the next call meets, and whether the process dies before it has noted what came of it."""

    scene: str
    dies: bool


@dataclass
class Call:
    """One attempt as the core knows it: how it ended (None: in a picture), and how many calls it sold."""

    error: ProviderError | None = None
    sold: int = 0

    @property
    def is_over(self) -> bool:
        """Whether the provider said that what it sold is over without a picture."""
        return isinstance(self.error, NoImage) or (isinstance(self.error, Unavailable) and self.error.cost != 0)


@dataclass
class Image:
    """An image made by the rules of bot/core/generation/painter.py, without its tables."""

    stage: Stage
    request: Request
    turns: list[Turn]
    calls: list[Call] = field(default_factory=list)
    known: set[str] = field(default_factory=set)
    """The provider's ids that were written down."""

    async def make(self) -> None:
        pause: float | None = 0.0
        while pause is not None:
            sold = len(self.stage.sold)
            error = await self.attempted(new_id())
            self.calls.append(Call(error, len(self.stage.sold) - sold))
            pause = RetryPolicy().pause(error, len(self.calls), lambda: 0.5) if error else None

    async def attempted(self, key: str) -> ProviderError | None:
        """One attempt, with as many deaths of the process on the way as its turns say."""
        try:
            ticket = await self.submitted(key)
            while ticket is None:
                found = await self.stage.provider.find(self.request, key, self.known)
                ticket = found or await self.submitted(key)
            await self.collected(ticket)
        except ProviderError as exc:
            return exc
        return None

    async def submitted(self, key: str) -> Ticket | None:
        """The ticket of a call that is made now, or None when nobody lived to see what came of it."""
        turn = self.turns.pop(0) if self.turns else Turn(SUCCESS, False)
        if turn.scene != SUCCESS:
            self.stage.play(turn.scene)
        try:
            ticket = await self.stage.provider.submit(self.request, key)
        except ProviderError:
            if turn.dies:
                return None
            raise
        return None if turn.dies else ticket

    async def collected(self, ticket: Ticket) -> Result:
        if ticket.result:
            return ticket.result
        assert ticket.external_id
        self.known.add(ticket.external_id)
        return await self.stage.provider.collect(Ticket(ticket.external_id, model=ticket.model))


async def made(stage: Stage, turns: Sequence[Turn]) -> list[Call]:
    """The calls of a new image whose calls meet these turns, and no failure after them."""
    request = replace(stage.request, prompt=f"{stage.request.prompt}, {new_id()}")
    image = Image(stage, request, list(turns))
    await image.make()
    return image.calls


@pytest.mark.parametrize("name", STAGES)
def test_an_image_is_paid_for_once_however_its_calls_end(name: str) -> None:
    with asyncio.Runner() as runner:
        stack = AsyncExitStack()
        stage = runner.run(stack.enter_async_context(staged(name)))
        scenes = [SUCCESS, *(scene for scene in stage.scenes if scene not in SLOW)]
        turns = st.lists(st.builds(Turn, st.sampled_from(scenes), st.booleans()), max_size=LONGEST)

        @settings(max_examples=EXAMPLES, deadline=None, database=None)
        @given(turns)
        def holds(turns: list[Turn]) -> None:
            calls = runner.run(made(stage, turns))
            assert all(call.sold <= 1 for call in calls), calls
            bought = [call for call in calls if call.sold]
            assert all(call.is_over for call in bought[:-1]), calls

        for turn in product(scenes, (False, True)):
            holds = example([Turn(*turn)])(holds)
        try:
            holds()
        finally:
            runner.run(stack.aclose())
