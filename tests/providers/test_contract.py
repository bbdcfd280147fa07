"""What every provider owes the core, whatever SDK is behind it. A new one is one more name in STAGES."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import TypeAlias, TypeVar

import pytest
import pytest_asyncio
from PIL import Image

from providers.contract import errors
from providers.contract.errors import ProviderError
from providers.contract.provider import Provider, Reference, Request, Result, Ticket
from providers.local import provider as local
from providers.local.looks.arrays import FaceBox
from storage.db.ids import new_id
from tests.harness.setups import setup_of
from tests.harness.stages import STAGES, staged
from tests.servers.stage import Stage

WOMAN = (Path(__file__).parents[1] / "photos" / "woman.jpg").read_bytes()
FACE: FaceBox = (59, 78, 172, 247)
TOGETHER = 5


T = TypeVar("T")


@dataclass(frozen=True)
class Case:
    """A provider, and a request it draws."""

    provider: Provider
    good: Request


@dataclass(frozen=True)
class End:
    """What became of one scene."""

    expected: type[ProviderError]
    error: BaseException | None
    tells_a_key: bool
    posts: int
    """Requests for a paid call that went out."""
    sold: int
    found: Ticket | BaseException | None
    """What is known of the call when it is looked for afterwards."""
    after: BaseException | None
    """What became of the next call, which the stage lets succeed."""

    @property
    def cost(self) -> int | None:
        assert isinstance(self.error, ProviderError)
        return self.error.cost


Ends: TypeAlias = Mapping[str, End]


@pytest_asyncio.fixture(params=STAGES)
async def stage(request: pytest.FixtureRequest) -> AsyncIterator[Stage]:
    async with staged(request.param) as running:
        yield running


def local_case() -> Case:
    async def faces(data: bytes) -> Sequence[FaceBox]:
        return [FACE]

    good = Request("local", "graphite", (Reference(WOMAN, "image/jpeg", "face"),), seed=7)
    return Case(local.build(setup_of("local", faces=faces)), good)


@pytest_asyncio.fixture(params=["local", *STAGES])
async def case(request: pytest.FixtureRequest) -> AsyncIterator[Case]:
    if request.param == "local":
        yield local_case()
        return
    async with staged(request.param) as running:
        yield Case(running.provider, running.request)


async def drawn(provider: Provider, request: Request, key: str) -> Result:
    ticket = await provider.submit(request, key)
    return ticket.result or await provider.collect(ticket)


@pytest_asyncio.fixture(params=STAGES, scope="module", loop_scope="module")
async def ends(request: pytest.FixtureRequest) -> Ends:
    """Every scene of a stage, played once."""
    async with staged(request.param) as running:
        return {scene: await played(running, scene) for scene in running.scenes}


async def played(stage: Stage, scene: str) -> End:
    posts, sold, key = stage.posts, len(stage.sold), new_id()
    stage.play(scene)
    error = await failure(drawn(stage.provider, stage.request, key))
    posts, sold = stage.posts - posts, len(stage.sold) - sold
    found = await outcome(stage.provider.find(stage.request, key, ()))
    after = await failure(drawn(stage.provider, stage.request, new_id()))
    tells = any(secret in f"{getattr(error, 'detail', '')} {error}" for secret in stage.secrets)
    return End(stage.scenes[scene], error, tells, posts, sold, found, after)


async def outcome(work: Awaitable[T]) -> T | BaseException:
    """What some work returns or raises, whatever it is."""
    try:
        return await work
    except BaseException as exc:
        return exc


async def failure(work: Awaitable[object]) -> BaseException | None:
    """What some work raises; None when it succeeds."""
    end = await outcome(work)
    return end if isinstance(end, BaseException) else None


def apart(request: Request, number: int) -> Request:
    """The same wish for another of several pictures."""
    return replace(request, prompt=f"{request.prompt}, number {number}", index=number, count=TOGETHER)


# ── pictures ─────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_request_becomes_a_picture_that_can_be_decoded(case: Case) -> None:
    result = await drawn(case.provider, case.good, new_id())
    with Image.open(BytesIO(result.data)) as image:
        image.load()
    assert result.cost is None or result.cost >= 0
    assert result.tokens is None or result.tokens >= 0


async def test_a_picture_is_bought_once(stage: Stage) -> None:
    await drawn(stage.provider, stage.request, new_id())
    assert (stage.posts, len(stage.sold)) == (1, 1)


async def test_a_ticket_has_something_to_be_collected_by(case: Case) -> None:
    ticket = await case.provider.submit(case.good, new_id())
    assert ticket.result or (ticket.external_id and ticket.model == case.good.model)
    assert len(ticket.external_id or "") <= 200


async def test_a_ticket_may_be_collected_again(case: Case) -> None:
    ticket = await case.provider.submit(case.good, new_id())
    assert (await case.provider.collect(ticket)).data == (await case.provider.collect(ticket)).data


async def test_what_is_kept_of_a_ticket_over_a_restart_is_enough_to_collect_it(stage: Stage) -> None:
    ticket = await stage.provider.submit(stage.request, new_id())
    if ticket.external_id is None:
        return  # the API answered with the picture and keeps nothing that could be asked for
    kept = Ticket(ticket.external_id, model=ticket.model)
    provider = stage.opened()
    assert (await provider.collect(kept)).data == (await stage.provider.collect(ticket)).data
    await provider.aclose()


async def test_calls_at_once_do_not_mix_up_their_pictures(case: Case) -> None:
    requests = [apart(case.good, number) for number in range(TOGETHER)]
    alone = [(await drawn(case.provider, one, new_id())).data for one in requests]
    together = await asyncio.gather(*(drawn(case.provider, one, new_id()) for one in requests))
    assert [result.data for result in together] == alone
    assert len(set(alone)) == TOGETHER


@pytest.mark.parametrize("case", ["local", "scripted"], indirect=True)
async def test_the_same_seed_gives_the_same_picture_and_another_seed_another(case: Case) -> None:
    first, again = [await drawn(case.provider, case.good, new_id()) for _ in range(2)]
    assert first.data == again.data
    assert (await drawn(case.provider, replace(case.good, seed=8), new_id())).data != first.data


# ── failures ─────────────────────────────────────────────────────────────────────────────────────────────


def test_every_failure_has_its_own_error(ends: Ends) -> None:
    made = {scene: type(end.error) for scene, end in ends.items()}
    assert made == {scene: end.expected for scene, end in ends.items()}


def test_every_failure_has_words_for_the_log(ends: Ends) -> None:
    details = {scene: end.error.detail for scene, end in ends.items() if isinstance(end.error, ProviderError)}
    assert [scene for scene in ends if not details.get(scene)] == []


def test_no_failure_gives_a_key_away(ends: Ends) -> None:
    assert [scene for scene, end in ends.items() if end.tells_a_key] == []


def test_no_call_is_sent_a_second_time_whatever_becomes_of_it(ends: Ends) -> None:
    assert {scene: end.posts for scene, end in ends.items()} == dict.fromkeys(ends, 1)


def test_what_was_sold_never_ends_in_an_error_without_a_cost(ends: Ends) -> None:
    """An error that costs nothing says that nothing was accepted, and then the picture may be asked for again."""
    assert [scene for scene, end in ends.items() if end.sold and end.cost == 0] == []
    assert [scene for scene, end in ends.items() if (end.cost or 0) < 0] == []


def test_after_every_failure_the_next_picture_is_drawn(ends: Ends) -> None:
    assert {scene: end.after for scene, end in ends.items()} == dict.fromkeys(ends)


# ── lost answers ─────────────────────────────────────────────────────────────────────────────────────────


def test_a_call_that_was_sold_is_never_denied(ends: Ends) -> None:
    """None would let the picture be bought a second time; what cannot be known raises UnknownOutcome."""
    lost = {scene: end.found for scene, end in ends.items() if end.sold}
    assert [scene for scene, found in lost.items() if not isinstance(found, Ticket | errors.UnknownOutcome)] == []


async def test_a_key_nobody_used_finds_no_call(case: Case) -> None:
    with suppress(errors.UnknownOutcome):  # the API cannot be asked
        assert await case.provider.find(case.good, new_id(), ()) is None


async def test_a_call_that_is_found_is_the_one_that_was_made(case: Case) -> None:
    key = new_id()
    ticket = await case.provider.submit(case.good, key)
    try:
        found = await case.provider.find(case.good, key, ())
    except errors.UnknownOutcome:
        return
    assert found is None or (await case.provider.collect(found)).data == (await case.provider.collect(ticket)).data


# ── cancelling and closing ───────────────────────────────────────────────────────────────────────────────


async def test_cancelling_is_silent_before_after_and_without_a_call(case: Case) -> None:
    await case.provider.cancel(Ticket("never heard of", model=case.good.model))
    await case.provider.cancel(Ticket(model=case.good.model))
    ticket = await case.provider.submit(case.good, new_id())
    await case.provider.cancel(ticket)
    await case.provider.cancel(ticket)
    finished = await case.provider.submit(case.good, new_id())
    await case.provider.collect(finished)
    await case.provider.cancel(finished)


async def test_the_check_asks_without_buying(stage: Stage) -> None:
    assert not (await stage.provider.check()).faults
    assert (stage.posts, list(stage.sold)) == (0, [])


async def test_closing_twice_is_silent(case: Case) -> None:
    await case.provider.aclose()
    await case.provider.aclose()
