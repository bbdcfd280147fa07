"""How a request becomes a model's own JSON input, as the model list spells it."""

from dataclasses import replace
from typing import Any

import pytest

from providers.contract.errors import BadInput, SettingError
from providers.contract.model import Capabilities, Model
from providers.contract.provider import Request
from providers.shared.json_input import Spelling, arguments
from providers.shared.model_wire import wire_of

MODEL = Model(
    id="drawer",
    provider="scripted",
    name="Drawer",
    capabilities=Capabilities(max_references=4, seed=True),
    prices={},
    as_of="2026-11-20",
    loras={"mila": "https://loras.example/mila.safetensors"},
)
REQUEST = Request("drawer", "a red fox")
PHOTOS = ["https://photos.example/1", "https://photos.example/2"]


def spelled(wire: dict[str, Any], request: Request = REQUEST, photos: list[str] | None = None) -> dict[str, Any]:
    model = replace(MODEL, wire=wire)
    return arguments(request, model, wire_of(model, Spelling), photos or [])


def test_without_a_word_in_the_list_there_are_a_prompt_and_an_aspect() -> None:
    assert spelled({}) == {"prompt": "a red fox", "aspect_ratio": "auto"}


def test_fields_have_the_names_the_model_gives_them() -> None:
    wire = {"prompt": "text", "aspect": "ratio", "size": "resolution", "seed": "noise", "references": "images"}
    assert spelled(wire, replace(REQUEST, seed=7, size="2K", aspect="4:5"), PHOTOS) == {
        "text": "a red fox", "ratio": "4:5", "resolution": "2K", "noise": 7, "images": PHOTOS,
    }  # fmt: skip


def test_aspects_and_sizes_have_the_models_words() -> None:
    wire = {"aspects": {"auto": "match_input_image"}, "size": "resolution", "sizes": {"2K": "4 MP"}}
    assert spelled(wire, replace(REQUEST, size="2K"))["resolution"] == "4 MP"
    assert spelled(wire)["resolution"] == "1K"
    assert spelled(wire)["aspect_ratio"] == "match_input_image"
    assert spelled(wire, replace(REQUEST, aspect="1:1"))["aspect_ratio"] == "1:1"


def test_auto_may_mean_something_else_where_there_is_no_photo_to_match() -> None:
    wire = {"references": "images", "aspects": {"auto": "match_input_image"}, "auto_alone": "1:1"}
    assert spelled(wire)["aspect_ratio"] == "1:1"
    assert spelled(wire, photos=PHOTOS)["aspect_ratio"] == "match_input_image"
    assert spelled(wire, replace(REQUEST, aspect="4:5"))["aspect_ratio"] == "4:5"


def test_photos_go_into_one_list_or_into_a_field_each() -> None:
    assert spelled({"references": "images"}, photos=PHOTOS)["images"] == PHOTOS
    assert "images" not in spelled({"references": "images"})
    given = spelled({"references": ["first", "second", "third"]}, photos=PHOTOS)
    assert (given["first"], given["second"]) == tuple(PHOTOS)
    assert "third" not in given


def test_each_picture_of_a_request_has_a_seed_of_its_own() -> None:
    assert [spelled({}, replace(REQUEST, seed=7, index=index))["seed"] for index in range(3)] == [7, 8, 9]
    assert spelled({}, replace(REQUEST, seed=2**31 - 1, index=1))["seed"] == 0
    assert "seed" not in spelled({})


def test_a_seed_is_kept_from_a_model_that_takes_none() -> None:
    model = replace(MODEL, capabilities=Capabilities(max_references=0))
    assert "seed" not in arguments(replace(REQUEST, seed=7), model, wire_of(model, Spelling), [])


def test_what_every_request_says_gives_way_to_what_this_one_says() -> None:
    wire = {"fixed": {"output_format": "png", "aspect_ratio": "1:1", "guidance": 3}}
    given = spelled(wire, replace(REQUEST, aspect="4:5", parameters={"guidance": "4"}))
    assert (given["output_format"], given["aspect_ratio"], given["guidance"]) == ("png", "4:5", "4")


def test_parameters_become_switches_and_numbers_under_the_models_names() -> None:
    wire = {"parameters": {"search": "google_search"}, "numbers": ["steps", "guidance"]}
    wanted = {"search": "on", "raw": "off", "steps": "28", "guidance": "3.5"}
    given = spelled(wire, replace(REQUEST, parameters=wanted))
    assert given["google_search"] is True
    assert given["raw"] is False
    assert (given["guidance"], given["steps"]) == (3.5, 28)
    assert isinstance(given["steps"], int)


@pytest.mark.parametrize("value", ["many", "nan", "inf", "-inf", "1e999", ""])
def test_what_is_no_number_is_refused_before_it_is_sent(value: str) -> None:
    with pytest.raises(BadInput):
        spelled({"numbers": ["steps"]}, replace(REQUEST, parameters={"steps": value}))


def test_a_lora_is_a_field_with_a_strength_beside_it_or_a_list_of_both() -> None:
    request = replace(REQUEST, parameters={"lora": "mila", "lora_scale": "0.8"})
    source = MODEL.loras["mila"]
    beside = spelled({"lora": "lora_weights", "lora_scale": "scale"}, request)
    assert (beside["lora_weights"], beside["scale"]) == (source, 0.8)
    assert spelled({"lora": "loras"}, request)["loras"] == [{"path": source, "scale": 0.8}]
    assert "lora_weights" not in spelled({"lora": "lora_weights"})


def test_a_lora_comes_from_the_operators_list_alone() -> None:
    with pytest.raises(BadInput):
        spelled({"lora": "loras"}, replace(REQUEST, parameters={"lora": "https://elsewhere.example/x"}))


def test_a_spelling_that_makes_no_sense_names_the_model_and_the_key() -> None:
    with pytest.raises(SettingError, match=r"drawer.*aspects"):
        spelled({"aspects": "wide"})
