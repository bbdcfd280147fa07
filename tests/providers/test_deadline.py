"""The deadline: no call outlasts its model's, and what was given up is stopped."""

import asyncio
from collections.abc import Collection
from dataclasses import replace
from decimal import Decimal
from typing import NoReturn

import pytest

from providers.contract.errors import ProviderError, Refused, Unavailable, UnknownOutcome
from providers.contract.model import Capabilities, Model
from providers.contract.provider import Health, Request, Result, Ticket
from providers.scripted import Scripted
from providers.shared.deadline import WithDeadline

SOON = 0.01
"""Seconds of a deadline that passes."""
LATE = 60.0
"""Seconds of one that does not."""


class Silent:
    """A provider that answers nothing, and notes what it was asked to stop."""

    def __init__(self) -> None:
        self.stopped: list[Ticket] = []
        self.given_up = 0

    async def submit(self, request: Request, key: str) -> Ticket:
        return await self._never()

    async def collect(self, ticket: Ticket) -> Result:
        return await self._never()

    async def cancel(self, ticket: Ticket) -> None:
        self.stopped.append(ticket)
        await self._never()

    async def find(self, request: Request, key: str, known: Collection[str]) -> Ticket | None:
        return await self._never()

    async def check(self) -> Health:
        return await self._never()

    async def aclose(self) -> None:
        return None

    async def _never(self) -> NoReturn:
        try:
            await asyncio.Event().wait()
        finally:
            self.given_up += 1
        raise AssertionError("it was never set")


class Stubborn(Silent):
    """One that cannot be stopped and says so."""

    async def cancel(self, ticket: Ticket) -> None:
        raise Unavailable("it cannot be asked")


def model(seconds: float) -> Model:
    capabilities = Capabilities(max_references=0, deadline=seconds)
    return Model("free", "scripted", "Free fake", capabilities, {"*": Decimal(0)}, "2026-11-20")


def timed(inner: Silent | Scripted, seconds: float = SOON) -> WithDeadline:
    return WithDeadline(inner, {"free": model(seconds)}, brief=SOON)


REQUEST = Request("free", "a fox [size 8x8]")
TICKET = Ticket("call-1", model="free")


async def test_a_call_that_is_not_answered_has_an_unknown_outcome() -> None:
    with pytest.raises(UnknownOutcome) as caught:
        await timed(inner := Silent()).submit(REQUEST, "one")
    assert caught.value.cost is None
    assert inner.given_up == 1


async def test_a_picture_that_does_not_come_is_given_up_and_its_call_stopped() -> None:
    with pytest.raises(UnknownOutcome) as caught:
        await timed(inner := Silent()).collect(TICKET)
    assert caught.value.cost is None
    assert inner.stopped == [TICKET]


async def test_a_call_that_cannot_be_stopped_either_keeps_its_unknown_outcome() -> None:
    with pytest.raises(UnknownOutcome):
        await timed(Stubborn()).collect(TICKET)


async def test_a_lost_call_that_cannot_be_looked_for_in_time_stays_unknown() -> None:
    with pytest.raises(UnknownOutcome):
        await timed(Silent()).find(REQUEST, "one", ())


async def test_stopping_ends_in_time_and_silently() -> None:
    await timed(inner := Silent()).cancel(TICKET)
    assert inner.given_up == 1


async def test_the_check_of_the_key_ends_in_time() -> None:
    with pytest.raises(Unavailable):
        await timed(Silent()).check()


@pytest.mark.parametrize("other", ["lite", ""])
async def test_a_deadline_is_its_models_own(other: str) -> None:
    slow = replace(REQUEST, model=other, prompt="[delay 0.05] [size 8x8] a fox")
    provider = timed(Scripted())
    assert (await provider.collect(await provider.submit(slow, "one"))).data
    with pytest.raises(UnknownOutcome):
        await provider.collect(await provider.submit(replace(slow, model="free"), "two"))


async def test_what_comes_in_time_is_handed_on_as_it_is() -> None:
    provider = timed(fake := Scripted(), LATE)
    ticket = await provider.submit(REQUEST, "one")
    assert ticket == await provider.find(REQUEST, "one", ())
    assert (await provider.collect(ticket)).data == (await fake.collect(ticket)).data
    assert not (await provider.check()).faults
    with pytest.raises(Refused):
        await provider.collect(await provider.submit(replace(REQUEST, prompt="[refuse]"), "two"))
    await provider.aclose()


async def test_a_person_who_stops_waiting_is_no_deadline() -> None:
    waiting = asyncio.create_task(timed(inner := Silent(), LATE).collect(TICKET))
    await asyncio.sleep(0)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert (inner.given_up, inner.stopped) == (1, [])


async def test_every_method_raises_only_our_own_errors() -> None:
    provider = timed(Silent())
    for work in (provider.submit(REQUEST, "one"), provider.collect(TICKET), provider.find(REQUEST, "one", ())):
        with pytest.raises(ProviderError):
            await work
