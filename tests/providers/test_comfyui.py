"""A ComfyUI server of one's own: every workflow, its queue shared with others, and nothing drawn twice."""

import asyncio
import json
import re
import socket
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.core.runtime.retry_policy import RetryPolicy
from providers.comfyui import provider as comfyui
from providers.comfyui.errors import of_queued
from providers.comfyui.progress import News
from providers.comfyui.workflow import load, pixels, prompt_id_of
from providers.contract.errors import (
    BadInput,
    Broken,
    Misconfigured,
    ProviderError,
    SettingError,
    Unavailable,
    UnknownOutcome,
)
from providers.contract.model import Model
from providers.contract.provider import Fault, Reference, ReportsProgress, Ticket
from providers.registry import load_models
from tests.harness.setups import setup_of
from tests.servers.comfyui import EXAMPLE, REQUEST, SCENES, ComfyStage, Job, built, example, staged
from tests.servers.pictures import colour_of, drawn
from tests.servers.stage import PHOTO

GRAPH = json.loads((EXAMPLE / "flux-kontext.json").read_text("utf-8"))


@pytest.fixture
async def stage() -> AsyncIterator[ComfyStage]:
    async with staged() as one:
        yield one


def others_job(id_: str = "somebody's") -> Job:
    return Job(0, id_, GRAPH, {"client_id": "another"}, "picture")


async def nobody_to_ask() -> aiohttp.ClientWebSocketResponse:
    raise aiohttp.ClientConnectionError


def graph_of(stage: ComfyStage) -> Any:
    """The graph of the one call that has ended."""
    [entry] = stage.api.history.values()
    return entry["prompt"][2]


# ── the call ─────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_request_becomes_a_picture(stage: ComfyStage) -> None:
    result = await stage.provider.collect(await stage.provider.submit(stage.request, "key"))
    assert result.data == drawn(colour_of("a red fox", 7))
    assert result.seed == 7


async def test_how_far_a_call_is_can_be_asked_while_it_runs(stage: ComfyStage) -> None:
    assert isinstance(stage.provider, ReportsProgress)
    stage.api.going.clear()
    ticket = await stage.provider.submit(stage.request, "key")
    collecting = asyncio.create_task(stage.provider.collect(ticket))
    assert ticket.external_id
    while (share := stage.provider.progress(ticket.external_id)) is None:  # noqa: ASYNC110  # news has no event
        await asyncio.sleep(0.01)
    assert share == 0.75
    stage.api.going.set()
    await collecting
    assert stage.provider.progress(ticket.external_id) is None


async def test_the_workflow_is_filled_where_the_model_list_says_and_nowhere_else(stage: ComfyStage) -> None:
    wish = replace(stage.request, aspect="4:5", index=2)
    await stage.provider.collect(await stage.provider.submit(wish, "key"))
    graph = graph_of(stage)
    [photo] = stage.api.uploads
    assert graph["7"]["inputs"].pop("text") == "a red fox"
    assert graph["12"]["inputs"].pop("seed") == 9
    assert (graph["11"]["inputs"].pop("width"), graph["11"]["inputs"].pop("height")) == (912, 1144)
    assert graph["4"]["inputs"].pop("image") == photo
    assert graph["14"]["inputs"].pop("filename_prefix") == "likeness-key"
    rest = json.loads(json.dumps(GRAPH))
    for node, name in (("7", "text"), ("12", "seed"), ("11", "width"), ("11", "height"), ("4", "image")):
        del rest[node]["inputs"][name]
    del rest["14"]["inputs"]["filename_prefix"]
    assert graph == rest


async def test_the_name_the_server_gives_a_photo_is_the_one_that_counts(stage: ComfyStage) -> None:
    stage.api.renames = "elsewhere"
    await stage.provider.collect(await stage.provider.submit(stage.request, "key"))
    [(name, data)] = stage.api.uploads.items()
    assert name.startswith("elsewhere/likeness-")
    assert data == PHOTO
    assert graph_of(stage)["4"]["inputs"]["image"] == name


async def test_the_same_photo_is_kept_once(stage: ComfyStage) -> None:
    for key in ("one", "two"):
        await stage.provider.submit(stage.request, key)
    await stage.provider.submit(replace(stage.request, references=(Reference(b"x", "image/png", "face"),)), "three")
    assert len(stage.api.uploads) == 2


async def test_the_same_wish_with_the_same_seed_is_drawn_again_all_the_same(stage: ComfyStage) -> None:
    first, again = [await stage.provider.collect(await stage.provider.submit(stage.request, key)) for key in "ab"]
    assert first.data == again.data


async def test_without_a_seed_each_picture_has_one_of_its_own_and_tells_it(stage: ComfyStage) -> None:
    wish = replace(stage.request, seed=None)
    results = [await stage.provider.collect(await stage.provider.submit(wish, key)) for key in "abc"]
    seeds = {result.seed for result in results}
    assert len(seeds) == 3
    assert None not in seeds
    assert len({result.data for result in results}) == 3


async def test_the_socket_is_open_before_the_call_goes_out(stage: ComfyStage) -> None:
    await stage.provider.submit(stage.request, "key")
    paths = [path for _, path in stage.api.heard]
    assert paths.index("/ws") < paths.index("/prompt")


async def test_the_news_of_the_end_is_not_slept_through(stage: ComfyStage) -> None:
    slow = built(stage.url, comfyui.Pace(look=3600.0))
    stage.api.going.clear()
    ticket = await slow.submit(stage.request, "key")
    collecting = asyncio.create_task(slow.collect(ticket))
    await stage.api.looked.wait()
    stage.api.going.set()
    assert (await collecting).data
    await slow.aclose()


async def test_without_the_socket_the_history_is_enough(stage: ComfyStage) -> None:
    stage.api.deaf = True
    assert (await stage.provider.collect(await stage.provider.submit(stage.request, "key"))).data


async def test_a_socket_that_was_lost_is_opened_again(stage: ComfyStage) -> None:
    await stage.provider.collect(await stage.provider.submit(stage.request, "key"))
    for one in list(stage.api.sockets.values()):
        await one.close()
    await stage.provider.collect(await stage.provider.submit(stage.request, "another"))
    assert [path for _, path in stage.api.heard].count("/ws") == 2


async def test_calls_at_once_share_one_socket(stage: ComfyStage) -> None:
    tickets = await asyncio.gather(*(stage.provider.submit(stage.request, key) for key in "abcd"))
    results = await asyncio.gather(*map(stage.provider.collect, tickets))
    assert len(results) == 4
    assert len(stage.api.sockets) == 1


@pytest.mark.parametrize(
    ("told", "share"),
    [
        ({"type": "progress", "data": {"prompt_id": "one", "value": 1.5, "max": 2.0}}, 0.75),
        ({"type": "progress", "data": {"prompt_id": "one", "value": 3, "max": 2}}, None),
        ({"type": "progress", "data": {"prompt_id": "one", "value": "1", "max": 2}}, None),
        (
            {
                "type": "progress_state",
                "data": {
                    "prompt_id": "one",
                    "nodes": {
                        "3": {"state": "finished", "value": 1, "max": 1},
                        "12": {"state": "running", "value": 5.0, "max": 20.0},
                        "13": {"state": "running", "value": 0, "max": 1},
                    },
                },
            },
            0.25,
        ),
        ({"type": "progress_state", "data": {"prompt_id": "one", "nodes": {"3": {"state": "finished"}}}}, None),
        ({"type": "progress_state", "data": {"prompt_id": "another", "nodes": {}}}, None),
    ],
)
def test_both_kinds_of_progress_are_read_in_whole_numbers_and_fractions(told: object, share: float | None) -> None:
    news = News(nobody_to_ask)
    news.expect("one")
    news.note(json.dumps(told))
    assert news.progress("one") == share


NODE = {"class_type": "UNETLoader", "errors": [{"message": "Value not in list", "details": "unet_name: 'x'"}]}


def test_errors_of_a_queued_graph_count_when_they_keep_the_picture_from_being_saved() -> None:
    errors_ = {"1": {**NODE, "dependent_outputs": ["14"]}}
    told = of_queued({"prompt_id": "p", "node_errors": errors_}, "14")
    assert isinstance(told, Broken)
    assert "node 1 (UNETLoader): Value not in list unet_name: 'x'" in told.detail
    assert of_queued({"prompt_id": "p", "node_errors": errors_}, "15") is None
    assert of_queued({"prompt_id": "p", "node_errors": {}}, "14") is None
    assert isinstance(of_queued({"node_errors": errors_}, "15"), Broken), "nothing was queued at all"


async def test_what_fails_on_the_machine_is_told_in_its_own_words(stage: ComfyStage) -> None:
    for scene, words in (("bad_input", "Value not in list"), ("node_failed", "wrong shape"), ("out_of_memory", "full")):
        stage.play(scene)
        with pytest.raises(Broken, match=words) as caught:
            await stage.provider.collect(await stage.provider.submit(stage.request, scene))
        assert (caught.value.cost, caught.value.again) == (0, scene == "out_of_memory")


async def test_a_call_that_a_restart_lost_may_be_drawn_again_for_nothing(stage: ComfyStage) -> None:
    stage.play("aborted")
    with pytest.raises(Unavailable) as caught:
        await stage.provider.collect(await stage.provider.submit(stage.request, "key"))
    assert RetryPolicy().pause(caught.value, 1, lambda: 0.5) is not None
    assert caught.value.cost == 0


# ── once, and after a restart ────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("scene", SCENES)
async def test_no_failure_ever_sends_the_call_again(stage: ComfyStage, scene: str) -> None:
    error = await failed(stage, scene)
    assert type(error) is SCENES[scene]
    assert stage.posts == 1
    assert (await stage.provider.collect(await stage.provider.submit(stage.request, "next"))).data


async def failed(stage: ComfyStage, scene: str) -> ProviderError:
    stage.play(scene)
    with pytest.raises(ProviderError) as caught:
        await stage.provider.collect(await stage.provider.submit(stage.request, "key"))
    return caught.value


@pytest.mark.parametrize(
    "scene",
    ["timeout", "cut_after", "gateway_timeout", "unreadable", "aborted", "node_failed", "interrupted", "no_image"],
)
async def test_what_fails_on_ones_own_machine_costs_nothing(stage: ComfyStage, scene: str) -> None:
    assert (await failed(stage, scene)).cost == 0


async def test_the_ticket_outlives_the_provider(stage: ComfyStage) -> None:
    ticket = await stage.provider.submit(replace(stage.request, seed=None), "key")
    after = built(stage.url)
    result = await after.collect(Ticket(ticket.external_id, model=ticket.model))
    await after.aclose()
    assert result == await stage.provider.collect(ticket)
    assert result.seed is not None, "the history tells it"
    assert stage.posts == 1


async def test_trouble_while_the_picture_is_drawn_is_waited_out(stage: ComfyStage) -> None:
    ticket = await stage.provider.submit(stage.request, "key")
    stage.api.troubles.extend(["503", "cut", "html", "500"])
    assert (await stage.provider.collect(ticket)).data


@pytest.mark.parametrize("own_ids", [False, True])
async def test_a_lost_answer_is_asked_for_whoever_chose_the_id(stage: ComfyStage, own_ids: bool) -> None:
    stage.api.own_ids = own_ids
    stage.api.history["other"] = {"prompt": others_job("other").item, "outputs": {}}
    stage.api.going.clear()
    await stage.provider.submit(stage.request, "before")
    stage.play("cut_after")
    with pytest.raises(UnknownOutcome):
        await stage.provider.submit(stage.request, "key")
    found = await stage.provider.find(stage.request, "key", ())
    assert found is not None
    stage.api.going.set()
    assert (await stage.provider.collect(found)).data
    assert await stage.provider.find(stage.request, "key", ()) == found
    assert (found.external_id == prompt_id_of("key")) is not own_ids


async def test_a_call_nobody_made_is_not_found(stage: ComfyStage) -> None:
    await stage.provider.submit(stage.request, "another")
    assert await stage.provider.find(stage.request, "key", ()) is None


async def test_a_server_that_is_down_cannot_be_asked() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    provider = built(f"http://127.0.0.1:{port}")
    for call in (provider.submit(REQUEST, "key"), provider.check(), provider.cancel(Ticket("some"))):
        with pytest.raises(Unavailable):
            await call
    with pytest.raises(UnknownOutcome):
        await provider.find(REQUEST, "key", ())
    await provider.aclose()


async def test_nothing_is_queued_before_the_photos_are_there(stage: ComfyStage) -> None:
    with pytest.raises(BadInput) as caught:
        await stage.provider.submit(replace(stage.request, references=()), "key")
    assert caught.value.problem == "needs_reference"
    assert stage.posts == 0


async def test_a_ticket_of_another_workflow_is_not_asked_for(stage: ComfyStage) -> None:
    for ticket in (Ticket("some", model="unknown"), Ticket(None, model="kontext")):
        with pytest.raises(UnknownOutcome):
            await stage.provider.collect(ticket)
    assert not stage.api.heard


# ── what an error tells, stopping, checking ──────────────────────────────────────────────────────────────


async def test_a_graph_that_is_refused_names_the_node_and_what_it_lacks(stage: ComfyStage) -> None:
    assert "node 1 (UNETLoader): Value not in list unet_name" in (await failed(stage, "bad_input")).detail


async def test_a_node_that_fails_is_named(stage: ComfyStage) -> None:
    assert "node 12 (KSampler): wrong shape" in (await failed(stage, "node_failed")).detail


async def test_a_running_call_is_interrupted(stage: ComfyStage) -> None:
    stage.api.going.clear()
    ticket = await stage.provider.submit(stage.request, "key")
    await stage.api.begun.wait()
    await stage.provider.cancel(ticket)
    assert stage.api.interrupts == [{"prompt_id": ticket.external_id}]
    with pytest.raises(Unavailable):
        await stage.provider.collect(ticket)


async def test_a_waiting_call_is_withdrawn_and_nobody_elses_is_touched(stage: ComfyStage) -> None:
    stage.api.running = [others_job()]
    stage.api.going.clear()
    stage.api.news.clear()
    await stage.provider.submit(stage.request, "before")
    ticket = await stage.provider.submit(stage.request, "key")
    stage.api.running = [others_job()]
    await stage.provider.cancel(ticket)
    assert not stage.api.interrupts
    assert ticket.external_id not in [job.id for job in stage.api.waiting]
    with pytest.raises(Unavailable) as caught:
        await stage.provider.collect(ticket)
    assert caught.value.cost == 0


async def test_cancelling_what_is_done_or_unknown_is_silent(stage: ComfyStage) -> None:
    ticket = await stage.provider.submit(stage.request, "key")
    await stage.provider.collect(ticket)
    stage.api.running = [others_job()]
    await stage.provider.cancel(ticket)
    await stage.provider.cancel(Ticket("never heard of"))
    await stage.provider.cancel(Ticket())
    assert not stage.api.interrupts


async def test_a_model_whose_nodes_are_missing_is_told(stage: ComfyStage) -> None:
    assert not (await stage.provider.check()).faults
    stage.api.missing = {"FluxKontextImageScale"}
    assert list((await stage.provider.check()).faults) == [
        Fault("kontext", "the server has no node FluxKontextImageScale; install it there")
    ]


@pytest.mark.parametrize(
    ("node", "name", "offered", "wanted", "id_"),
    [
        ("UNETLoader", "unet_name", [["other.safetensors"]], "flux1-dev-kontext_fp8_scaled.safetensors", 1),
        ("UNETLoader", "unet_name", ["COMBO", {"options": ["x"]}], "flux1-dev-kontext_fp8_scaled.safetensors", 1),
        ("VAELoader", "vae_name", [["pixel_space"], {}], "ae.safetensors", 3),
        ("KSampler", "sampler_name", [["heun"]], "euler", 12),
    ],
)
async def test_a_file_that_a_workflow_names_and_the_server_lacks_is_told_by_name(
    stage: ComfyStage, node: str, name: str, offered: list[Any], wanted: str, id_: int
) -> None:
    stage.api.about[node] = {"input": {"required": {name: offered}}}
    health = await stage.provider.check()
    said = f"the server has no {wanted!r} for {name} of node {id_} ({node}); put it there, or correct the workflow"
    assert list(health.faults) == [Fault("kontext", said)]
    assert stage.posts == 0


async def test_what_every_picture_fills_anew_need_not_be_there(stage: ComfyStage) -> None:
    stage.api.about["LoadImage"] = {"input": {"optional": {"image": [["another.png"]]}}}
    health = await stage.provider.check()
    assert not health.faults
    assert health.proved == "the server answers, and has the nodes and the files that the workflows name"


@pytest.mark.parametrize("class_", ["VAEDecode", "PreviewImage"])
async def test_an_output_that_saves_nothing_is_told_by_name(stage: ComfyStage, tmp_path: Path, class_: str) -> None:
    model = example()
    graph = {**GRAPH, "15": {"class_type": class_, "inputs": {"images": ["13", 0]}}}
    file = tmp_path / "workflow.json"
    file.write_text(json.dumps(graph), "utf-8")
    wire = {**model.wire, "workflow": str(file), "output": "15"}
    setup = replace(setup_of("comfyui", {"COMFYUI_URL": stage.api.origin}), models=(replace(model, wire=wire),))
    provider = comfyui.build(setup)
    said = f"node 15 ({class_}), its output, saves nothing; name one such as SaveImage in wire.output"
    assert list((await provider.check()).faults) == [Fault("kontext", said)]
    await provider.aclose()
    assert stage.posts == 0


async def test_something_else_at_that_address_is_told_apart(stage: ComfyStage) -> None:
    stage.api.troubles.append("html")
    with pytest.raises(Misconfigured, match="no ComfyUI"):
        await stage.provider.check()
    stage.api.troubles.append("401")
    with pytest.raises(Misconfigured):
        await stage.provider.check()


# ── the model list ───────────────────────────────────────────────────────────────────────────────────────


def test_the_example_of_the_docs_loads_from_the_projects_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(EXAMPLE.parents[2])
    listed = load_models(EXAMPLE / "models.toml")
    [model] = [one for one in listed.models if one.provider == "comfyui"]
    assert model.free
    assert listed.account("comfyui").concurrency == 1
    assert load(model).graph == GRAPH


def with_wire(**changes: Any) -> Callable[[Path], Model]:
    return lambda folder: replace(example(), wire={**example().wire, **changes})


def with_file(text: str) -> Callable[[Path], Model]:
    def model(folder: Path) -> Model:
        (folder / "mine.json").write_text(text, "utf-8")
        return replace(example(), wire={**example().wire, "workflow": str(folder / "mine.json")})

    return model


def with_capabilities(**changes: Any) -> Callable[[Path], Model]:
    return lambda folder: replace(example(), capabilities=replace(example().capabilities, **changes))


@pytest.mark.parametrize(
    ("model", "words"),
    [
        (with_wire(workflow="/nowhere/mine.json"), "there is no workflow at /nowhere/mine.json"),
        (with_file("{"), "no JSON"),
        (with_file('{"nodes": [], "links": [], "version": 0.4}'), "not in API format"),
        (with_file("[]"), "not in API format"),
        (with_file("{}"), "not in API format"),
        (with_wire(prompt="99.text"), "wire.prompt is '99.text'"),
        (with_wire(seed="12.noise_seed"), "wire.seed is '12.noise_seed'"),
        (with_wire(width="11"), "wire.width is '11'"),
        (with_wire(references=["4.image", "5.picture"]), r"wire.references\[1\] is '5.picture'"),
        (with_wire(output="15"), "wire.output is '15'"),
        (with_wire(seed=None), "wire.seed"),
        (with_wire(widht="11.width"), "wire.widht"),
        (with_wire(width=None, height=None), "wire.width and wire.height"),
        (with_capabilities(max_references=3), "takes 1 photos"),
        (with_capabilities(min_references=0), "takes 1 photos"),
    ],
)
def test_a_workflow_that_cannot_work_is_told_in_a_sentence(
    tmp_path: Path, model: Callable[[Path], Model], words: str
) -> None:
    with pytest.raises(SettingError, match=words) as caught:
        load(model(tmp_path))
    assert caught.value.key == "MODELS_FILE"
    assert caught.value.fix.startswith("model 'kontext': ")
    assert "\n" not in caught.value.fix


@pytest.mark.parametrize("address", ["127.0.0.1:8188", "ws://127.0.0.1:8188", "http://", "http://["])
def test_an_address_that_is_none_is_named(address: str) -> None:
    with pytest.raises(SettingError) as caught:
        comfyui.build(setup_of("comfyui", {"COMFYUI_URL": address}))
    assert caught.value.key == "COMFYUI_URL"


@pytest.mark.parametrize("aspect", example().capabilities.aspects)
@pytest.mark.parametrize(("size", "side"), [("1K", 1024), ("2K", 2048), ("4K", 4096)])
def test_a_picture_has_its_aspect_its_area_and_sides_a_latent_can_have(aspect: str, size: str, side: int) -> None:
    found = pixels(aspect, size)
    if found is None:
        assert (aspect, size) == ("auto", "1K")
        return
    width, height = found
    across, down = (1, 1) if aspect == "auto" else map(int, aspect.split(":"))
    assert width % 8 == height % 8 == 0
    assert width * height == pytest.approx(side * side, rel=0.01)
    assert width / height == pytest.approx(across / down, rel=0.02)


@pytest.mark.parametrize(
    ("aspect", "size"), [("square", "1K"), ("1:0", "1K"), ("1:1", "8K"), ("0:1", "1K"), ("-1:1", "1K")]
)
def test_a_size_nobody_knows_is_refused(aspect: str, size: str) -> None:
    with pytest.raises(BadInput):
        pixels(aspect, size)


def test_an_id_of_ours_is_one_the_server_takes() -> None:
    assert re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", prompt_id_of("key"))
    assert prompt_id_of("key") != prompt_id_of("another")
