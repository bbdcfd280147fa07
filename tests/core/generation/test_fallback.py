"""Another model in place of one that is down: only for who wants that, never after a refusal, and always said."""

from collections.abc import AsyncIterator
from uuid import uuid4

import pytest
import pytest_asyncio
from sqlalchemy import select

from bot.core.chat.messages import Progress, Say, Who
from storage.tables import ledger
from storage.tables.schema import attempts, generations, images
from tests.harness.accounts import limit, spent, user_of
from tests.harness.bots import MODELS, Bot, started
from tests.harness.room import Person, Room

pytestmark = pytest.mark.asyncio(loop_scope="module")

WITH_STAND_INS = """
[models.first]
name = "First fake"
provider = "scripted"
as_of = "2026-11-20"
prices = { "*" = "0.04" }
fallback = ["dear", "narrow", "same", "cheap"]

[models.first.capabilities]
max_references = 4
aspects = ["auto", "4:5"]
parameters = ["style"]
illustrated = ["oil"]

[models.dear]
name = "Dear fake"
provider = "scripted"
as_of = "2026-11-20"
prices = { "*" = "0.134" }

[models.dear.capabilities]
max_references = 4
aspects = ["auto"]

[models.narrow]
name = "Narrow fake"
provider = "scripted"
as_of = "2026-11-20"
prices = { "*" = "0.03" }

[models.narrow.capabilities]
max_references = 4
aspects = ["1:1"]

[models.same]
name = "Same fake"
provider = "scripted"
as_of = "2026-11-20"
prices = { "*" = "0.04" }

[models.same.capabilities]
max_references = 4
aspects = ["auto", "4:5"]
parameters = ["style"]

[models.cheap]
name = "Cheap fake"
provider = "scripted"
as_of = "2026-11-20"
prices = { "*" = "0.01" }

[models.cheap.capabilities]
max_references = 4
aspects = ["auto"]
"""


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def bot(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Bot]:
    folder = tmp_path_factory.mktemp("data")
    listed = folder / "models.toml"
    listed.write_text(MODELS.read_text("utf-8") + WITH_STAND_INS, "utf-8")
    async with started(folder, MODELS_FILE=str(listed)) as running:
        yield running


async def asked(bot: Bot, words: str, fallback: str | None = None, options: str = "") -> tuple[Room, Person]:
    """Anna, who asked the first model for a picture; nobody has used these words before."""
    room = bot.room()
    anna = room.person("Anna")
    if fallback:
        await anna.say(f"/settings --fallback {fallback}")
    await anna.say(f"/imagine {words} {uuid4().hex} --model first {options}")
    return room, anna


async def drawn(bot: Bot, words: str, fallback: str | None = None, options: str = "") -> tuple[Room, Person]:
    room, anna = await asked(bot, words, fallback, options)
    await room.quiet()
    return room, anna


async def attempts_of(bot: Bot, anna: Person) -> list[tuple[str, str]]:
    """The models that were called for Anna's pictures and what came of it, in order."""
    query = (
        select(attempts.c.model, attempts.c.outcome)
        .join(images, images.c.id == attempts.c.image_id)
        .join(generations, generations.c.id == images.c.generation_id)
        .where(generations.c.user_id == await user_of(bot, anna))
        .order_by(attempts.c.image_id, attempts.c.number)
    )
    async with bot.running.database.read() as tx:
        return [(model, outcome) for model, outcome in await tx.execute(query)]


async def operator_cost(bot: Bot) -> int:
    async with bot.running.database.read() as tx:
        return await ledger.operator_cost(tx, 0)


# ── who wants it ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("fallback", [None, "off"])
async def test_nobody_gets_another_model_without_asking_for_that(bot: Bot, fallback: str | None) -> None:
    room, anna = await drawn(bot, "[fail gone 1]", fallback)
    assert await attempts_of(bot, anna) == [("first", "gone")]
    assert isinstance(room.last, Say)
    assert "This model no longer exists." in room.read()
    assert await spent(bot, anna) == (0, 0)


async def test_at_the_same_price_the_first_that_is_no_dearer_and_can_draws(bot: Bot) -> None:
    room, anna = await drawn(bot, "[fail gone 1]", "same-price")
    assert await attempts_of(bot, anna) == [("first", "gone"), ("same", "done")]
    assert "First fake is down. One picture is drawn by Same fake instead, at $0.04 each." in room.read()
    assert await spent(bot, anna) == (0, 40_000)


async def test_at_any_price_the_first_on_the_list_draws(bot: Bot) -> None:
    room, anna = await drawn(bot, "[fail gone 1]", "any")
    assert await attempts_of(bot, anna) == [("first", "gone"), ("dear", "done")]
    assert "First fake is down. One picture is drawn by Dear fake instead, at $0.134 each." in room.read()
    assert await spent(bot, anna) == (0, 134_000)


async def test_a_dearer_model_is_reserved_and_announced_before_it_draws(bot: Bot) -> None:
    room, anna = await asked(bot, "[hold] [fail gone 1]", "any")
    assert await spent(bot, anna) == (40_000, 0)
    await bot.scripted.release()
    while not (isinstance(room.last, Progress) and "at $0.134 each" in room.read()):
        room.rooms.changed.clear()
        await room.rooms.changed.wait()
    assert await spent(bot, anna) == (134_000, 0)
    await bot.scripted.release()
    await room.quiet()
    assert await spent(bot, anna) == (0, 134_000)


async def test_a_place_may_want_it_for_everybody_and_a_person_may_not(bot: Bot) -> None:
    room = bot.room("group")
    mod = Person(room, Who("test", "mod", "Mod", manages=True), "en")
    await mod.say("/settings --for here --fallback same-price")
    anna, ben = room.person("Anna"), room.person("Ben")
    await ben.say("/settings --fallback off")
    for who in (anna, ben):
        await who.say(f"/imagine [fail gone 1] {uuid4().hex} --model first")
        await room.quiet()
    assert await attempts_of(bot, anna) == [("first", "gone"), ("same", "done")]
    assert await attempts_of(bot, ben) == [("first", "gone")]


# ── what it helps against ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("code", "tries"), [("unavailable", 4), ("rate_limited", 4), ("out_of_credit", 1), ("misconfigured", 1)]
)
async def test_it_helps_when_a_model_is_down_after_all_patience(bot: Bot, code: str, tries: int) -> None:
    _, anna = await drawn(bot, f"[fail {code} {tries}]", "same-price")
    assert await attempts_of(bot, anna) == [("first", code)] * tries + [("same", "done")]


@pytest.mark.parametrize(
    ("words", "outcome"),
    [
        ("[refuse]", "refused"),
        ("[refuse photo]", "refused"),
        ("[refuse result]", "refused"),
        ("[fail bad_input]", "bad_input"),
        ("[fail unknown_outcome]", "unknown_outcome"),
        ("[text]", "no_image"),
    ],
)
async def test_it_never_helps_against_a_refusal_bad_input_or_an_unknown_outcome(
    bot: Bot, words: str, outcome: str
) -> None:
    room, anna = await drawn(bot, words, "any")
    assert {(model, ended) for model, ended in await attempts_of(bot, anna)} == {("first", outcome)}
    assert "instead" not in room.read()
    assert await spent(bot, anna) == (0, 0)


async def test_when_the_stand_in_is_down_too_the_next_one_is_tried_and_then_none(bot: Bot) -> None:
    room, anna = await drawn(bot, "[fail gone]", "any")
    assert await attempts_of(bot, anna) == [("first", "gone"), ("dear", "gone"), ("same", "gone"), ("cheap", "gone")]
    assert "It did not work, and nothing was charged." in room.read()
    assert await spent(bot, anna) == (0, 0)


async def test_a_cheaper_stand_in_costs_what_it_costs(bot: Bot) -> None:
    _, anna = await drawn(bot, "[fail gone 2]", "same-price")
    assert (await attempts_of(bot, anna))[-1] == ("cheap", "done")
    assert await spent(bot, anna) == (0, 10_000)


async def test_a_model_that_cannot_draw_what_is_wanted_does_not_step_in(bot: Bot) -> None:
    _, anna = await drawn(bot, "[fail gone 1]", "any", "--aspect 4:5")
    assert await attempts_of(bot, anna) == [("first", "gone"), ("same", "done")]


async def test_what_was_promised_to_be_a_drawing_goes_to_no_model_that_does_not_promise_it(bot: Bot) -> None:
    room, anna = await drawn(bot, "[fail gone 1]", "any", "--params style=oil")
    assert await attempts_of(bot, anna) == [("first", "gone")]
    assert not room.results


async def test_only_the_pictures_that_need_it_are_drawn_by_another_model(bot: Bot) -> None:
    room, anna = await drawn(bot, "[fail gone 1 at 2]", "same-price", "--count 3")
    assert "First fake is down. One picture is drawn by Same fake instead" in room.read()
    assert len(room.results[0].pictures) == 3
    assert await spent(bot, anna) == (0, 120_000)


# ── limits ───────────────────────────────────────────────────────────────────────────────────────────────


async def test_what_a_persons_limit_forbids_does_not_step_in(bot: Bot) -> None:
    room = bot.room()
    anna = room.person("Anna")
    await anna.say("/settings --fallback any")
    await limit(bot, anna, micro_month=100_000)
    await anna.say(f"/imagine [fail gone 1] {uuid4().hex} --model first")
    await room.quiet()
    assert await attempts_of(bot, anna) == [("first", "gone"), ("same", "done")]
    assert await spent(bot, anna) == (0, 40_000)


async def test_what_moderators_let_a_member_spend_forbids_it_too(bot: Bot) -> None:
    room = bot.room("group")
    mod, anna = Person(room, Who("test", "mod", "Mod", manages=True), "en"), room.person("Anna")
    await anna.say("/settings --fallback any")
    await mod.say(f"/admin limits test:{anna.who.id} --dollars 0.10")
    await anna.say(f"/imagine [fail gone 1] {uuid4().hex} --model first")
    await room.quiet()
    assert (await attempts_of(bot, anna))[-1] == ("same", "done")
    assert await spent(bot, anna) == (0, 40_000)


async def test_a_retry_asks_the_model_that_was_quoted_at_the_price_that_was_quoted(bot: Bot) -> None:
    operators = await operator_cost(bot)
    room, anna = await drawn(bot, "[fail gone 4]", "any")
    await anna.press("Retry ($0.04)")
    await room.quiet()
    assert (await attempts_of(bot, anna))[-1] == ("first", "done")
    assert await spent(bot, anna) == (0, 40_000)
    assert await operator_cost(bot) == operators, "nothing of it is left to the operator"


async def test_the_recipe_names_the_model_that_drew(bot: Bot) -> None:
    room, anna = await drawn(bot, "[fail gone 1]", "same-price")
    await anna.press("Recipe")
    assert "Model: Same fake (same)" in room.read()
    assert "--model same" in room.read()
