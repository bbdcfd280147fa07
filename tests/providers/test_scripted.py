"""The shipped fake: what each directive in a prompt makes it do."""

import asyncio
from io import BytesIO

import pytest
from PIL import Image

from providers.contract import errors
from providers.contract.provider import Request, Result, Ticket
from providers.scripted import Scripted


@pytest.fixture
def fake() -> Scripted:
    return Scripted()


def asked(prompt: str, index: int = 0, seed: int | None = None) -> Request:
    return Request("free", prompt, index=index, count=3, seed=seed)


async def drawn(fake: Scripted, request: Request, key: str = "one") -> Result:
    return await fake.collect(await fake.submit(request, key))


async def failure(fake: Scripted, prompt: str) -> errors.ProviderError:
    with pytest.raises(errors.ProviderError) as caught:
        await drawn(fake, asked(prompt), key=prompt)
    return caught.value


def opened(result: Result) -> Image.Image:
    image = Image.open(BytesIO(result.data))
    image.load()
    return image


# ── pictures ─────────────────────────────────────────────────────────────────────────────────────────────


async def test_without_directives_it_draws_a_png_card_for_the_listed_price(fake: Scripted) -> None:
    result = await drawn(fake, asked("a red fox", seed=7))
    assert (opened(result).format, opened(result).size) == ("PNG", (512, 640))
    assert (result.cost, result.seed) == (None, 7)


async def test_pictures_of_one_request_have_grounds_of_their_own(fake: Scripted) -> None:
    cards = [opened(await drawn(fake, asked("a fox", index), f"key-{index}")) for index in range(3)]
    assert len({card.getpixel((0, 0)) for card in cards}) == 3


async def test_size_sets_width_and_height(fake: Scripted) -> None:
    assert opened(await drawn(fake, asked("a fox [size 64x48]"))).size == (64, 48)


async def test_cost_is_reported_in_microdollars(fake: Scripted) -> None:
    assert (await drawn(fake, asked("[cost 90000] a fox"))).cost == 90_000


async def test_delay_lets_others_overtake(fake: Scripted) -> None:
    finished: list[str] = []

    async def call(prompt: str) -> None:
        ticket = await fake.submit(asked(prompt), prompt)
        with pytest.raises(errors.NoImage):
            await fake.collect(ticket)
        finished.append(prompt)

    await asyncio.gather(call("[delay 0.02] [text]"), call("[text]"))
    assert finished == ["[text]", "[delay 0.02] [text]"]


async def test_a_directive_may_concern_one_picture_of_several(fake: Scripted) -> None:
    sizes = [opened(await drawn(fake, asked("[size 9x9 at 2]", index), f"key-{index}")).size for index in range(3)]
    assert sizes == [(512, 640), (9, 9), (512, 640)]


# ── failures ─────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("kind", errors.ProviderError.__subclasses__(), ids=lambda kind: kind.code)
async def test_fail_raises_any_error_by_its_code(fake: Scripted, kind: type[errors.ProviderError]) -> None:
    assert type(await failure(fake, f"a fox [fail {kind.code}]")) is kind


@pytest.mark.parametrize(
    ("directive", "what", "reference"),
    [
        ("[refuse]", "prompt", None),
        ("[refuse prompt]", "prompt", None),
        ("[refuse photo]", "photo", None),
        ("[refuse photo 2]", "photo", 2),
        ("[refuse result]", "result", None),
    ],
)
async def test_refuse_says_what_was_refused(fake: Scripted, directive: str, what: str, reference: int | None) -> None:
    refused = await failure(fake, f"a fox {directive}")
    assert isinstance(refused, errors.Refused)
    assert (refused.what, refused.reference, refused.why) == (what, reference, "the script says so")


async def test_text_answers_without_a_picture(fake: Scripted) -> None:
    assert isinstance(await failure(fake, "[text] a fox"), errors.NoImage)


@pytest.mark.parametrize("directive", ["[text]", "[refuse]", "[fail unknown_outcome]"])
async def test_a_failed_call_may_cost_money_all_the_same(fake: Scripted, directive: str) -> None:
    assert (await failure(fake, f"{directive} [cost 40000]")).cost == 40_000
    free = await failure(fake, directive)
    assert free.cost == (None if isinstance(free, errors.UnknownOutcome) else 0)


@pytest.mark.parametrize(
    "directive",
    [
        "[fail]",
        "[fail nonsense]",
        "[delay]",
        "[delay soon]",
        "[size big]",
        "[size 0x9]",
        "[cost much]",
        "[refuse photo x]",
    ],
)
async def test_a_directive_nobody_understands_is_refused_before_it_counts_as_a_call(
    fake: Scripted, directive: str
) -> None:
    with pytest.raises(errors.BadInput):
        await fake.submit(asked(f"a fox {directive}"), "one")
    assert fake.journal == []


async def test_words_in_brackets_that_are_no_directive_are_words(fake: Scripted) -> None:
    assert opened(await drawn(fake, asked("a sign [open late] by a door"))).size == (512, 640)


# ── holding ──────────────────────────────────────────────────────────────────────────────────────────────


async def held(fake: Scripted, key: str) -> "asyncio.Task[Result]":
    ticket = await fake.submit(asked("[hold] [size 8x8] a fox"), key)
    return asyncio.create_task(fake.collect(ticket))


async def settle() -> None:
    """Let every task run as far as it gets on its own."""
    for _ in range(10):
        await asyncio.sleep(0)


async def test_release_waits_until_enough_calls_hold_and_lets_all_of_them_go_on(fake: Scripted) -> None:
    first = await held(fake, "first")
    releasing = asyncio.create_task(fake.release(2))
    await settle()
    assert not first.done()
    assert not releasing.done()
    second = await held(fake, "second")
    await releasing
    assert opened(await first).size == opened(await second).size == (8, 8)


async def test_a_call_after_a_release_holds_again(fake: Scripted) -> None:
    first = await held(fake, "first")
    await fake.release()
    second = await held(fake, "second")
    await first
    await settle()
    assert not second.done()
    await fake.release()
    await second


async def test_cancel_ends_that_call_and_no_other(fake: Scripted) -> None:
    first, second = await held(fake, "first"), await held(fake, "second")
    await settle()
    await fake.cancel(Ticket("first"))
    with pytest.raises(errors.Unavailable):
        await first
    assert fake.cancelled == ["first"]
    await settle()
    assert not second.done()
    await fake.release()
    await second


async def test_a_cancelled_call_is_not_one_that_a_later_release_waits_for(fake: Scripted) -> None:
    cancelled = await held(fake, "cancelled")
    await settle()
    await fake.cancel(Ticket("cancelled"))
    with pytest.raises(errors.Unavailable):
        await cancelled
    releasing = asyncio.create_task(fake.release())
    await settle()
    assert not releasing.done()
    later = await held(fake, "later")
    await releasing
    await later


async def test_a_call_cancelled_before_it_holds_never_holds(fake: Scripted) -> None:
    await fake.cancel(Ticket("early"))
    with pytest.raises(errors.Unavailable):
        await (await held(fake, "early"))


async def test_closing_lets_everything_go_on(fake: Scripted) -> None:
    call = await held(fake, "one")
    await settle()
    await fake.aclose()
    await call


# ── the journal ──────────────────────────────────────────────────────────────────────────────────────────


async def test_the_journal_lists_every_paid_call_in_order_with_its_key(fake: Scripted) -> None:
    for key in ("one", "two"):
        await fake.submit(asked(f"{key} fox [fail gone]"), key)
    assert [(call.key, call.request.prompt) for call in fake.journal] == [
        ("one", "one fox [fail gone]"),
        ("two", "two fox [fail gone]"),
    ]


async def test_a_call_is_found_by_its_key(fake: Scripted) -> None:
    ticket = await fake.submit(asked("a fox"), "one")
    assert await fake.find(asked("a fox"), "one", ()) == ticket
    assert await fake.find(asked("a fox"), "two", ()) is None


async def test_a_ticket_of_another_life_has_an_unknown_outcome(fake: Scripted) -> None:
    with pytest.raises(errors.UnknownOutcome):
        await fake.collect(Ticket("from-before-the-restart"))
