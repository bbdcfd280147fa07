"""fal's queue: nothing is bought twice, and what was bought is fetched even after a restart."""

import asyncio
import base64
import socket
from collections.abc import AsyncIterator
from dataclasses import replace

import httpx
import pytest

from providers.contract.errors import (
    BadInput,
    Misconfigured,
    ModelAsks,
    OutOfCredit,
    ProviderError,
    RateLimited,
    Refused,
    SettingError,
    Unavailable,
    UnknownOutcome,
)
from providers.contract.provider import Reference, Ticket
from providers.fal import provider as fal
from providers.fal.answer import Place, place_of
from providers.fal.errors import translated
from tests.harness.setups import setup_of, shipped
from tests.servers.fal import KEY, MODEL, REQUEST, SCENES, FalStage, colour_of, staged
from tests.servers.pictures import drawn
from tests.servers.stage import PHOTO


@pytest.fixture
async def stage() -> AsyncIterator[FalStage]:
    async with staged() as one:
        yield one


async def failed(stage: FalStage, scene: str) -> ProviderError:
    """What the provider makes of a scene."""
    stage.play(scene)
    with pytest.raises(ProviderError) as caught:
        await stage.provider.collect(await stage.provider.submit(stage.request, "key"))
    return caught.value


async def test_a_request_becomes_a_picture(stage: FalStage) -> None:
    result = await stage.provider.collect(await stage.provider.submit(stage.request, "key"))
    [call] = stage.api.calls.values()
    assert result.data == drawn(colour_of(call.inputs))
    assert result.seed == 7
    assert result.cost is None, "fal does not tell; the price list holds"


async def test_the_request_is_spelled_as_the_model_list_says(stage: FalStage) -> None:
    wish = replace(stage.request, aspect="4:5", size="2K", parameters={"web_search": "on"}, index=2)
    await stage.provider.submit(wish, "key")
    [call] = stage.api.calls.values()
    assert call.endpoint == "fal-ai/nano-banana-pro/edit"
    assert call.inputs == {
        "prompt": "a red fox",
        "image_urls": [f"data:image/jpeg;base64,{base64.b64encode(PHOTO).decode()}"],
        "aspect_ratio": "4:5",
        "resolution": "2K",
        "enable_web_search": True,
        "seed": 9,
        "num_images": 1,
        "limit_generations": True,
        "output_format": "png",
        "safety_tolerance": "4",
    }


async def test_web_search_is_not_paid_for_unless_it_is_asked_for(stage: FalStage) -> None:
    await stage.provider.submit(stage.request, "key")
    [call] = stage.api.calls.values()
    assert "enable_web_search" not in call.inputs
    [model] = [one for one in shipped("fal") if one.id == MODEL]
    assert model.price("1K", 1) == 150_000
    assert model.price("1K", 1, {"web_search": "on"}) == 165_000


async def test_a_model_without_a_word_for_auto_is_told_no_aspect(stage: FalStage) -> None:
    await stage.provider.submit(replace(stage.request, model="fal:fal-ai/flux-pro/kontext/multi"), "key")
    [call] = stage.api.calls.values()
    assert "aspect_ratio" not in call.inputs


async def test_a_lora_of_the_operators_list_is_loaded() -> None:
    async with staged() as stage:
        setup = setup_of("fal", {"FAL_KEY": KEY, "FAL_QUEUE_URL": stage.url})
        mine = [replace(one, loras={"mila": "https://files.example/mila.safetensors"}) for one in setup.models]
        provider = fal.build(replace(setup, models=tuple(mine)))
        wish = replace(stage.request, model="fal:fal-ai/flux-lora", references=(), parameters={"lora": "mila"})
        await provider.submit(wish, "key")
        await provider.aclose()
        [call] = stage.api.calls.values()
        assert call.inputs["loras"] == [{"path": "https://files.example/mila.safetensors", "scale": 1}]
        assert call.inputs["image_size"] == "square_hd"


@pytest.mark.parametrize("model", shipped("fal"), ids=lambda model: model.id)
def test_every_model_names_its_endpoint_and_leaves_the_checkers_on(model: object) -> None:
    text = str(model)
    assert "safety_checker" not in text
    assert "'sync_mode'" not in text


# ── once, and after a restart ────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("scene", SCENES)
async def test_no_failure_ever_sends_the_paid_call_again(stage: FalStage, scene: str) -> None:
    error = await failed(stage, scene)
    assert type(error) is SCENES[scene]
    assert stage.posts == 1


async def test_a_picture_that_was_sold_is_never_said_to_be_unpaid(stage: FalStage) -> None:
    for scene in SCENES:
        before = len(stage.sold)
        error = await failed(stage, scene)
        if len(stage.sold) > before:
            assert error.cost is None, scene


async def test_the_ticket_outlives_the_provider(stage: FalStage) -> None:
    ticket = await stage.provider.submit(stage.request, "key")
    assert ticket.external_id == str(Place("fal-ai/nano-banana-pro/edit", next(iter(stage.api.calls))))
    assert len(ticket.external_id) <= 200
    after = fal.build(setup_of("fal", {"FAL_KEY": KEY, "FAL_QUEUE_URL": stage.url}), fal.Pace(look=0.0))
    result = await after.collect(Ticket(ticket.external_id, model=ticket.model))
    await after.aclose()
    assert result.data == (await stage.provider.collect(ticket)).data
    assert stage.posts == 1


async def test_trouble_while_the_picture_is_drawn_is_waited_out(stage: FalStage) -> None:
    ticket = await stage.provider.submit(stage.request, "key")
    stage.api.troubles.extend(["503", "cut", "429", "500"])
    assert (await stage.provider.collect(ticket)).data


async def test_trouble_when_the_picture_is_done_is_waited_out_too(stage: FalStage) -> None:
    ticket = await stage.provider.submit(stage.request, "key")
    stage.api.late_troubles.extend(["502", "cut", "429", "500"])
    assert (await stage.provider.collect(ticket)).data


async def test_a_host_that_cannot_be_reached_was_sold_nothing() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    provider = fal.build(setup_of("fal", {"FAL_KEY": KEY, "FAL_QUEUE_URL": f"http://127.0.0.1:{port}"}))
    for call in (provider.submit(REQUEST, "key"), provider.check(), provider.cancel(Ticket("a/b|c"))):
        with pytest.raises(Unavailable):
            await call
    await provider.aclose()


async def test_a_lost_answer_cannot_be_asked_for(stage: FalStage) -> None:
    with pytest.raises(UnknownOutcome):
        await stage.provider.find(stage.request, "key", ())


async def test_a_ticket_of_nobody_is_not_asked_for(stage: FalStage) -> None:
    for nonsense in ("never heard of", "a/b|../c", "http://elsewhere.example/a|b", "a|b"):
        with pytest.raises(UnknownOutcome):
            await stage.provider.collect(Ticket(nonsense))
        await stage.provider.cancel(Ticket(nonsense))
    assert not stage.api.asked


def test_a_place_is_read_back_as_it_was_written() -> None:
    for endpoint in ("fal-ai/flux-lora", "fal-ai/flux-pro/kontext/multi", "workflows/me/mine", "comfy/me/mine/sub"):
        assert place_of(str(Place(endpoint, "764cabcf-b745"))) == Place(endpoint, "764cabcf-b745")
    assert Place("fal-ai/flux-pro/kontext/multi", "1").path == "fal-ai/flux-pro/requests/1"
    assert Place("workflows/me/mine/sub", "1").path == "workflows/me/mine/requests/1"


# ── what an error tells ──────────────────────────────────────────────────────────────────────────────────


async def test_a_refusal_tells_what_was_refused(stage: FalStage) -> None:
    prompt = await failed(stage, "refused_prompt")
    photo = await failed(stage, "refused_photo")
    result = await failed(stage, "refused_result")
    assert isinstance(prompt, Refused)
    assert isinstance(photo, Refused)
    assert isinstance(result, Refused)
    assert (prompt.what, prompt.reference, prompt.cost) == ("prompt", None, 0)
    assert (photo.what, photo.reference, photo.cost) == ("photo", 2, 0)
    assert (result.what, result.cost) == ("result", None)
    assert "flagged" in prompt.why
    assert "a secret" not in prompt.detail, "the input is repeated in the answer, and stays there"


@pytest.mark.parametrize(("scene", "problem"), [("bad_input", "parameter"), ("bad_photo", "photo")])
async def test_a_request_that_does_not_fit_tells_where(stage: FalStage, scene: str, problem: str) -> None:
    error = await failed(stage, scene)
    assert isinstance(error, BadInput)
    assert error.problem == problem


async def test_a_limit_tells_how_long_to_wait_where_fal_says(stage: FalStage) -> None:
    vague, exact = await failed(stage, "rate_limited"), await failed(stage, "rate_limited_with_delay")
    overloaded = await failed(stage, "overloaded")
    assert isinstance(vague, RateLimited)
    assert isinstance(exact, RateLimited)
    assert isinstance(overloaded, Unavailable)
    assert (vague.retry_after, exact.retry_after, overloaded.retry_after) == (None, 7.0, 3.0)


async def test_words_in_place_of_a_picture_are_the_models_own_and_paid(stage: FalStage) -> None:
    error = await failed(stage, "no_image")
    assert isinstance(error, ModelAsks)
    assert (error.words, error.cost) == ("I would rather talk.", None)


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (httpx.ConnectError("refused"), Unavailable),
        (httpx.ConnectTimeout("nobody there"), Unavailable),
        (httpx.PoolTimeout("busy"), Unavailable),
        (httpx.ReadTimeout("silence"), UnknownOutcome),
        (httpx.WriteTimeout("stuck"), UnknownOutcome),
        (httpx.ReadError("cut"), UnknownOutcome),
        (httpx.RemoteProtocolError("nonsense"), UnknownOutcome),
    ],
)
def test_only_what_never_left_is_said_not_to_be_accepted(error: httpx.HTTPError, kind: type[ProviderError]) -> None:
    assert type(translated(error)) is kind


# ── stopping, checking, building ─────────────────────────────────────────────────────────────────────────


async def test_a_call_is_cancelled_by_its_place(stage: FalStage) -> None:
    ticket = await stage.provider.submit(stage.request, "key")
    await stage.provider.cancel(ticket)
    [id_] = stage.api.calls
    assert stage.api.asked[-1] == ("PUT", f"/fal-ai/nano-banana-pro/requests/{id_}/cancel")
    with pytest.raises(Unavailable):
        await stage.provider.collect(ticket)


async def test_cancelling_what_is_done_or_unknown_is_silent(stage: FalStage) -> None:
    ticket = await stage.provider.submit(stage.request, "key")
    await stage.provider.collect(ticket)
    await stage.provider.cancel(ticket)
    await stage.provider.cancel(Ticket(str(Place("fal-ai/nano-banana-pro/edit", "unknown"))))


async def test_giving_up_a_collect_takes_effect(stage: FalStage) -> None:
    ticket = await stage.provider.submit(stage.request, "key")
    slow = fal.build(setup_of("fal", {"FAL_KEY": KEY, "FAL_QUEUE_URL": stage.url}), fal.Pace(look=3600.0))
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(slow.collect(ticket), 0.05)
    await slow.aclose()


async def test_a_good_key_is_told_from_a_bad_one_for_nothing(stage: FalStage) -> None:
    assert not (await stage.provider.check()).faults
    async with staged(key="wrong") as other:
        with pytest.raises(Misconfigured):
            await other.provider.check()
        assert other.posts == 0
    assert stage.posts == 0


def test_a_setting_that_cannot_work_is_named() -> None:
    for key, settings in (
        ("FAL_KEY", {}),
        ("FAL_KEY", {"FAL_KEY": "ключ"}),
        ("FAL_QUEUE_URL", {"FAL_KEY": KEY, "FAL_QUEUE_URL": "queue.fal.run"}),
        ("FAL_QUEUE_URL", {"FAL_KEY": KEY, "FAL_QUEUE_URL": "http://[::1"}),
    ):
        with pytest.raises(SettingError) as caught:
            fal.build(setup_of("fal", settings))
        assert caught.value.key == key


def test_a_model_without_an_endpoint_is_named() -> None:
    setup = setup_of("fal", {"FAL_KEY": KEY})
    with pytest.raises(SettingError, match="remote"):
        fal.build(replace(setup, models=(replace(setup.models[0], remote="flux"),)))


def test_a_word_of_the_list_that_means_nothing_is_named_since_photos_might_be_left_out_for_it() -> None:
    setup = setup_of("fal", {"FAL_KEY": KEY})
    model = replace(setup.models[0], wire={"referenzes": "image_urls"})
    with pytest.raises(SettingError, match=r"wire\.referenzes"):
        fal.build(replace(setup, models=(model,)))


async def test_the_photos_stay_inside_the_request(stage: FalStage) -> None:
    two = (Reference(b"one", "image/png", "face"), Reference(b"two", "image/webp", "style"))
    await stage.provider.submit(replace(stage.request, references=two), "key")
    [call] = stage.api.calls.values()
    assert call.inputs["image_urls"] == ["data:image/png;base64,b25l", "data:image/webp;base64,dHdv"]
    assert [method for method, _ in stage.api.asked] == ["POST"]


async def test_out_of_credit_and_a_forbidden_key_are_told_apart(stage: FalStage) -> None:
    assert isinstance(await failed(stage, "out_of_credit"), OutOfCredit)
    assert isinstance(await failed(stage, "forbidden"), Misconfigured)
