"""Waking those who wait for a generation."""

import asyncio

import pytest

from bot.core.runtime.wakeups import MOST, Wakeups

LONG = 3600.0
"""Seconds no test lives to see the end of."""


async def settle() -> None:
    """Let every task run as far as it gets on its own."""
    for _ in range(10):
        await asyncio.sleep(0)


@pytest.fixture
def changes() -> Wakeups:
    return Wakeups()


def waiting(changes: Wakeups, generation: str = "g1") -> "asyncio.Task[None]":
    return asyncio.create_task(changes.wait(generation, LONG))


async def returns(task: "asyncio.Task[None]") -> bool:
    """Whether a wait is over now; one that is not ends with the test."""
    await settle()
    is_over = task.done()
    task.cancel()
    return is_over


async def test_a_tell_wakes_all_who_wait(changes: Wakeups) -> None:
    tasks = [waiting(changes), waiting(changes)]
    await settle()
    changes.tell("g1")
    assert [await returns(task) for task in tasks] == [True, True]


async def test_without_a_tell_they_wait_on(changes: Wakeups) -> None:
    assert not await returns(waiting(changes))


async def test_a_tell_before_the_wait_is_not_lost(changes: Wakeups) -> None:
    changes.tell("g1")
    assert await returns(waiting(changes))


async def test_several_tells_before_the_wait_are_one(changes: Wakeups) -> None:
    changes.tell("g1")
    changes.tell("g1")
    assert await returns(waiting(changes))
    assert not await returns(waiting(changes))


async def test_a_tell_between_two_waits_is_not_lost(changes: Wakeups) -> None:
    for _ in range(3):
        changes.tell("g1")
        assert await returns(waiting(changes))


async def test_a_wait_returns_after_its_time_and_a_later_tell_still_counts(changes: Wakeups) -> None:
    await changes.wait("g1", 0.001)
    await changes.wait("g1", 0)
    changes.tell("g1")
    assert await returns(waiting(changes))


async def test_another_generations_change_wakes_nobody(changes: Wakeups) -> None:
    task = waiting(changes)
    changes.tell("g2")
    assert not await returns(task)


async def test_a_wait_that_was_cancelled_takes_no_tell_with_it(changes: Wakeups) -> None:
    assert not await returns(waiting(changes))
    changes.tell("g1")
    assert await returns(waiting(changes))


async def test_what_is_forgotten_was_never_told(changes: Wakeups) -> None:
    changes.tell("g1")
    changes.forget("g1")
    assert not await returns(waiting(changes))


def test_forgetting_what_was_never_known_is_silent(changes: Wakeups) -> None:
    changes.forget("g1")


async def test_changes_nobody_waits_for_do_not_pile_up_for_ever(changes: Wakeups) -> None:
    for number in range(MOST + 1):
        changes.tell(f"g{number}")
    assert await returns(waiting(changes, f"g{MOST}"))
    assert not await returns(waiting(changes, "g0"))
