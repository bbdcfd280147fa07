"""Replicate, over loopback HTTP: how a picture is bought, waited for and fetched, and what each failure costs."""

import json
import socket
from collections.abc import AsyncIterator
from dataclasses import replace
from decimal import Decimal

import pytest
from aiohttp import web

from providers.contract.errors import (
    BadInput,
    Gone,
    Misconfigured,
    ProviderError,
    RateLimited,
    Refused,
    SettingError,
    Unavailable,
    UnknownOutcome,
)
from providers.contract.model import Capabilities, Model
from providers.contract.provider import Reference, Request, Result, Ticket
from providers.replicate.errors import translated
from providers.replicate.provider import build
from providers.replicate.transport import Answered
from tests.harness.setups import setup_of
from tests.servers.replicate import QUICK, TOKEN, Stage, staged
from tests.servers.replicate_scenes import picture

KEY = "019a9d3c5e007abc8def0123456789ab"
HASH = "0123456789abcdef" * 4
MILA = Model(
    id="mila",
    provider="replicate",
    name="Mila",
    capabilities=Capabilities(max_references=0, deadline=900.0),
    prices={"*": Decimal("0.02")},
    as_of="2026-11-20",
    remote=f"me/mila:{HASH}",
    wire={"fixed": {"model": "dev"}},
)


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    async with staged() as opened:
        yield opened


async def drawn(stage: Stage, request: Request | None = None, key: str = KEY) -> Result:
    return await stage.provider.collect(await stage.provider.submit(request or stage.request, key))


async def failure(stage: Stage, scene: str) -> ProviderError:
    stage.play(scene)
    with pytest.raises(ProviderError) as caught:
        await drawn(stage)
    return caught.value


def asked(stage: Stage, method: str, path: str) -> int:
    return sum(one.method == method and one.path.startswith(path) for one in stage.heard)


# ── a picture ────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_picture_is_bought_once_waited_for_and_fetched(stage: Stage) -> None:
    ticket = await stage.provider.submit(stage.request, KEY)
    assert ticket == Ticket(stage.only().id, model=stage.request.model)
    assert await stage.provider.collect(ticket) == Result(picture("7"), seed=7)
    assert stage.posts == 1
    assert stage.sold == [stage.only().id]


async def test_the_first_picture_is_taken_of_a_model_that_answers_with_a_list(stage: Stage) -> None:
    request = Request("bytedance/seedream-4.5", "a red fox", size="2K")
    assert (await drawn(stage, request)).data == picture(stage.only().id)


async def test_each_picture_of_a_request_has_its_own_seed_so_that_none_is_paid_for_twice(stage: Stage) -> None:
    results = [await drawn(stage, replace(stage.request, index=index, count=2)) for index in range(2)]
    assert [one.seed for one in results] == [7, 8]
    assert results[0].data != results[1].data


async def test_after_a_restart_the_stored_id_is_enough(stage: Stage) -> None:
    ticket = await stage.provider.submit(stage.request, KEY)
    again = stage.opened()
    try:
        assert (await again.collect(Ticket(ticket.external_id, model=ticket.model))).data == picture("7")
    finally:
        await again.aclose()
    assert stage.posts == 1


async def test_the_token_goes_to_the_api_and_never_to_where_pictures_lie(stage: Stage) -> None:
    await drawn(stage)
    by_path = {one.path.split("/")[1]: one.headers.get("Authorization") for one in stage.heard}
    assert by_path == {"v1": f"Bearer {TOKEN}", "delivery": None}
    assert not any(TOKEN in str(one.headers) for one in stage.heard if one.path.startswith("/delivery"))


async def test_replicate_is_told_to_give_up_a_little_before_we_do(stage: Stage) -> None:
    await drawn(stage)
    assert stage.only().headers["Cancel-After"] == "290s"


async def test_a_version_of_ones_own_is_called_by_its_hash() -> None:
    async with staged(models=[MILA]) as stage:
        await drawn(stage, Request("mila", "MILA on a beach"))
        prediction = stage.only()
        assert prediction.version == HASH
        assert prediction.input == {"model": "dev", "prompt": "MILA on a beach", "aspect_ratio": "auto"}
        assert prediction.headers["Cancel-After"] == "890s"
        assert asked(stage, "POST", "/v1/predictions") == 1


# ── photos ───────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_small_photo_travels_inside_the_call(stage: Stage) -> None:
    await drawn(stage)
    [photo] = stage.only().input["input_images"]
    assert photo.startswith("data:image/png;base64,iVBOR")
    assert not stage.files


async def test_larger_photos_are_lent_to_replicate_first_and_named_in_their_order(stage: Stage) -> None:
    large = [Reference(bytes([number]) * 200_000, "image/jpeg", "face") for number in range(3)]
    small = Reference(picture("a face"), "image/png", "face")
    await drawn(stage, replace(stage.request, references=(large[0], small, *large[1:])))
    first, second, *others = stage.only().input["input_images"]
    assert second.startswith("data:image/png")
    lent = [stage.files[address.rpartition("/")[2]] for address in (first, *others)]
    assert lent == [photo.data for photo in large]


@pytest.mark.parametrize(
    ("refusal", "error"), [("unavailable", Unavailable), ("low_credit", RateLimited), ("bad_key", Misconfigured)]
)
async def test_a_photo_that_cannot_be_lent_has_cost_nothing(
    stage: Stage, refusal: str, error: type[ProviderError]
) -> None:
    stage.upload_refusal = refusal
    photos = tuple(Reference(bytes(300_000), "image/jpeg", "face") for _ in range(3))
    with pytest.raises(error):
        await drawn(stage, replace(stage.request, references=photos))
    assert stage.posts == 0


@pytest.mark.parametrize(("model", "count"), [("flux-kontext-apps/multi-image-kontext-pro", 1), ("flux", 9)])
async def test_too_few_or_too_many_photos_buy_nothing(stage: Stage, model: str, count: int) -> None:
    photos = stage.request.references * count
    model = stage.request.model if model == "flux" else model
    with pytest.raises(BadInput):
        await drawn(stage, Request(model, "a red fox", photos))
    assert stage.posts == 0


# ── failures ─────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("scene", "seconds", "per_minute"),
    [("rate_limited", 30, None), ("rate_limited_with_delay", 4, None), ("low_credit", 9, 6)],
)
async def test_how_long_to_wait_is_read_wherever_it_stands(
    stage: Stage, scene: str, seconds: float, per_minute: int | None
) -> None:
    error = await failure(stage, scene)
    assert isinstance(error, RateLimited)
    assert (error.retry_after, error.per_minute) == (seconds, per_minute)


@pytest.mark.parametrize(
    ("scene", "what"), [("refused_prompt", "prompt"), ("refused_photo", "photo"), ("refused_result", "result")]
)
async def test_a_refusal_of_an_official_model_is_free_and_says_what_was_refused(
    stage: Stage, scene: str, what: str
) -> None:
    error = await failure(stage, scene)
    assert isinstance(error, Refused)
    assert (error.what, error.cost) == (what, 0)
    assert error.why
    assert not stage.sold


@pytest.mark.parametrize("scene", ["interrupted", "crashed", "aborted"])
async def test_work_that_broke_off_unpaid_may_be_tried_again(stage: Stage, scene: str) -> None:
    error = await failure(stage, scene)
    assert isinstance(error, Unavailable)
    assert error.cost == 0
    assert not stage.sold


@pytest.mark.parametrize("scene", ["no_image", "cancelled", "data_removed", "html_instead", "too_large"])
async def test_what_was_paid_without_a_picture_is_booked_at_list_price(stage: Stage, scene: str) -> None:
    assert (await failure(stage, scene)).cost is None
    assert len(stage.sold) == 1


@pytest.mark.parametrize("scene", ["interrupted", "refused_result"])
async def test_a_version_of_ones_own_is_paid_for_the_time_it_ran_even_when_it_fails(scene: str) -> None:
    async with staged(models=[MILA]) as stage:
        stage.play(scene)
        with pytest.raises((Unavailable, Refused)) as caught:
            await drawn(stage, Request("mila", "MILA on a beach"))
        assert caught.value.cost is None
        assert stage.sold


async def test_every_call_has_a_connection_of_its_own(stage: Stage) -> None:
    """One that is kept may be closed just as a call goes out, and then nobody knows whether it was accepted."""
    await drawn(stage)
    api = [one.connection for one in stage.heard if one.path.startswith("/v1/")]
    assert len(api) > 1
    assert len(set(api)) == len(api)


@pytest.mark.parametrize(
    ("complaint", "problem"),
    [
        ("- input.image_input.0: Does not match format 'uri'", "photo"),
        ("- input.input_image_2: Does not match format 'uri'", "photo"),
        ("- input: image is required", "photo"),
        ("- input: prompt is required", "prompt"),
        ("- input.aspect_ratio: must be one of 'match_input_image', '1:1'", "parameter"),
        ("- input.max_images: Must be less than or equal to 15", "parameter"),
        ("- input.seed: the prompt has nothing to do with it", "parameter"),
        ("the image is of no use", "photo"),
    ],
)
def test_what_does_not_fit_is_the_field_that_is_complained_of(complaint: str, problem: str) -> None:
    body = json.dumps({"title": "Input validation failed", "detail": f"{complaint}\n", "status": 422})
    error = translated(Answered(422, {}, body), buying=True, photos=1)
    assert isinstance(error, BadInput)
    assert error.problem == problem


async def test_nothing_is_bought_where_nobody_listens(stage: Stage) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{unused.getsockname()[1]}"
        setup = setup_of("replicate", {"REPLICATE_API_TOKEN": TOKEN, "REPLICATE_BASE_URL": address})
        provider = build(setup, QUICK)
        with pytest.raises(Unavailable):
            await provider.submit(stage.request, KEY)
        await provider.aclose()


async def test_a_model_that_left_the_list_is_gone(stage: Stage) -> None:
    with pytest.raises(Gone):
        await stage.provider.submit(Request("me/nobody", "a red fox"), KEY)


# ── waiting ──────────────────────────────────────────────────────────────────────────────────────────────


async def test_trouble_that_passes_loses_no_picture_that_was_paid_for(stage: Stage) -> None:
    ticket = await stage.provider.submit(stage.request, KEY)
    stage.trouble("unavailable", "unavailable", "unavailable")
    assert (await stage.provider.collect(ticket)).data == picture("7")


async def test_a_picture_that_can_no_longer_be_asked_for_is_never_bought_again(stage: Stage) -> None:
    ticket = await stage.provider.submit(stage.request, KEY)
    stage.trouble("bad_key")
    with pytest.raises(UnknownOutcome):
        await stage.provider.collect(ticket)
    with pytest.raises(UnknownOutcome):
        await stage.provider.collect(Ticket("another account's", model=stage.request.model))
    with pytest.raises(UnknownOutcome):
        await stage.provider.collect(Ticket())


async def test_a_call_cancelled_before_it_began_is_free(stage: Stage) -> None:
    ticket = await stage.provider.submit(stage.request, KEY)
    await stage.provider.cancel(ticket)
    with pytest.raises(Unavailable) as caught:
        await stage.provider.collect(ticket)
    assert caught.value.cost == 0
    assert not stage.sold


async def test_a_call_cancelled_while_it_ran_is_charged(stage: Stage) -> None:
    ticket = await stage.provider.submit(stage.request, KEY)
    stage.only().begin()
    await stage.provider.cancel(ticket)
    with pytest.raises(Unavailable) as caught:
        await stage.provider.collect(ticket)
    assert caught.value.cost is None
    assert stage.sold


async def test_cancelling_what_ended_or_never_was_is_silent_and_a_server_that_is_down_is_told(stage: Stage) -> None:
    ticket = await stage.provider.submit(stage.request, KEY)
    await stage.provider.collect(ticket)
    await stage.provider.cancel(ticket)
    await stage.provider.cancel(Ticket())
    await stage.provider.cancel(Ticket("never heard of"))
    assert (await stage.provider.collect(ticket)).data == picture("7")


# ── the operator ─────────────────────────────────────────────────────────────────────────────────────────


async def test_a_check_names_the_models_that_are_gone(stage: Stage) -> None:
    assert not (await stage.provider.check()).faults
    stage.gone_models = {"black-forest-labs/flux-2-pro", "google/nano-banana-2"}
    assert {fault.model for fault in (await stage.provider.check()).faults} == stage.gone_models
    assert stage.posts == 0


async def test_a_check_looks_for_the_very_version_that_was_trained() -> None:
    async with staged(models=[MILA]) as stage:
        assert not (await stage.provider.check()).faults
        assert asked(stage, "GET", f"/v1/models/me/mila/versions/{HASH}") == 1


@pytest.mark.parametrize("page", [web.HTTPNotFound, web.HTTPOk])
async def test_a_check_tells_an_address_that_is_not_replicates(page: type[web.HTTPException]) -> None:
    async def answer(request: web.Request) -> web.Response:
        return web.Response(text="<html>hello</html>", content_type="text/html", status=page.status_code)

    app = web.Application()
    app.router.add_get("/{path:.*}", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    address = f"http://127.0.0.1:{runner.addresses[0][1]}"
    provider = build(setup_of("replicate", {"REPLICATE_API_TOKEN": TOKEN, "REPLICATE_BASE_URL": address}), QUICK)
    with pytest.raises(Misconfigured, match="REPLICATE_BASE_URL"):
        await provider.check()
    await provider.aclose()
    await runner.cleanup()


async def test_a_check_tells_a_bad_token(stage: Stage) -> None:
    stage.settings = {"REPLICATE_API_TOKEN": "r8_wrong"}
    other = stage.opened()
    with pytest.raises(Misconfigured):
        await other.check()
    await other.aclose()


@pytest.mark.parametrize(
    ("settings", "key"),
    [
        ({}, "REPLICATE_API_TOKEN"),
        ({"REPLICATE_API_TOKEN": "r8_a b"}, "REPLICATE_API_TOKEN"),
        ({"REPLICATE_API_TOKEN": "r8_a\nb"}, "REPLICATE_API_TOKEN"),
        ({"REPLICATE_API_TOKEN": "r8_a", "REPLICATE_BASE_URL": "https://api.replicate.com/v1/"}, "REPLICATE_BASE_URL"),
        ({"REPLICATE_API_TOKEN": "r8_a", "REPLICATE_BASE_URL": "api.replicate.com"}, "REPLICATE_BASE_URL"),
    ],
)
def test_settings_that_cannot_work_are_told_at_the_start(settings: dict[str, str], key: str) -> None:
    with pytest.raises(SettingError) as caught:
        build(setup_of("replicate", settings))
    assert caught.value.key == key


@pytest.mark.parametrize(
    "wrong",
    [{"remote": "mila"}, {"remote": "me/mila:latest"}, {"wire": {"referenzes": "image"}}, {"wire": {"seed": 1}}],
)
def test_a_model_that_cannot_be_called_is_told_at_the_start(wrong: dict[str, object]) -> None:
    setup = setup_of("replicate", {"REPLICATE_API_TOKEN": TOKEN})
    with pytest.raises(SettingError, match="mila") as caught:
        build(replace(setup, models=(replace(MILA, **wrong),)))  # type: ignore[arg-type]
    assert caught.value.key == "MODELS_FILE"
