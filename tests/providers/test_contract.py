"""What every provider owes the core, whatever SDK is behind it. A new provider is one more case."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from providers import local, scripted
from providers.base import Provider, Reference, Request, Result, Ticket
from providers.errors import ProviderError
from providers.looks.arrays import FaceBox
from providers.model import Capabilities
from tests.harness.setups import setup_of, shipped

WOMAN = (Path(__file__).parents[1] / "photos" / "woman.jpg").read_bytes()
FACE: FaceBox = (59, 78, 172, 247)


@dataclass(frozen=True)
class Case:
    """A provider, a request it draws, requests it does not, and the types of file its model promises."""

    provider: Provider
    good: Request
    bad: Sequence[Request]
    types: Sequence[str] = Capabilities(max_references=0).output_types


def scripted_case() -> Case:
    good = Request("free", "a red fox [size 64x48]", seed=7)
    bad = [
        replace(good, prompt=prompt)
        for prompt in ("[fail gone]", "[fail rate_limited]", "[refuse]", "[text]", "[fail]")
    ]
    return Case(scripted.Scripted(), good, bad)


def local_case() -> Case:
    async def faces(data: bytes) -> Sequence[FaceBox]:
        return [FACE]

    [model] = shipped("local")
    good = Request("local", "graphite", (Reference(WOMAN, "image/jpeg", "face"),), seed=7)
    bad = [
        replace(good, references=()),
        replace(good, references=(Reference(b"no photo", "image/jpeg", "face"),)),
        replace(good, parameters={"style": "nobody's"}),
        replace(good, aspect="square"),
    ]
    return Case(local.build(setup_of("local", faces=faces)), good, bad, model.capabilities.output_types)


CASES: Mapping[str, Callable[[], Case]] = {"local": local_case, "scripted": scripted_case}


@pytest.fixture(params=CASES)
def case(request: pytest.FixtureRequest) -> Case:
    return CASES[request.param]()


async def drawn(case: Case, request: Request, key: str) -> Result:
    return await case.provider.collect(await case.provider.submit(request, key))


async def failure(case: Case, request: Request, key: str) -> Exception:
    with pytest.raises(Exception) as caught:  # noqa: PT011  # whether it is one of ours is what is tested
        await drawn(case, request, key)
    return caught.value


async def test_a_request_becomes_a_picture_that_can_be_decoded(case: Case) -> None:
    result = await drawn(case, case.good, "one")
    with Image.open(BytesIO(result.data)) as image:
        image.load()
        assert Image.MIME[image.format or ""] in case.types


async def test_a_ticket_has_something_to_be_collected_by(case: Case) -> None:
    ticket = await case.provider.submit(case.good, "one")
    assert ticket.external_id or ticket.result


async def test_a_ticket_may_be_collected_again_after_a_crash(case: Case) -> None:
    ticket = await case.provider.submit(case.good, "one")
    assert await case.provider.collect(ticket) == await case.provider.collect(ticket)


async def test_the_same_seed_gives_the_same_picture_and_another_seed_another(case: Case) -> None:
    first, again = [await drawn(case, case.good, key) for key in ("one", "two")]
    assert first.data == again.data
    assert (await drawn(case, replace(case.good, seed=8), "three")).data != first.data


async def test_pictures_of_one_request_differ(case: Case) -> None:
    requests = [replace(case.good, index=index, count=2) for index in range(2)]
    results = await asyncio.gather(*(drawn(case, one, f"key-{one.index}") for one in requests))
    assert results[0].data != results[1].data


async def test_a_key_nobody_used_finds_nothing(case: Case) -> None:
    assert await case.provider.find(case.good, "never used", ()) is None


async def test_a_key_that_was_used_finds_its_call_or_nothing_at_all(case: Case) -> None:
    ticket = await case.provider.submit(case.good, "one")
    found = await case.provider.find(case.good, "one", ())
    assert found is None or await case.provider.collect(found) == await case.provider.collect(ticket)


async def test_cancelling_is_silent_before_after_and_without_a_call(case: Case) -> None:
    await case.provider.cancel(Ticket(external_id="never heard of"))
    ticket = await case.provider.submit(case.good, "one")
    await case.provider.cancel(ticket)
    await case.provider.cancel(ticket)
    finished = await case.provider.submit(case.good, "two")
    await case.provider.collect(finished)
    await case.provider.cancel(finished)


async def test_whatever_goes_wrong_is_a_provider_error_with_words_for_the_log(case: Case) -> None:
    for number, request in enumerate(case.bad):
        error = await failure(case, request, f"bad-{number}")
        assert isinstance(error, ProviderError), request
        assert error.detail
        assert error.cost is None or error.cost >= 0


async def test_a_failure_leaves_the_provider_usable(case: Case) -> None:
    await failure(case, case.bad[0], "bad")
    assert (await drawn(case, case.good, "good")).data


async def test_closing_twice_is_silent(case: Case) -> None:
    await case.provider.aclose()
    await case.provider.aclose()
