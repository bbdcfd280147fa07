"""The Gemini provider against its API on loopback: what it asks, what it reads, what it pays."""

import base64
import json
import os
import socket
from collections.abc import AsyncIterator
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from typing import Any

import httpx2
import pytest
import pytest_asyncio
from aiohttp import web
from google.genai.errors import ServerError
from PIL import Image

from providers.contract import errors
from providers.contract.errors import ProviderError, SettingError
from providers.contract.model import Model, Role
from providers.contract.provider import Fault, Provider, Reference, Request, Result, Ticket
from providers.gemini import provider as gemini
from providers.gemini.answer import Drawn, drawn_in
from providers.gemini.body import PIECE
from providers.gemini.errors import translated
from providers.gemini.request import CATEGORIES, GeminiWire
from providers.shared.model_wire import wire_of
from tests.harness.setups import setup_of, shipped
from tests.servers.gemini import KEY, GeminiStage, Order, staged
from tests.servers.pictures import colour_of, drawn
from tests.servers.stage import PHOTO

PNG = drawn("336699")
NANO, PRO, LITE = shipped("gemini")


@pytest_asyncio.fixture
async def stage() -> AsyncIterator[GeminiStage]:
    async with staged() as running:
        yield running


async def ordered(stage: GeminiStage, request: Request) -> Order:
    """The call that a request becomes."""
    await stage.provider.submit(request, "one")
    return stage.api.orders[-1]


async def result(stage: GeminiStage, scene: str, request: Request | None = None) -> Result:
    stage.play(scene)
    ticket = await stage.provider.submit(request or stage.request, "one")
    assert ticket.result
    return ticket.result


async def failure(stage: GeminiStage, scene: str, request: Request | None = None) -> ProviderError:
    stage.play(scene)
    return await error_of(stage.provider, request or stage.request)


async def error_of(provider: Provider, request: Request) -> ProviderError:
    with pytest.raises(ProviderError) as caught:
        await provider.submit(request, "one")
    return caught.value


def photos(*data: bytes) -> tuple[Reference, ...]:
    return tuple(Reference(one, "image/jpeg", list(Role)[number % len(Role)]) for number, one in enumerate(data))


def with_wire(model: Model, **wire: Any) -> Model:
    return replace(model, wire={**model.wire, **wire})


# ── what is asked ────────────────────────────────────────────────────────────────────────────────────────


async def test_photos_come_in_their_order_and_before_the_words(stage: GeminiStage) -> None:
    sent = [PHOTO + bytes([number]) for number in range(14)]
    order = await ordered(stage, replace(stage.request, references=photos(*sent), prompt="photo 1 is Mila"))
    assert order.parts == [*(("image/jpeg", one) for one in sent), "photo 1 is Mila"]
    assert (order.model, order.version, order.roles) == (NANO.id, "v1beta", ["user"])


@pytest.mark.parametrize("size", [2, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE + 2])
async def test_a_photo_arrives_as_it_was_whatever_its_length(stage: GeminiStage, size: int) -> None:
    sent = b"\xff\xd8" + os.urandom(size - 2)
    order = await ordered(stage, replace(stage.request, references=photos(sent, PHOTO, sent)))
    assert [part[1] for part in order.parts[:3]] == [sent, PHOTO, sent]


async def test_words_that_look_like_the_mark_of_a_photo_stay_words(stage: GeminiStage) -> None:
    prompt = "photo---" + "A" * 32
    order = await ordered(stage, replace(stage.request, prompt=prompt))
    assert order.parts == [("image/jpeg", PHOTO), prompt]


async def test_a_picture_needs_no_photo(stage: GeminiStage) -> None:
    order = await ordered(stage, replace(stage.request, references=()))
    assert order.parts == [stage.request.prompt]


async def test_an_edit_shows_the_picture_as_one_more_photo_of_the_person(stage: GeminiStage) -> None:
    order = await ordered(stage, replace(stage.request, references=photos(PNG, PHOTO), edit=True))
    assert order.roles == ["user"]
    assert [part[1] for part in order.parts[:2]] == [PNG, PHOTO]


async def test_the_aspect_is_sent_unless_it_is_auto(stage: GeminiStage) -> None:
    assert "aspectRatio" not in (await ordered(stage, stage.request)).config["imageConfig"]
    order = await ordered(stage, replace(stage.request, aspect="4:5", size="2K"))
    assert order.config["imageConfig"] == {"aspectRatio": "4:5", "imageSize": "2K"}


@pytest.mark.parametrize("model", [NANO, PRO, LITE], ids=lambda model: model.id)
async def test_every_size_and_aspect_that_is_offered_is_taken(stage: GeminiStage, model: Model) -> None:
    for size in model.capabilities.sizes:
        for aspect in model.capabilities.aspects:
            assert (
                await result(stage, "picture", replace(stage.request, model=model.id, aspect=aspect, size=size))
            ).data


async def test_a_model_of_one_size_is_not_asked_for_it(stage: GeminiStage) -> None:
    order = await ordered(stage, replace(stage.request, model=LITE.id, aspect="1:1"))
    assert order.config["imageConfig"] == {"aspectRatio": "1:1"}


async def test_a_model_thinks_no_more_than_its_wire_says(stage: GeminiStage) -> None:
    order = await ordered(stage, stage.request)
    assert order.config["thinkingConfig"] == {"thinkingLevel": "MINIMAL", "includeThoughts": False}
    assert "thinkingConfig" not in (await ordered(stage, replace(stage.request, model=PRO.id))).config


async def test_no_seed_is_sent_since_the_models_ignore_it(stage: GeminiStage) -> None:
    assert "seed" not in (await ordered(stage, replace(stage.request, seed=7))).config


async def test_every_category_has_the_same_threshold(stage: GeminiStage) -> None:
    settings = (await ordered(stage, stage.request)).body["safetySettings"]
    assert settings == [{"category": one.value, "threshold": "BLOCK_ONLY_HIGH"} for one in CATEGORIES]


async def test_the_threshold_is_the_operators() -> None:
    async with staged((with_wire(NANO, safety_threshold="BLOCK_LOW_AND_ABOVE"),)) as stage:
        settings = (await ordered(stage, stage.request)).body["safetySettings"]
    assert {one["threshold"] for one in settings} == {"BLOCK_LOW_AND_ABOVE"}


async def test_the_web_is_searched_only_when_asked(stage: GeminiStage) -> None:
    assert "tools" not in (await ordered(stage, stage.request)).body
    assert "tools" not in (await ordered(stage, replace(stage.request, parameters={"web_search": "off"}))).body
    order = await ordered(stage, replace(stage.request, parameters={"web_search": "on"}))
    assert order.body["tools"] == [{"googleSearch": {}}]


@pytest.mark.parametrize(
    ("model", "parameters"), [(LITE, {"web_search": "on"}), (NANO, {"web_search": "maybe"}), (NANO, {"steps": "30"})]
)
async def test_a_parameter_the_model_does_not_take_is_refused_before_the_call(
    stage: GeminiStage, model: Model, parameters: dict[str, str]
) -> None:
    error = await error_of(stage.provider, replace(stage.request, model=model.id, parameters=parameters))
    assert isinstance(error, errors.BadInput)
    assert stage.posts == 0


@pytest.mark.parametrize(("ours", "servers"), [(1.5, "10"), (14, "10"), (180, "175"), (300, "295")])
async def test_the_server_gives_up_a_little_before_we_do_but_never_under_ten_seconds(ours: float, servers: str) -> None:
    async with staged(deadline=ours) as stage:
        assert (await ordered(stage, stage.request)).headers["X-Server-Timeout"] == servers


# ── what comes back ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("scene", ["text_first", "thought_image", "several_images", "url_safe"])
async def test_the_picture_is_found_among_words_thoughts_drafts_and_sketches(stage: GeminiStage, scene: str) -> None:
    assert (await result(stage, scene)).data == drawn(colour_of(stage.request.prompt))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_the_type_of_a_picture_is_what_its_bytes_say(kind: str) -> None:
    buffer = BytesIO()
    Image.new("RGB", (64, 48), "#336699").save(buffer, kind)
    assert read(buffer.getvalue()).picture == buffer.getvalue()
    for part in (buffer.getvalue()[:-20], b"no picture at all"):
        with pytest.raises(errors.Unusable):
            read(part)
    with pytest.raises(errors.NoImage):
        read(b"")


def read(data: bytes) -> Drawn:
    part = {"inlineData": {"mimeType": "image/gif", "data": base64.b64encode(data).decode()}}
    body = json.dumps({"candidates": [{"content": {"parts": [part]}}]}).encode()
    return drawn_in(body, wire_of(NANO, GeminiWire), 0)


async def test_a_picture_costs_what_its_tokens_cost_rounded_up(stage: GeminiStage) -> None:
    first = await result(stage, "text_first")
    # 2,273 tokens in at $1.50, 1,120 of picture at $30, 184 of thoughts at $7.50 a million: 38,389.5
    assert (first.cost, first.tokens) == (38_390, 3_577)
    draft = await result(stage, "thought_image", replace(stage.request, model=PRO.id))
    # 1,153 at $2, 1,120 at $120, 320 at $12: the draft costs nothing by itself
    assert (draft.cost, draft.tokens) == (140_546, 2_593)


async def test_every_picture_of_an_answer_is_paid_and_so_are_its_words(stage: GeminiStage) -> None:
    assert (await result(stage, "several_images")).cost == round(33 * 1.5 + 2_240 * 30 + 14 * 7.5 + 0.5)


async def test_web_searches_are_paid_one_by_one(stage: GeminiStage) -> None:
    asked = replace(stage.request, parameters={"web_search": "on"})
    assert (await result(stage, "searched", asked)).cost == round(133 * 1.5 + 1_120 * 30 + 2 * 14_000 + 0.5)


async def test_without_usage_the_list_price_holds(stage: GeminiStage) -> None:
    drawn_ = await result(stage, "without_usage")
    assert (drawn_.cost, drawn_.tokens) == (None, None)


async def test_what_is_reserved_covers_what_a_picture_costs(stage: GeminiStage) -> None:
    for model in (NANO, PRO, LITE):
        real = (await result(stage, "thought_image", replace(stage.request, model=model.id))).cost
        assert real is not None
        assert real <= model.price("1K", 1) <= real * Decimal("1.2")


# ── failures ─────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("scene", "what", "why", "cost"),
    [
        ("refused_prompt", "prompt", "they ask for something it never draws", 50),
        ("refused_photo", "photo", "it may be unsafe to draw from", 1_730),
        ("refused_result", "result", "it may be unsafe", 3_530),
        ("prohibited_result", "result", "it may show something forbidden", 3_479),
    ],
)
async def test_a_refusal_says_of_what_and_why_and_what_it_cost(
    stage: GeminiStage, scene: str, what: str, why: str, cost: int
) -> None:
    error = await failure(stage, scene)
    assert isinstance(error, errors.Refused)
    assert (error.what, error.why, error.cost, error.reference) == (what, why, cost, None)


async def test_a_filter_of_pictures_means_the_words_where_no_photo_was_sent(stage: GeminiStage) -> None:
    error = await failure(stage, "refused_photo", replace(stage.request, references=()))
    assert isinstance(error, errors.Refused)
    assert (error.what, error.why) == ("prompt", "they ask for a picture that may be unsafe")


async def test_the_messages_of_the_api_and_the_models_own_words_go_to_the_log(stage: GeminiStage) -> None:
    assert "Unable to show the generated image." in (await failure(stage, "refused_result")).detail
    assert "but I can describe it" in (await failure(stage, "text_only")).detail


async def test_a_reason_nobody_knows_is_named(stage: GeminiStage) -> None:
    error = await failure(stage, "unheard_of")
    assert isinstance(error, errors.NoImage)
    assert "MOON_PHASE" in error.detail


@pytest.mark.parametrize(
    ("scene", "cost"), [("no_image", 30), ("text_only", 135), ("only_draft", 2_430), ("empty", None)]
)
async def test_an_answer_without_a_picture_costs_its_words(stage: GeminiStage, scene: str, cost: int | None) -> None:
    assert (await failure(stage, scene)).cost == cost


async def test_an_answer_that_could_be_continued_is_not_bought_twice(stage: GeminiStage) -> None:
    assert isinstance(await failure(stage, "to_be_continued"), errors.NoImage)
    assert stage.posts == 1


@pytest.mark.parametrize(("scene", "seconds"), [("rate_limited", None), ("rate_limited_with_delay", 23.5)])
async def test_the_wait_is_the_one_the_api_asks_for(stage: GeminiStage, scene: str, seconds: float | None) -> None:
    error = await failure(stage, scene)
    assert isinstance(error, errors.RateLimited)
    assert error.retry_after == seconds


@pytest.mark.parametrize(("header", "seconds"), [("3", 3.0), (None, None)])
def test_a_front_of_googles_may_ask_for_the_wait_in_a_header(header: str | None, seconds: float | None) -> None:
    response = httpx2.Response(503, headers={"Retry-After": header} if header else {})
    error = translated(ServerError(503, {"error": {"status": "UNAVAILABLE"}}, response), KEY, 0)
    assert isinstance(error, errors.Unavailable)
    assert error.retry_after == seconds


@pytest.mark.parametrize(
    ("scene", "problem"),
    [
        ("bad_photo", "photo"),
        ("bad_input", "parameter"),
        ("short_deadline", "input"),
        ("lost_signature", "parameter"),
    ],
)
async def test_what_does_not_fit_is_a_photo_or_a_setting(stage: GeminiStage, scene: str, problem: str) -> None:
    error = await failure(stage, scene)
    assert isinstance(error, errors.BadInput)
    assert error.problem == problem


async def test_a_picture_of_more_than_thirty_megabytes_is_none(stage: GeminiStage) -> None:
    error = await failure(stage, "too_large")
    assert isinstance(error, errors.Unusable)
    assert error.cost is None


async def test_an_answer_that_never_ends_is_not_read_to_its_end(stage: GeminiStage) -> None:
    error = await failure(stage, "endless")
    assert isinstance(error, errors.Unusable)
    assert (error.detail, error.cost) == ("the answer is larger than 64 MB", None)


async def test_the_key_is_in_nothing_that_is_said(stage: GeminiStage) -> None:
    error = await failure(stage, "echoed_key")
    assert isinstance(error, errors.Misconfigured)
    assert "Your API key … was reported as leaked." in error.detail


# ── lost answers ─────────────────────────────────────────────────────────────────────────────────────────


async def test_a_call_that_was_cut_off_within_its_body_cannot_have_been_accepted(stage: GeminiStage) -> None:
    large = photos(*(PHOTO + os.urandom(4 * 2**20) for _ in range(6)))
    error = await failure(stage, "cut_within", replace(stage.request, references=large))
    assert isinstance(error, errors.Unavailable)
    assert error.cost == 0


@pytest.mark.parametrize("scene", ["cut_before", "cut_after", "timeout"])
async def test_a_call_that_was_sent_whole_may_have_been_accepted(stage: GeminiStage, scene: str) -> None:
    error = await failure(stage, scene)
    assert isinstance(error, errors.UnknownOutcome)
    assert error.cost is None


async def test_a_call_that_found_nobody_was_not_accepted() -> None:
    with socket.socket() as taken:  # bound but not listening, so that nobody else does
        taken.bind(("127.0.0.1", 0))
        settings = {"GEMINI_API_KEY": KEY, "GOOGLE_GEMINI_BASE_URL": f"http://127.0.0.1:{taken.getsockname()[1]}"}
        provider = gemini.build(setup_of("gemini", settings))
        error = await error_of(provider, Request(NANO.id, "a red fox"))
        await provider.aclose()
    assert isinstance(error, errors.Unavailable)


async def test_a_call_cannot_be_asked_for_later(stage: GeminiStage) -> None:
    ticket = await stage.provider.submit(stage.request, "one")
    assert (ticket.external_id, ticket.model) == (None, NANO.id)
    assert await stage.provider.collect(ticket) == ticket.result
    with pytest.raises(errors.UnknownOutcome):
        await stage.provider.find(stage.request, "one", ())
    with pytest.raises(errors.UnknownOutcome):
        await stage.provider.collect(Ticket(model=NANO.id))


# ── settings ─────────────────────────────────────────────────────────────────────────────────────────────


async def test_the_check_names_models_that_are_gone(stage: GeminiStage) -> None:
    stage.api.models.remove(LITE.id)
    assert list((await stage.provider.check()).faults) == [Fault(LITE.id)]


async def test_the_check_tells_a_bad_key() -> None:
    async with staged(key="AIzaSomebodyElses") as stage:
        with pytest.raises(errors.Misconfigured):
            await stage.provider.check()


@pytest.mark.parametrize(
    ("scene", "kind"), [("html_instead", errors.Misconfigured), ("gateway_page", errors.Unavailable)]
)
async def test_the_check_tells_an_address_that_is_not_the_api(
    stage: GeminiStage, scene: str, kind: type[ProviderError]
) -> None:
    stage.play(scene)
    with pytest.raises(kind):
        await stage.provider.check()


async def test_a_page_that_is_no_api_at_all_is_a_wrong_address() -> None:
    runner = web.AppRunner(web.Application())
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    settings = {"GEMINI_API_KEY": KEY, "GOOGLE_GEMINI_BASE_URL": f"http://127.0.0.1:{runner.addresses[0][1]}"}
    provider = gemini.build(setup_of("gemini", settings))
    assert isinstance(await error_of(provider, Request(NANO.id, "a red fox")), errors.Misconfigured)
    await provider.aclose()
    await runner.cleanup()


@pytest.mark.parametrize(
    ("settings", "at_fault"),
    [
        ({}, "GEMINI_API_KEY"),
        ({"GEMINI_API_KEY": "  "}, "GEMINI_API_KEY"),
        ({"GEMINI_API_KEY": "AIza\nSecond"}, "GEMINI_API_KEY"),
        ({"GEMINI_API_KEY": KEY, "GOOGLE_GEMINI_BASE_URL": "localhost"}, "GOOGLE_GEMINI_BASE_URL"),
        ({"GEMINI_API_KEY": KEY, "GOOGLE_GEMINI_BASE_URL": "http://x:port"}, "GOOGLE_GEMINI_BASE_URL"),
    ],
)
def test_settings_that_cannot_work_are_named(settings: dict[str, str], at_fault: str) -> None:
    with pytest.raises(SettingError) as caught:
        gemini.build(setup_of("gemini", settings))
    assert caught.value.key == at_fault
    assert "Second" not in str(caught.value)


@pytest.mark.parametrize(
    "wire",
    [
        {"safety_threshold": "OFF"},
        {"safety_threshold": "BLOCK_NONE"},
        {"safety_threshold": "block only high"},
        {"safety_treshold": "BLOCK_LOW_AND_ABOVE"},
        {"thinking": "deeply"},
        {"image_out": "cheap"},
    ],
)
def test_a_wire_that_cannot_be_meant_is_named(wire: dict[str, str]) -> None:
    setup = replace(setup_of("gemini", {"GEMINI_API_KEY": KEY}), models=(with_wire(NANO, **wire),))
    with pytest.raises(SettingError) as caught:
        gemini.build(setup)
    assert caught.value.key == "MODELS_FILE"
    assert NANO.id in caught.value.fix
    assert next(iter(wire)) in caught.value.fix
