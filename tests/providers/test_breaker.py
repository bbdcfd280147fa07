"""The breaker: a model that is down rests, one call tries it again, and our own doing is not held against it."""

import asyncio
from uuid import uuid4

import pytest

from providers.contract.errors import ProviderError, Unavailable
from providers.contract.provider import Reference, Request, Ticket
from providers.scripted import Scripted
from providers.shared.circuit_breaker import FAILURES, REST, CircuitBreaker


class Clock:
    """Seconds that pass when the test says so."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def fake() -> Scripted:
    return Scripted()


@pytest.fixture
def guarded(fake: Scripted, clock: Clock) -> CircuitBreaker:
    return CircuitBreaker(fake, clock)


async def end(guarded: CircuitBreaker, prompt: str = "a fox", model: str = "free") -> ProviderError | None:
    """How a call with this prompt ends; None for a picture."""
    try:
        ticket = await guarded.submit(Request(model, f"{prompt} [size 8x8]"), uuid4().hex)
        await guarded.collect(ticket)
    except ProviderError as exc:
        return exc
    return None


async def fail(guarded: CircuitBreaker, times: int = FAILURES, code: str = "unavailable", model: str = "free") -> None:
    for number in range(times):
        await end(guarded, f"[fail {code}] {number}", model)


async def test_a_model_that_fails_several_times_in_a_row_is_left_alone(
    guarded: CircuitBreaker, fake: Scripted, clock: Clock
) -> None:
    await fail(guarded)
    sent = len(fake.journal)
    clock.now += 10
    resting = await end(guarded)
    assert isinstance(resting, Unavailable)
    assert (resting.retry_after, resting.cost) == (REST - 10, 0)
    assert len(fake.journal) == sent


async def test_failures_with_a_picture_between_them_are_not_in_a_row(guarded: CircuitBreaker) -> None:
    await fail(guarded, FAILURES - 1)
    assert await end(guarded) is None
    await fail(guarded, FAILURES - 1)
    assert await end(guarded) is None


@pytest.mark.parametrize("code", ["refused", "no_image", "rate_limited", "out_of_credit", "misconfigured", "gone"])
async def test_an_answer_of_any_kind_shows_that_the_model_is_there(guarded: CircuitBreaker, code: str) -> None:
    await fail(guarded, FAILURES - 1)
    await fail(guarded, 1, code)
    await fail(guarded, FAILURES - 1)
    assert await end(guarded) is None


async def test_a_model_that_never_answers_is_down_as_well(guarded: CircuitBreaker) -> None:
    await fail(guarded, code="unknown_outcome")
    assert isinstance(await end(guarded), Unavailable)


async def test_input_that_does_not_fit_says_nothing_about_the_model(guarded: CircuitBreaker) -> None:
    await fail(guarded, FAILURES - 1)
    await fail(guarded, 1, "bad_input")
    await fail(guarded, 1)
    assert isinstance(await end(guarded), Unavailable)


async def test_the_other_models_of_the_provider_go_on(guarded: CircuitBreaker) -> None:
    await fail(guarded, model="down")
    assert isinstance(await end(guarded, model="down"), Unavailable)
    assert await end(guarded, model="up") is None


async def test_after_its_rest_one_call_tries_and_the_others_go_on_waiting(
    guarded: CircuitBreaker, fake: Scripted, clock: Clock
) -> None:
    await fail(guarded)
    clock.now += REST
    ticket = await guarded.submit(Request("free", "[size 8x8]"), "the one that tries")
    assert isinstance(await end(guarded), Unavailable)
    await guarded.collect(ticket)
    assert await end(guarded) is None


async def test_a_try_that_fails_lets_the_model_rest_again_in_full(guarded: CircuitBreaker, clock: Clock) -> None:
    await fail(guarded)
    clock.now += REST
    await fail(guarded, 1)
    clock.now += REST - 1
    resting = await end(guarded)
    assert isinstance(resting, Unavailable)
    assert resting.retry_after == 1


async def test_calls_that_were_stopped_do_not_make_the_model_rest(guarded: CircuitBreaker, fake: Scripted) -> None:
    tickets = [await guarded.submit(Request("free", "[hold] a fox"), str(number)) for number in range(FAILURES)]
    collecting = [asyncio.create_task(guarded.collect(ticket)) for ticket in tickets]
    await asyncio.sleep(0)
    for ticket in tickets:
        await guarded.cancel(ticket)
    ends = await asyncio.gather(*collecting, return_exceptions=True)
    assert [type(one) for one in ends] == [Unavailable] * FAILURES
    assert await end(guarded) is None


async def test_a_stopped_call_is_forgotten_once_it_has_ended(guarded: CircuitBreaker, fake: Scripted) -> None:
    await guarded.cancel(Ticket("never collected", model="free"))
    await fail(guarded)
    assert isinstance(await end(guarded), Unavailable)


async def test_everything_else_is_the_providers_own(guarded: CircuitBreaker, fake: Scripted) -> None:
    request = Request("free", "a fox [size 8x8]")
    await guarded.submit(request, "one")
    found = await guarded.find(request, "one", ())
    assert found == await fake.find(request, "one", ())
    assert await guarded.find(request, "another", ()) is None
    assert await guarded.check() == await fake.check()
    await guarded.cancel(Ticket("one", model="free"))
    assert fake.cancelled == ["one"]
    await guarded.aclose()


async def test_while_a_model_rests_its_running_calls_are_still_collected(guarded: CircuitBreaker, clock: Clock) -> None:
    ticket = await guarded.submit(Request("free", "a fox [size 8x8]"), "running")
    await fail(guarded)
    assert (await guarded.collect(ticket)).data
    assert await end(guarded) is None


async def test_one_request_that_fails_again_and_again_does_not_make_others_wait(guarded: CircuitBreaker) -> None:
    for _ in range(3 * FAILURES):
        await end(guarded, "[fail unavailable] the same")
    assert await end(guarded, "somebody else's") is None


async def test_a_bad_photo_is_one_request_whatever_the_words(guarded: CircuitBreaker) -> None:
    photo = (Reference(b"no photo", "image/jpeg", "face"),)
    for number in range(2 * FAILURES):
        ticket = await guarded.submit(Request("free", f"[fail unavailable] {number}", photo), uuid4().hex)
        with pytest.raises(Unavailable):
            await guarded.collect(ticket)
    assert await end(guarded, "somebody else's") is None


async def test_a_bad_request_that_was_to_try_lets_the_next_one_try(guarded: CircuitBreaker, clock: Clock) -> None:
    await fail(guarded)
    clock.now += REST
    await fail(guarded, 1, "bad_input")
    assert await end(guarded) is None
