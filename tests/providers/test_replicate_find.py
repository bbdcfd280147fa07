"""A call to Replicate whose answer was lost: it is found again, proven never made, or left as unknown."""

import time
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from providers.contract.errors import UnknownOutcome
from providers.contract.provider import Provider, Request, Ticket
from providers.replicate.search import SKEW, begun
from tests.servers.replicate import Stage, staged
from tests.servers.replicate_scenes import picture


def fresh_key(number: int = 0) -> str:
    """A UUIDv7 of now."""
    return f"{time.time_ns() // 1_000_000:012x}7abc8def{number:012x}"


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    async with staged() as opened:
        yield opened


@pytest.fixture
async def reborn(stage: Stage) -> AsyncIterator[Provider]:
    """The provider after a restart: it remembers nothing."""
    provider = stage.opened()
    yield provider
    await provider.aclose()


async def lost(stage: Stage, key: str, request: Request | None = None, scene: str = "cut_after") -> None:
    """A create whose answer did not come back."""
    stage.play(scene)
    with pytest.raises(UnknownOutcome):
        await stage.provider.submit(request or stage.request, key)


async def test_a_lost_call_is_found_and_its_picture_fetched(stage: Stage, reborn: Provider) -> None:
    key = fresh_key()
    await lost(stage, key)
    found = await reborn.find(stage.request, key, ())
    assert found == Ticket(stage.only().id, model=stage.request.model)
    assert (await reborn.collect(found)).data == picture("7")
    assert stage.posts == 1


async def test_a_call_that_never_arrived_is_proven_so(stage: Stage, reborn: Provider) -> None:
    key = fresh_key()
    await lost(stage, key, scene="cut_before")
    assert await reborn.find(stage.request, key, ()) is None


async def test_a_call_of_another_attempt_is_not_taken_for_it(stage: Stage, reborn: Provider) -> None:
    await stage.provider.submit(stage.request, fresh_key(1))
    assert await reborn.find(stage.request, fresh_key(2), [stage.only().id]) is None


@pytest.mark.parametrize(
    "other", [{"prompt": "a blue fox"}, {"seed": 8}, {"index": 1}, {"model": "black-forest-labs/flux-2-max"}]
)
async def test_another_request_is_not_taken_for_it(stage: Stage, reborn: Provider, other: dict[str, object]) -> None:
    await stage.provider.submit(replace(stage.request, **other), fresh_key(1))
    assert await reborn.find(stage.request, fresh_key(2), ()) is None


async def test_a_call_from_before_is_not_taken_for_it(stage: Stage, reborn: Provider) -> None:
    await stage.provider.submit(stage.request, fresh_key(1))
    stage.only().created_at = datetime.now(UTC) - timedelta(milliseconds=2 * SKEW)
    assert await reborn.find(stage.request, fresh_key(2), ()) is None


async def test_clocks_may_differ_a_little(stage: Stage, reborn: Provider) -> None:
    key = fresh_key()
    await lost(stage, key)
    stage.only().created_at = datetime.now(UTC) - timedelta(milliseconds=SKEW / 2)
    assert await reborn.find(stage.request, key, ()) is not None


async def test_several_that_fit_stay_unknown(stage: Stage, reborn: Provider) -> None:
    keys = [fresh_key(1), fresh_key(2)]
    for key in keys:
        await lost(stage, key)
    with pytest.raises(UnknownOutcome):
        await reborn.find(stage.request, keys[0], ())


async def test_a_call_whose_input_is_already_removed_stays_unknown(stage: Stage, reborn: Provider) -> None:
    key = fresh_key()
    await lost(stage, key)
    stage.only().rest = {"input": {}, "data_removed": True, "status": "succeeded"}
    with pytest.raises(UnknownOutcome):
        await reborn.find(stage.request, key, ())


async def test_with_an_address_to_report_to_each_call_carries_its_key() -> None:
    async with staged({"PUBLIC_URL": "https://pictures.example.org"}) as stage:
        stage.shows_webhooks = True
        keys = [fresh_key(1), fresh_key(2)]
        for key in keys:
            await lost(stage, key)
        found = [await stage.provider.find(stage.request, key, ()) for key in keys]
        assert [one and one.external_id for one in found] == list(stage.predictions)
        assert await stage.provider.find(stage.request, fresh_key(3), ()) is None


async def test_a_call_that_carries_the_key_is_surer_than_one_that_only_looks_like_it() -> None:
    async with staged({"PUBLIC_URL": "https://pictures.example.org"}) as stage:
        stage.shows_webhooks = True
        key = fresh_key()
        await lost(stage, key)
        await stage.provider.submit(stage.request, fresh_key(1))
        ours, alike = stage.predictions.values()
        alike.webhook = None
        found = await stage.provider.find(stage.request, key, ())
        assert found is not None
        assert found.external_id == ours.id


async def test_the_call_is_found_on_a_later_page_though_the_token_follows_no_foreign_address(
    stage: Stage, reborn: Provider
) -> None:
    key = fresh_key()
    await lost(stage, key)
    for number in range(7):
        await stage.provider.submit(replace(stage.request, prompt=f"another {number}"), fresh_key(number))
    found = await reborn.find(stage.request, key, ())
    assert found is not None
    assert found.external_id == next(iter(stage.predictions))
    pages = [one.path for one in stage.heard if one.path.startswith("/v1/predictions") and one.method == "GET"]
    assert pages == ["/v1/predictions", "/v1/predictions?cursor=3", "/v1/predictions?cursor=6"]


async def test_nobody_looks_further_back_than_the_call_was_made(stage: Stage, reborn: Provider) -> None:
    for number in range(7):
        await stage.provider.submit(stage.request, fresh_key(number))
    for prediction in list(stage.predictions.values())[:5]:
        prediction.created_at = datetime.now(UTC) - timedelta(hours=1)
    assert await reborn.find(stage.request, fresh_key(), list(stage.predictions)[5:]) is None
    assert sum(one.path.startswith("/v1/predictions?") for one in stage.heard) == 0


async def test_trouble_that_passes_does_not_lose_it(stage: Stage, reborn: Provider) -> None:
    key = fresh_key()
    await lost(stage, key)
    stage.trouble("unavailable", "unavailable")
    assert await reborn.find(stage.request, key, ()) is not None


@pytest.mark.parametrize("trouble", [["bad_key"], ["unavailable"] * 5])
async def test_a_list_that_cannot_be_read_proves_nothing(stage: Stage, reborn: Provider, trouble: list[str]) -> None:
    stage.trouble(*trouble)
    with pytest.raises(UnknownOutcome):
        await reborn.find(stage.request, fresh_key(), ())


@pytest.mark.parametrize("shape", [[], {}, {"results": None}, {"results": [{}]}, {"results": ["x"]}])
async def test_a_list_of_another_shape_proves_nothing(stage: Stage, reborn: Provider, shape: object) -> None:
    stage.list_shape = shape
    with pytest.raises(UnknownOutcome):
        await reborn.find(stage.request, fresh_key(), ())


def test_a_key_tells_when_it_was_made() -> None:
    assert begun("019a9d3c5e007abc8def0123456789ab") == 0x019A9D3C5E00
    assert begun("no key at all") == 0
    assert begun("x" * 32) == 0
