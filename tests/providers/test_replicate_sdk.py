"""What version 1.0.7 of Replicate's SDK gets wrong, and that none of it reaches us. A test of the first kind that
fails says that a newer SDK has mended it, and that our own way around may go."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from replicate.client import Client, RetryTransport
from replicate.exceptions import ReplicateError
from replicate.prediction import Prediction

from providers.contract.errors import RateLimited, Unavailable, UnknownOutcome
from providers.replicate.transport import Timing
from tests.servers.replicate import TOKEN, Stage, staged

KEY = "019a9d3c5e007abc8def0123456789ab"


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    async with staged() as opened:
        yield opened


class Recorder(httpx.AsyncBaseTransport):
    """Passes requests on and keeps their timeouts."""

    def __init__(self) -> None:
        self.inner = httpx.AsyncHTTPTransport()
        self.timeouts: list[Any] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.timeouts.append(request.extensions["timeout"])
        return await self.inner.handle_async_request(request)


@pytest.fixture
async def sdk(stage: Stage) -> AsyncIterator[tuple[Client, Recorder]]:
    recorder = Recorder()
    yield Client(TOKEN, base_url=stage.origin, transport=recorder), recorder
    await recorder.inner.aclose()


async def test_the_sdk_sends_a_create_without_a_timeout(sdk: tuple[Client, Recorder]) -> None:
    client, recorder = sdk
    await client.models.predictions.async_create(model="google/nano-banana-2", input={"prompt": "a red fox"})
    assert recorder.timeouts[-1]["read"] is None


async def test_our_create_ends_though_the_server_never_answers(stage: Stage) -> None:
    stage.play("timeout")
    with pytest.raises(UnknownOutcome):
        await stage.provider.submit(stage.request, KEY)
    assert stage.posts == 1


async def test_the_sdk_breaks_at_a_prediction_that_was_aborted(stage: Stage, sdk: tuple[Client, Recorder]) -> None:
    client, _ = sdk
    stage.play("aborted")
    ticket = await stage.provider.submit(stage.request, KEY)
    with pytest.raises(ValueError, match="unexpected value"):
        await client.predictions.async_get(ticket.external_id or "")
    with pytest.raises(Unavailable):
        await stage.provider.collect(ticket)


def test_the_sdk_does_not_say_that_the_data_of_a_prediction_was_removed() -> None:
    assert "data_removed" not in Prediction.__fields__


async def test_the_sdk_forgets_how_long_to_wait(stage: Stage, sdk: tuple[Client, Recorder]) -> None:
    client, _ = sdk
    stage.play("low_credit", "low_credit")
    with pytest.raises(ReplicateError) as theirs:
        await client.models.predictions.async_create(model="google/nano-banana-2", input={"prompt": "a red fox"})
    assert not {"retry_after", "headers", "response"} & set(vars(theirs.value))
    with pytest.raises(RateLimited) as ours:
        await stage.provider.submit(stage.request, KEY)
    assert ours.value.retry_after == 9


async def test_the_sdk_would_ask_again_by_itself_and_we_do_not_let_it(stage: Stage) -> None:
    assert RetryTransport(httpx.AsyncHTTPTransport()).max_attempts == 10
    stage.trouble("overloaded")
    with pytest.raises(Unavailable) as caught:
        await stage.provider.check()
    assert caught.value.retry_after == 2
    assert len(stage.heard) == 1


async def test_the_sdk_knows_no_account_without_a_name_and_we_need_none(
    stage: Stage, sdk: tuple[Client, Recorder]
) -> None:
    client, _ = sdk
    with pytest.raises(ValueError, match="name"):
        await client.accounts.async_current()
    assert not (await stage.provider.check()).faults


def test_a_prediction_is_asked_for_ever_more_slowly_up_to_five_seconds() -> None:
    pauses = Timing().pauses()
    assert [round(next(pauses), 2) for _ in range(6)] == [1.0, 1.5, 2.25, 3.38, 5.0, 5.0]
