"""What a provider makes of the answers it may get: the picture, or an error with its true cost and blame."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from bot.core.runtime.retry_policy import RetryPolicy
from providers.contract import errors
from providers.contract.provider import Result
from tests.providers import error_table
from tests.providers.answers import ANSWERS, BROKEN, PICTURE, WRAPPED, Answer
from tests.servers.answering import PNG, Answering, answering, played


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def api() -> AsyncIterator[Answering]:
    async with answering() as running:
        yield running


VERBATIM = [one for one in WRAPPED if one.what not in ("an AVIF", "a GIF")]


def named(answer: Answer) -> str:
    return f"{answer.provider}: {answer.what}"


@pytest.mark.parametrize("answer", ANSWERS, ids=named)
@pytest.mark.asyncio(loop_scope="module")
async def test_an_answer_becomes_what_it_means(api: Answering, answer: Answer) -> None:
    end = await played(api, answer.provider, answer.script, answer.photos)
    become = PICTURE if isinstance(end, Result) else end.code
    assert (become, end.cost) == (answer.becomes, answer.cost), end
    if answer.fault:
        assert answer.fault in fault_of(end)


@pytest.mark.parametrize("answer", VERBATIM, ids=named)
@pytest.mark.asyncio(loop_scope="module")
async def test_a_wrapped_picture_comes_out_as_it_was_drawn(api: Answering, answer: Answer) -> None:
    end = await played(api, answer.provider, answer.script, answer.photos)
    assert isinstance(end, Result)
    assert end.data == PNG


@pytest.mark.parametrize("answer", BROKEN, ids=named)
@pytest.mark.asyncio(loop_scope="module")
async def test_a_picture_that_cannot_be_used_is_not_bought_again(api: Answering, answer: Answer) -> None:
    end = await played(api, answer.provider, answer.script, answer.photos)
    assert isinstance(end, errors.Unusable)
    assert RetryPolicy().pause(end, 1, lambda: 0.5) is None


def fault_of(end: Result | errors.ProviderError) -> tuple[str, ...]:
    """Which part of the request an error blames, and whether it asks to try again."""
    if isinstance(end, errors.Refused):
        return (end.what,)
    if isinstance(end, errors.BadInput):
        return (end.problem, *(["again"] if end.again else []))
    return ()


def test_the_page_of_errors_is_current() -> None:
    assert Path("docs/ERRORS.md").read_text("utf-8") == asyncio.run(error_table.page())
