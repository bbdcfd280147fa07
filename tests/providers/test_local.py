"""The provider without a key, through its contract: which look, which photo, which seed, and what it refuses."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from providers.contract.errors import BadInput
from providers.contract.provider import Provider, Reference, Request, Result, Role
from providers.local.looks import LOOKS
from providers.local.looks.arrays import FaceBox
from providers.local.looks.framing import proportions
from providers.local.provider import build
from providers.registry import factory
from tests.harness.setups import setup_of, shipped

PHOTOS = Path(__file__).parents[1] / "photos"
WOMAN, MAN = ((PHOTOS / name).read_bytes() for name in ("woman.jpg", "man.jpg"))
FACES: dict[bytes, Sequence[FaceBox]] = {WOMAN: [(59, 78, 172, 247)], MAN: [(21, 47, 155, 197)]}


class Detector:
    """Knows where the faces of the two photos are, and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[bytes] = []

    async def __call__(self, data: bytes) -> Sequence[FaceBox]:
        self.asked.append(data)
        return FACES.get(data, ())


@pytest.fixture
def detector() -> Detector:
    return Detector()


@pytest.fixture
def local(detector: Detector) -> Provider:
    return build(setup_of("local", faces=detector))


def reference(data: bytes = WOMAN, role: Role = "face") -> Reference:
    return Reference(data, "image/jpeg", role)


def asked(prompt: str = "graphite", *references: Reference, **more: Any) -> Request:
    return Request("local", prompt, references or (reference(),), **more)


async def drawn(local: Provider, request: Request) -> Result:
    return await local.collect(await local.submit(request, "attempt-1"))


def size(result: Result) -> tuple[int, int]:
    with Image.open(BytesIO(result.data)) as image:
        image.load()
        return image.size


# ── the contract ─────────────────────────────────────────────────────────────────────────────────────────


async def test_the_ticket_carries_the_finished_picture(local: Provider) -> None:
    ticket = await local.submit(asked("an oil portrait", seed=7), "attempt-1")
    result = await local.collect(ticket)
    assert result is ticket.result
    assert (result.note, result.seed, result.cost, result.tokens) == ("oil", 7, None, None)
    width, height = size(result)
    assert 0.95 < width * height / 1024**2 < 1.05, "a small photo grows to about a megapixel"
    assert width / height == pytest.approx(316 / 464, abs=0.002)


async def test_there_is_nothing_to_find_to_cancel_or_to_close(local: Provider) -> None:
    ticket = await local.submit(asked(), "attempt-1")
    assert await local.find(asked(), "attempt-1", ()) is None
    await local.cancel(ticket)
    await local.aclose()


async def test_the_registry_builds_it_and_its_model_costs_nothing(detector: Detector) -> None:
    local = factory("local")(setup_of("local", faces=detector))
    model = shipped("local")[0]
    assert model.free
    assert set(model.capabilities.illustrated) < set(LOOKS)
    for aspect in model.capabilities.aspects:
        proportions(aspect)  # raises for one it cannot draw
    assert size(await drawn(local, asked(aspect="16:9"))) == (1360, 765)


async def test_work_on_pixels_goes_through_the_runner_it_was_given(detector: Detector) -> None:
    work: list[str] = []

    async def run(task: Callable[..., Any], *args: Any) -> Any:
        work.append(task.__name__)
        return await asyncio.to_thread(task, *args)

    await drawn(build(replace(setup_of("local", faces=detector), run=run)), asked())
    assert work == ["decode", "draw"]


async def test_it_is_lent_to_two_callers_at_once(local: Provider) -> None:
    alone = [await drawn(local, asked("oil", seed=seed)) for seed in (1, 2)]
    together = await asyncio.gather(*(drawn(local, asked("oil", seed=seed)) for seed in (1, 2)))
    assert list(together) == alone


# ── which look ───────────────────────────────────────────────────────────────────────────────────────────


async def looks(local: Provider, prompt: str, count: int, **more: Any) -> list[str | None]:
    requests = (asked(prompt, index=index, count=count, **more) for index in range(count))
    return [(await drawn(local, request)).note for request in requests]


async def test_the_words_of_the_prompt_choose_the_look(local: Provider) -> None:
    assert await looks(local, "Mila à la plage, à l'aquarelle", 1) == ["watercolour"]
    assert await looks(local, "Mila as a cartoon hero", 1) == ["comic"]


async def test_several_pictures_take_turns_through_the_looks_that_are_named(local: Provider) -> None:
    assert await looks(local, "une affiche, ou une BD ?", 4) == ["poster", "comic", "poster", "comic"]


async def test_six_pictures_without_a_style_show_all_six_looks(local: Provider) -> None:
    assert await looks(local, "a portrait", 6) == list(LOOKS)


async def test_one_picture_without_a_style_is_an_oil_painting(local: Provider) -> None:
    assert await looks(local, "a portrait", 1) == ["oil"]


async def test_the_style_parameter_wins_over_the_prompt(local: Provider) -> None:
    assert await looks(local, "oil painting", 2, parameters={"style": "poster"}) == ["poster", "poster"]
    assert await looks(local, "oil painting", 1, parameters={"style": "Aquarelle"}) == ["watercolour"]


# ── chance ───────────────────────────────────────────────────────────────────────────────────────────────


async def test_the_same_request_gives_the_same_bytes(local: Provider) -> None:
    assert await drawn(local, asked(seed=5)) == await drawn(local, asked(seed=5))
    assert await drawn(local, asked()) == await drawn(local, asked())


async def test_pictures_of_one_request_differ_and_so_do_seeds(local: Provider) -> None:
    pictures = [await drawn(local, asked(index=index, count=3)) for index in range(3)]
    pictures.append(await drawn(local, asked(seed=99)))
    assert len({picture.data for picture in pictures}) == 4
    assert len({size(picture) for picture in pictures}) == 1


async def test_a_picture_tells_the_seed_that_draws_it_again_alone(local: Provider) -> None:
    third = await drawn(local, asked(seed=2**31 - 2, index=2, count=3))
    assert third.seed == 0
    assert await drawn(local, asked(seed=third.seed)) == third


# ── which photo ──────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("roles", "shown"),
    [(("style", "face"), MAN), (("scene", "body"), MAN), (("face", "body"), WOMAN), (("object", "style"), WOMAN)],
)
async def test_it_restyles_the_photo_of_the_person_else_the_first(
    local: Provider, detector: Detector, roles: tuple[Role, Role], shown: bytes
) -> None:
    result = await drawn(local, asked("graphite", reference(WOMAN, roles[0]), reference(MAN, roles[1])))
    assert detector.asked == [shown]
    assert result == await drawn(local, asked("graphite", reference(shown)))


async def test_faces_are_understood_in_pixels_of_the_photo_as_it_was_sent() -> None:
    photo = BytesIO()
    # A bright head in a photo so large that it is read at half its size.
    wide = Image.new("RGB", (6000, 3000), (20, 20, 20))
    wide.paste((240, 240, 240), (2400, 500, 3000, 1300))
    wide.save(photo, "JPEG")

    async def faces(data: bytes) -> Sequence[FaceBox]:
        return [(2400, 500, 600, 800)]

    local = build(setup_of("local", faces=faces))
    result = await drawn(local, asked("cinematic", reference(photo.getvalue()), aspect="9:16"))
    with Image.open(BytesIO(result.data)) as image:
        assert np.asarray(image.convert("L").reduce(8)).max() > 150, "the head is in the picture"


# ── what it refuses ──────────────────────────────────────────────────────────────────────────────────────


async def refusal(local: Provider, request: Request) -> str:
    with pytest.raises(BadInput) as caught:
        await local.submit(request, "attempt-1")
    return caught.value.problem


async def test_it_needs_a_photo(local: Provider) -> None:
    assert await refusal(local, Request("local", "oil")) == "needs_reference"


@pytest.mark.parametrize("data", [b"", b"not a photo", WOMAN[:2000]], ids=["empty", "words", "cut off"])
async def test_a_photo_that_cannot_be_decoded_is_refused(local: Provider, detector: Detector, data: bytes) -> None:
    assert await refusal(local, asked("oil", reference(data))) == "photo"
    assert detector.asked == [], "only what was decoded is searched for faces"


@pytest.mark.parametrize(
    "wrong",
    [
        {"parameters": {"style": "cubist"}},
        {"parameters": {"style": ""}},
        {"parameters": {"strength": "0.5"}},
        {"aspect": "7:1"},
        {"aspect": "square"},
    ],
    ids=str,
)
async def test_an_unknown_parameter_or_aspect_is_refused_before_any_work(
    local: Provider, detector: Detector, wrong: dict[str, Any]
) -> None:
    assert await refusal(local, asked("oil", **wrong)) == "parameter"
    assert detector.asked == []
