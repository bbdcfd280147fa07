"""News from Replicate: it wakes whoever waits, forged news does nothing, and nothing depends on it."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import cast

import pytest

from providers.contract.provider import Provider, ReceivesWebhooks, Ticket
from tests.servers.replicate import QUICK, Stage, staged
from tests.servers.replicate_scenes import picture

KEY = "019a9d3c5e007abc8def0123456789ab"
PATIENT = replace(QUICK, first=3600.0, longest=3600.0)
"""Without news nothing would be asked for within a test."""
PUBLIC = {"PUBLIC_URL": "https://pictures.example.org/"}


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    async with staged(PUBLIC) as opened:
        yield opened


@pytest.fixture
async def patient(stage: Stage) -> AsyncIterator[Provider]:
    provider = stage.opened(PATIENT)
    yield provider
    await provider.aclose()


def hooked(provider: Provider) -> ReceivesWebhooks:
    assert isinstance(provider, ReceivesWebhooks)
    return cast(ReceivesWebhooks, provider)


def secrets_asked(stage: Stage) -> int:
    return sum(one.path.endswith("/secret") for one in stage.heard)


async def submitted(stage: Stage) -> Ticket:
    return await stage.provider.submit(stage.request, KEY)


async def test_replicate_is_told_where_to_report_the_end_of_a_call(stage: Stage) -> None:
    await submitted(stage)
    assert stage.only().webhook == f"https://pictures.example.org/hooks/replicate?key={KEY}"


@pytest.mark.parametrize("public", ["", "http://pictures.example.org"])
async def test_without_a_public_https_address_nothing_is_reported(public: str) -> None:
    async with staged({"PUBLIC_URL": public}) as stage:
        await submitted(stage)
        assert stage.only().webhook is None


async def test_news_wakes_the_one_who_waits_at_once(stage: Stage, patient: Provider) -> None:
    ticket = await submitted(stage)
    waiting = asyncio.create_task(patient.collect(ticket))
    stage.ended(stage.only())
    assert await hooked(patient).hooked(*stage.news(stage.only()))
    assert (await waiting).data == picture("7")


async def test_news_may_come_early_twice_and_out_of_order(stage: Stage, patient: Provider) -> None:
    stage.holding = True
    ticket = await submitted(stage)
    begun = stage.news(stage.only())
    assert await hooked(patient).hooked(*begun)  # before anybody waits
    waiting = asyncio.create_task(patient.collect(ticket))
    await asyncio.sleep(0)
    stage.polled.clear()
    assert await hooked(patient).hooked(*begun)
    await stage.polled.wait()
    stage.ended(stage.only())
    news = stage.news(stage.only())
    assert await hooked(patient).hooked(*news)
    assert await hooked(patient).hooked(*begun)
    assert await hooked(patient).hooked(*news)
    assert (await waiting).data == picture("7")
    assert await hooked(patient).hooked(*news)  # after it has been fetched


async def test_one_piece_of_news_is_one_question(stage: Stage, patient: Provider) -> None:
    stage.holding = True
    waiting = asyncio.create_task(patient.collect(await submitted(stage)))
    await asyncio.sleep(0)
    assert await hooked(patient).hooked(*stage.news(stage.only()))
    await stage.polled.wait()
    await patient.check()  # many more questions would have been asked meanwhile
    assert sum(one.path.endswith(stage.only().id) for one in stage.heard) == 1
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting


async def test_without_news_the_picture_comes_all_the_same(stage: Stage) -> None:
    assert (await stage.provider.collect(await submitted(stage))).data == picture("7")


async def test_news_without_a_good_signature_is_turned_away(stage: Stage) -> None:
    await submitted(stage)
    headers, body = stage.news(stage.only())
    told = hooked(stage.provider).hooked
    assert await told(headers, body)
    assert not await told(headers, body + b" ")
    assert not await told({}, body)
    assert not await told(headers, b"")
    assert not await told({**headers, "Webhook-Signature": "v1"}, body)
    assert not await told({**headers, "Webhook-Signature": "v1,not base64 é"}, body)
    assert not await told({**headers, "Webhook-Timestamp": "yesterday"}, body)
    assert not await told(headers, b"\xff")
    assert not await told(*stage.news(stage.only(), at=1_700_000_000))


@pytest.mark.parametrize("body", [b"{}", b'{"id": null}', b"[]", b"null", b"none"])
async def test_signed_news_that_names_no_prediction_does_no_harm(stage: Stage, body: bytes) -> None:
    assert await hooked(stage.provider).hooked(*stage.signed(body))


async def test_forged_news_does_not_wake_anybody(stage: Stage, patient: Provider) -> None:
    waiting = asyncio.create_task(patient.collect(await submitted(stage)))
    await asyncio.sleep(0)
    stage.polled.clear()
    headers, body = stage.news(stage.only())
    assert not await hooked(patient).hooked({**headers, "Webhook-Id": "another"}, body)
    assert not stage.polled.is_set()
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting


async def test_the_secret_is_asked_for_once_however_much_forged_news_comes(stage: Stage) -> None:
    await submitted(stage)
    headers, body = stage.news(stage.only())
    told = hooked(stage.provider).hooked
    assert all(await asyncio.gather(*(told(headers, body) for _ in range(5))))
    for _ in range(5):
        assert not await told(headers, body + b" ")
    assert secrets_asked(stage) == 1


async def test_a_new_secret_is_learnt(stage: Stage) -> None:
    await submitted(stage)
    provider = stage.opened(replace(QUICK, secret=0.0))
    told = hooked(provider).hooked
    assert await told(*stage.news(stage.only()))
    stage.secret = "whsec_YW5vdGhlciBzZWNyZXQ="
    assert await told(*stage.news(stage.only()))
    assert secrets_asked(stage) == 2
    await provider.aclose()


async def test_nothing_is_believed_while_the_secret_cannot_be_learnt(stage: Stage) -> None:
    await submitted(stage)
    stage.trouble("unavailable")
    assert not await hooked(stage.provider).hooked(*stage.news(stage.only()))
