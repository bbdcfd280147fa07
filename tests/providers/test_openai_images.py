"""OpenAI's images and servers like it: what goes over the wire, what is made of the answers. The rest every provider
owes is in test_contract.py."""

import asyncio
import base64
import json
import socket
from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from io import BytesIO
from typing import Any

import pytest
import pytest_asyncio
from PIL import Image

from providers.contract import errors
from providers.contract.model import Capabilities, Model
from providers.contract.provider import Fault, Reference, Request, Result, Ticket
from providers.openai_images.answer import answer_of
from providers.openai_images.provider import build
from providers.openai_images.request import OpenAIWire, TokenPrices, fields_of
from providers.shared.model_wire import wire_of
from tests.harness.setups import setup_of, shipped
from tests.servers import pictures
from tests.servers.openai_images import KEY, USAGE, OpenAIStage, staged
from tests.servers.pictures import colour_of
from tests.servers.stage import PHOTO

FLARE = "gpt-image-2.5-flare"
PRICES = TokenPrices(text=Decimal(5), image=Decimal(8), output=Decimal(30))
PNG = pictures.drawn("336699")
COST = 32 * 5 + 788 * 8 + 1056 * 30
"""Microdollars for USAGE at PRICES."""


@pytest_asyncio.fixture
async def stage() -> AsyncIterator[OpenAIStage]:
    async with staged() as running:
        yield running


def own(**wire: Any) -> Model:
    """A model on a server of one's own."""
    capabilities = Capabilities(max_references=4, seed=True, parameters=("steps", "negative"))
    prices = {"*": Decimal(0)}
    return Model("qwen", "openai", "Qwen", capabilities, prices, "2026-11-20", remote="Qwen/Qwen-Image-Edit", wire=wire)


def photos(count: int) -> tuple[Reference, ...]:
    return tuple(Reference(PHOTO + bytes([number]), "image/jpeg", "face") for number in range(count))


async def drawn(stage: OpenAIStage, request: Request | None = None) -> Result:
    return await stage.provider.collect(await stage.provider.submit(request or stage.request, "key"))


async def failure(stage: OpenAIStage, scene: str) -> errors.ProviderError:
    stage.play(scene)
    with pytest.raises(errors.ProviderError) as caught:
        await drawn(stage)
    return caught.value


def encoded(**answer: Any) -> bytes:
    return json.dumps(answer).encode()


# ── the request ──────────────────────────────────────────────────────────────────────────────────────────


async def test_without_photos_a_picture_is_generated_from_json(stage: OpenAIStage) -> None:
    await drawn(stage, Request(FLARE, "a red fox", aspect="2:3"))
    [call] = stage.api.seen
    assert (call.path, call.authorization) == ("/v1/images/generations", f"Bearer {KEY}")
    assert call.fields == {"model": FLARE, "prompt": "a red fox", "quality": "high", "size": "1024x1536"}


async def test_with_photos_they_are_sent_as_a_form_byte_for_byte_and_in_order(stage: OpenAIStage) -> None:
    given = photos(3)
    await drawn(stage, Request(FLARE, "the three of them", given))
    [call] = stage.api.seen
    assert call.path == "/v1/images/edits"
    assert call.fields == {"model": FLARE, "prompt": "the three of them", "quality": "high", "size": "auto"}
    assert [file[:3] for file in call.files] == [("image[]", f"{number}.jpg", "image/jpeg") for number in (1, 2, 3)]
    assert [file[3] for file in call.files] == [photo.data for photo in given]


async def test_a_single_photo_has_the_field_that_takes_one(stage: OpenAIStage) -> None:
    await drawn(stage)
    assert [file[0] for file in stage.api.seen[0].files] == ["image"]


@pytest.mark.parametrize(("count", "field"), [(1, "image"), (3, "image"), (1, "image[]")])
async def test_another_server_may_want_its_photos_in_a_field_of_another_name(count: int, field: str) -> None:
    async with staged((own(photo=field),)) as stage:
        await drawn(stage, Request("qwen", "at the sea", photos(count)))
        assert {file[0] for file in stage.api.seen[0].files} == {field}


async def test_what_a_model_list_does_not_name_is_not_sent() -> None:
    async with staged((own(),)) as stage:
        await drawn(stage, Request("qwen", "at the sea", aspect="4:5", size="2K", seed=7))
        assert stage.api.seen[0].fields == {"model": "Qwen/Qwen-Image-Edit", "prompt": "at the sea"}


def test_fixed_fields_the_seed_and_parameters_go_by_the_names_of_the_model_list() -> None:
    model = own(seed="seed", parameters={"steps": "num_inference_steps"}, fixed={"response_format": "b64_json"})
    request = Request("qwen", "at the sea", seed=7, index=2, parameters={"steps": "30", "negative": "rain"})
    assert fields_of(request, model, wire_of(model, OpenAIWire)) == {
        "model": "Qwen/Qwen-Image-Edit",
        "prompt": "at the sea",
        "response_format": "b64_json",
        "seed": 9,
        "num_inference_steps": "30",
        "negative": "rain",
    }


async def test_a_parameter_the_model_does_not_list_is_refused_before_anything_is_sent(stage: OpenAIStage) -> None:
    with pytest.raises(errors.BadInput):
        await drawn(stage, replace(stage.request, parameters={"moderation": "low"}))
    assert stage.posts == 0


async def test_a_server_without_a_key_is_sent_none() -> None:
    async with staged(key="") as stage:
        await drawn(stage)
        assert stage.api.seen[0].authorization is None


@pytest.mark.parametrize("model", shipped("openai"), ids=lambda model: model.id)
def test_every_shipped_size_fits_the_model_and_has_its_aspect(model: Model) -> None:
    sizes = wire_of(model, OpenAIWire).sizes
    assert set(sizes) == set(model.capabilities.sizes)
    for words in sizes.values():
        assert set(words) == set(model.capabilities.aspects)
        for aspect in set(words) - {"auto"}:
            width, height = (int(side) for side in words[aspect].split("x"))
            assert (width % 16, height % 16) == (0, 0)
            assert Fraction(width, height) == Fraction(*(int(part) for part in aspect.split(":")))
            assert 655_360 <= width * height <= 2048 * 2048


# ── the answer ───────────────────────────────────────────────────────────────────────────────────────────


async def test_a_picture_comes_with_its_tokens_and_what_they_cost(stage: OpenAIStage) -> None:
    result = await drawn(stage)
    with Image.open(BytesIO(result.data)) as image:
        assert image.getpixel((0, 0)) == tuple(bytes.fromhex(colour_of(stage.request.prompt)))
    assert (result.tokens, result.cost) == (1876, COST)


async def test_without_token_prices_or_usage_the_list_price_holds(stage: OpenAIStage) -> None:
    stage.play("without_usage")
    assert (await drawn(stage)).cost is None
    async with staged((own(),)) as other:
        result = await drawn(other, Request("qwen", "at the sea"))
        assert (result.tokens, result.cost) == (1876, None)


async def test_a_picture_may_come_as_a_url_on_the_server_itself(stage: OpenAIStage) -> None:
    await drawn(stage)
    stage.play("by_url")
    assert (await drawn(stage)).data == (await drawn(stage)).data


async def test_a_picture_at_another_private_address_is_not_fetched(stage: OpenAIStage) -> None:
    async with staged() as other:
        stage.api.others_files = other.api.files
        stage.play("by_url")
        with pytest.raises(errors.Unusable):
            await drawn(stage)


@pytest.mark.parametrize(
    ("usage", "cost"),
    [
        (USAGE, COST),
        ({"input_tokens": 820, "output_tokens": 1056}, 820 * 8 + 1056 * 30),
        ({"input_tokens": 10, "input_tokens_details": {"text_tokens": 99}, "output_tokens": 0}, 50),
        ({"input_tokens": 820}, None),
        ({"input_tokens": "820", "output_tokens": -1}, None),
        ({}, None),
        (None, None),
    ],
)
def test_tokens_are_priced_as_far_as_they_are_told(usage: object, cost: int | None) -> None:
    body = encoded(data=[{"b64_json": base64.b64encode(PNG).decode()}], usage=usage)
    assert answer_of(body, PRICES, 1).cost == cost


def test_base64_may_come_as_a_data_uri() -> None:
    text = "data:image/png;base64," + base64.b64encode(PNG).decode()
    assert answer_of(encoded(data=[{"b64_json": text}]), None, 1).picture == PNG


@pytest.mark.parametrize(
    "answer", [{}, {"data": None}, {"data": []}, {"data": [{}]}, {"data": [{"b64_json": ""}]}, {"data": ["picture"]}]
)
def test_an_answer_without_a_picture_is_one_at_list_price(answer: Mapping[str, Any]) -> None:
    with pytest.raises(errors.NoImage) as caught:
        answer_of(encoded(**answer), PRICES, 1)
    assert caught.value.cost is None


def test_a_picture_of_more_than_30_mb_is_none() -> None:
    text = base64.b64encode(b"\xff\xd8\xff" + bytes(30 * 2**20) + b"\xff\xd9").decode()
    with pytest.raises(errors.Unusable):
        answer_of(encoded(data=[{"b64_json": text}]), None, 1)


@pytest.mark.parametrize("body", [b"", b'{"data": [{"b64_json": "iVBO', b"\xff\xfe", b"OK"])
def test_an_answer_that_cannot_be_read_leaves_the_outcome_open(body: bytes) -> None:
    with pytest.raises(errors.UnknownOutcome):
        answer_of(body, None, 1)


# ── failures ─────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("scene", "what", "cost"),
    [("refused_prompt", "prompt", 0), ("refused_photo", "photo", 0), ("refused_result", "result", None)],
)
async def test_a_refusal_says_what_was_refused_and_only_a_drawn_picture_is_paid(
    stage: OpenAIStage, scene: str, what: str, cost: int | None
) -> None:
    refusal = await failure(stage, scene)
    assert isinstance(refusal, errors.Refused)
    assert (refusal.what, refusal.why, refusal.cost) == (what, "It was not to be.", cost)


@pytest.mark.parametrize(("scene", "seconds"), [("rate_limited", None), ("rate_limited_with_delay", 12.0)])
async def test_a_rate_limit_says_how_long_to_wait_when_the_answer_does(
    stage: OpenAIStage, scene: str, seconds: float | None
) -> None:
    limit = await failure(stage, scene)
    assert isinstance(limit, errors.RateLimited)
    assert limit.retry_after == seconds


async def test_a_server_under_load_says_when_to_come_back(stage: OpenAIStage) -> None:
    down = await failure(stage, "overloaded")
    assert isinstance(down, errors.Unavailable)
    assert down.retry_after == 3


@pytest.mark.parametrize(("scene", "problem"), [("bad_input", "parameter"), ("bad_photo", "photo")])
async def test_bad_input_says_what_does_not_fit(stage: OpenAIStage, scene: str, problem: str) -> None:
    bad = await failure(stage, scene)
    assert isinstance(bad, errors.BadInput)
    assert bad.problem == problem


async def test_an_answer_without_a_picture_costs_its_tokens(stage: OpenAIStage) -> None:
    for scene in ("no_image", "no_base64"):
        assert (await failure(stage, scene)).cost == COST


async def test_a_key_that_the_server_repeats_is_in_no_words_of_ours(stage: OpenAIStage) -> None:
    refused = await failure(stage, "bad_key")
    assert KEY not in f"{refused.detail} {refused}"


async def test_a_connection_that_was_never_made_proves_that_nothing_was_bought() -> None:
    with socket.socket() as taken:  # bound, but nobody listens
        taken.bind(("127.0.0.1", 0))
        settings = {"OPENAI_BASE_URL": f"http://127.0.0.1:{taken.getsockname()[1]}/v1"}
        provider = build(setup_of("openai", settings))
        with pytest.raises(errors.Unavailable) as caught:
            await provider.submit(Request(FLARE, "a red fox"), "key")
        await provider.aclose()
    assert caught.value.cost == 0


async def test_an_answer_that_never_ends_is_not_read_to_its_end(stage: OpenAIStage) -> None:
    error = await failure(stage, "endless")
    assert isinstance(error, errors.Unusable)
    assert (error.detail, error.cost) == ("the answer is larger than 64 MB", None)


async def test_an_id_without_its_picture_has_an_unknown_outcome(stage: OpenAIStage) -> None:
    with pytest.raises(errors.UnknownOutcome):
        await stage.provider.collect(Ticket("call-1", model=FLARE))


# ── the key and the list of models ───────────────────────────────────────────────────────────────────────


async def test_the_check_names_models_that_are_gone(stage: OpenAIStage) -> None:
    assert not (await stage.provider.check()).faults
    stage.api.models = [FLARE, "gpt-image-3"]
    assert list((await stage.provider.check()).faults) == [Fault("gpt-image-2.5-sunburst")]
    assert stage.posts == 0


async def test_a_server_without_a_list_of_models_passes_the_check(stage: OpenAIStage) -> None:
    stage.api.models = None
    assert not (await stage.provider.check()).faults


@pytest.mark.parametrize(
    ("key", "models", "proved"),
    [
        (KEY, [FLARE], "the key is good, and its models are listed"),
        ("", [FLARE], "the server answers, and its models are listed"),
        (KEY, None, "the server answers, but lists no models, so neither they nor a key were tried"),
    ],
)
async def test_the_check_says_no_more_than_it_proved(key: str, models: list[str] | None, proved: str) -> None:
    async with staged(key=key) as stage:
        stage.api.models, stage.api.open = models, not key
        assert (await stage.provider.check()).proved == proved


async def test_a_server_that_takes_no_photos_is_found_out_without_a_call(stage: OpenAIStage) -> None:
    stage.api.edits = False
    faults = (await stage.provider.check()).faults
    assert {fault.model for fault in faults} == {model.id for model in shipped("openai")}
    assert {fault.lack for fault in faults} == {
        "the server has no /images/edits, where photos are sent; write max_references = 0 in MODELS_FILE"
    }
    assert stage.posts == 0


async def test_a_server_that_hides_its_routes_is_not_said_to_lack_one(stage: OpenAIStage) -> None:
    stage.api.hides, stage.api.edits = True, False
    health = await stage.provider.check()
    assert not health.faults
    assert health.proved.endswith("; whether it takes photos is not told for free")


async def test_a_server_that_does_not_answer_the_check_is_down_and_nothing_was_bought(stage: OpenAIStage) -> None:
    stage.api.listing = 502
    with pytest.raises(errors.Unavailable):
        await stage.provider.check()


async def test_a_wrong_key_is_noticed_by_the_check() -> None:
    async with staged(key="sk-another") as stage:
        with pytest.raises(errors.Misconfigured):
            await stage.provider.check()


@pytest.mark.parametrize("address", ["localhost:8000", "ftp://127.0.0.1/v1", "https://", "http://[::1/v1"])
def test_an_address_that_is_none_is_refused_at_the_start(address: str) -> None:
    with pytest.raises(errors.SettingError) as caught:
        build(setup_of("openai", {"OPENAI_BASE_URL": address}))
    assert caught.value.key == "OPENAI_BASE_URL"


@pytest.mark.parametrize("key", ["sk-\u043a\u043b\u044e\u0447", "sk-1\nsk-2"])
def test_a_key_that_cannot_be_one_is_refused_at_the_start(key: str) -> None:
    with pytest.raises(errors.SettingError) as caught:
        build(setup_of("openai", {"OPENAI_API_KEY": key}))
    assert caught.value.key == "OPENAI_API_KEY"


@pytest.mark.parametrize("wire", [{"sise": "1024x1024"}, {"photo": "picture"}, {"token_prices": {"text": "5"}}])
def test_a_wire_that_makes_no_sense_is_refused_at_the_start(wire: dict[str, Any]) -> None:
    with pytest.raises(errors.SettingError, match="'qwen'"):
        build(replace(setup_of("openai"), models=(own(**wire),)))


async def test_many_photos_at_once_arrive_with_their_own_calls(stage: OpenAIStage) -> None:
    requests = [Request(FLARE, f"picture {number}", photos(number)) for number in range(6)]
    results = await asyncio.gather(*(drawn(stage, request) for request in requests))
    for request, result in zip(requests, results, strict=True):
        with Image.open(BytesIO(result.data)) as image:
            assert image.getpixel((0, 0)) == tuple(bytes.fromhex(colour_of(request.prompt)))
