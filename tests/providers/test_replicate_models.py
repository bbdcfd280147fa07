"""What the shipped Replicate models are sent, against the input schemas of their pages, and what a picture costs."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import pytest

from providers.contract.errors import BadInput
from providers.contract.model import Model
from providers.contract.provider import Reference, Request
from providers.replicate.request import create, entry_of
from tests.harness.setups import shipped

RATIOS = {"1:1", "2:3", "3:2", "3:4", "4:3", "4:5", "5:4", "9:16", "16:9", "21:9"}
MATCH = "match_input_image"
KONTEXT = {"aspect_ratio": {MATCH, *RATIOS}, "output_format": {"png", "jpg"}, "seed": int}
FLUX_2 = {
    "input_images": list,
    "aspect_ratio": {MATCH, *RATIOS} - {"21:9"},
    "resolution": {"0.5 MP", "1 MP", "2 MP", "4 MP"},
    "seed": int,
    "output_format": {"webp", "jpg", "png"},
}
NANO = {
    "image_input": list,
    "aspect_ratio": {MATCH, *RATIOS},
    "resolution": {"1K", "2K", "4K"},
    "output_format": {"jpg", "png"},
}
SEEDREAM = {
    "image_input": list,
    "aspect_ratio": {MATCH, *RATIOS} - {"4:5", "5:4"},
    "sequential_image_generation": {"disabled"},
    "max_images": {1},
}
SCHEMAS: Mapping[str, Mapping[str, Any]] = {
    "google/nano-banana-2.1": NANO,
    "google/nano-banana-2": NANO,
    "google/nano-banana-pro": {**NANO, "safety_filter_level": {"block_only_high"}},
    "black-forest-labs/flux-2-pro": FLUX_2,
    "black-forest-labs/flux-2-max": FLUX_2,
    "black-forest-labs/flux-2-flex": {**FLUX_2, "steps": int, "guidance": float, "prompt_upsampling": bool},
    "black-forest-labs/flux-kontext-pro": {**KONTEXT, "input_image": str},
    "black-forest-labs/flux-kontext-max": {**KONTEXT, "input_image": str},
    "flux-kontext-apps/multi-image-kontext-pro": {**KONTEXT, "input_image_1": str, "input_image_2": str},
    "flux-kontext-apps/multi-image-kontext-max": {**KONTEXT, "input_image_1": str, "input_image_2": str},
    "black-forest-labs/flux-dev-lora": {
        "aspect_ratio": RATIOS, "megapixels": {"1"}, "num_outputs": {1}, "output_format": {"png"}, "seed": int,
        "go_fast": {False}, "lora_weights": str, "lora_scale": float, "guidance": float,
    },
    "bytedance/seedream-4.5": {**SEEDREAM, "size": {"2K", "4K"}},
    "bytedance/seedream-5-lite": {**SEEDREAM, "size": {"2K", "3K"}, "output_format": {"png", "jpeg"}},
    "qwen/qwen-image-edit-plus": {
        "image": list, "aspect_ratio": {MATCH, "1:1", "16:9", "9:16", "4:3", "3:4"}, "seed": int,
        "output_format": {"png", "jpg", "webp"},
    },
}  # fmt: skip
MODELS = {model.id: model for model in shipped("replicate")}


def requests(model: Model) -> Iterator[Request]:
    """Every aspect in every size with the fewest and the most photos."""
    can = model.capabilities
    for count in {can.min_references, can.max_references}:
        photos = tuple(Reference(b"photo", "image/png", "face") for _ in range(count))
        for aspect in can.aspects:
            for size in can.sizes:
                yield Request(model.id, "a red fox", photos, aspect=aspect, size=size, seed=7)


def sent(request: Request, model: Model | None = None) -> Mapping[str, Any]:
    photos = [f"https://photos.example/{number}" for number in range(len(request.references))]
    body: Mapping[str, Any] = create(request, entry_of(model or MODELS[request.model]), photos, None).body["input"]
    return body


def fits(value: object, allowed: Any) -> bool:
    if isinstance(allowed, type):
        return isinstance(value, (allowed, int) if allowed is float else allowed)
    return value in allowed


def test_every_shipped_model_is_described_here() -> None:
    assert set(MODELS) == set(SCHEMAS)


@pytest.mark.parametrize("id_", MODELS)
def test_whatever_a_model_offers_fits_its_schema(id_: str) -> None:
    schema = {**SCHEMAS[id_], "prompt": str}
    for request in requests(MODELS[id_]):
        wrong = {key: value for key, value in sent(request).items() if not fits(value, schema.get(key, ()))}
        assert wrong == {}, request


@pytest.mark.parametrize("id_", MODELS)
def test_every_photo_that_is_offered_room_is_sent_in_its_order(id_: str) -> None:
    for request in requests(MODELS[id_]):
        given = str(sent(request))
        places = [given.find(f"https://photos.example/{number}'") for number in range(len(request.references))]
        assert -1 not in places
        assert places == sorted(places)


@pytest.mark.parametrize(
    ("id_", "size", "photos", "microdollars"),
    [
        ("google/nano-banana-2", "2K", 3, 101_000),
        ("google/nano-banana-pro", "1K", 14, 150_000),
        ("google/nano-banana-pro", "4K", 1, 300_000),
        ("black-forest-labs/flux-2-pro", "1K", 1, 45_000),
        ("black-forest-labs/flux-2-pro", "2K", 0, 75_000),
        ("black-forest-labs/flux-2-max", "1K", 2, 130_000),
        ("black-forest-labs/flux-2-flex", "2K", 1, 300_000),
        ("black-forest-labs/flux-kontext-pro", "1K", 1, 40_000),
        ("flux-kontext-apps/multi-image-kontext-max", "1K", 2, 80_000),
        ("black-forest-labs/flux-dev-lora", "1K", 0, 32_000),
        ("bytedance/seedream-4.5", "4K", 14, 40_000),
        ("bytedance/seedream-5-lite", "2K", 1, 35_000),
    ],
)
def test_prices_are_those_of_the_model_pages(id_: str, size: str, photos: int, microdollars: int) -> None:
    assert MODELS[id_].price(size, photos) == microdollars


def test_a_photo_for_flux_2_is_one_megapixel_at_most_since_each_further_one_is_paid() -> None:
    paid_by_pixel = [model for model in MODELS.values() if model.per_reference]
    assert paid_by_pixel
    assert all(model.capabilities.reference_pixels <= 1_000_000 for model in paid_by_pixel)


def test_a_lora_is_one_of_the_operators_list_and_nothing_else() -> None:
    model = replace(MODELS["black-forest-labs/flux-dev-lora"], loras={"mila": "me/mila"})
    request = Request(model.id, "MILA", parameters={"lora": "mila", "lora_scale": "0.8"})
    given = sent(request, model)
    assert (given["lora_weights"], given["lora_scale"]) == ("me/mila", 0.8)
    with pytest.raises(BadInput):
        sent(replace(request, parameters={"lora": "https://elsewhere.example/lora.safetensors"}), model)


def test_parameters_go_out_as_numbers_and_switches() -> None:
    wanted = {"steps": "40", "guidance": "3.5", "prompt_upsampling": "off"}
    given = sent(Request("black-forest-labs/flux-2-flex", "a red fox", parameters=wanted))
    assert {key: given[key] for key in wanted} == {"steps": 40, "guidance": 3.5, "prompt_upsampling": False}


def test_another_model_stands_in_that_there_is_and_that_is_not_the_same() -> None:
    for model in MODELS.values():
        own = {id_ for id_ in model.fallback if "/" in id_}
        assert own <= set(MODELS) - {model.id}
