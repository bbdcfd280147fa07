"""The six looks: what each must show, what none may do to a face, and how a photo is framed for them."""

from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from providers.local.looks import LOOKS
from providers.local.looks.arrays import FaceBox, Picture, unit
from providers.local.looks.framing import BadAspect, Framed, drawn_size, frame, framed, proportions
from providers.local.looks.photo import BadPhoto, decode, encode
from providers.local.looks.tone import exposed
from providers.local.looks.words import load
from providers.local.provider import DRAW

PHOTOS = Path(__file__).parents[1] / "photos"
WOMAN: FaceBox = (59, 78, 172, 247)
MAN: FaceBox = (21, 47, 155, 197)
ELSEWHERE: FaceBox = (2, 2, 24, 24)
ASPECTS = ("1:1", "2:3", "3:2", "3:4", "4:3", "4:5", "5:4", "9:16", "16:9", "21:9")

Drawn = Callable[[str], Picture]


def photo(name: str) -> Picture:
    return decode((PHOTOS / name).read_bytes()).pixels


def drawn(look: str, part: Framed, seed: int = 1) -> Picture:
    return DRAW[look](part.picture, part.faces, np.random.default_rng(seed))


@pytest.fixture(scope="module")
def woman() -> Framed:
    return framed(photo("woman.jpg"), [WOMAN], None)


@pytest.fixture(scope="module")
def look_of(woman: Framed) -> Drawn:
    """The woman in a look, each drawn once."""
    done: dict[str, Picture] = {}

    def draw(look: str) -> Picture:
        if look not in done:
            done[look] = drawn(look, woman)
        return done[look]

    return draw


def inside(picture: NDArray[np.generic], box: FaceBox) -> NDArray[np.float64]:
    x, y, width, height = box
    return np.asarray(picture[max(0, y) : y + height, max(0, x) : x + width], np.float64)


def grey(picture: Picture) -> Picture:
    return np.asarray(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY), np.uint8)


def correlation(one: NDArray[np.float64], other: NDArray[np.float64]) -> float:
    return float(np.corrcoef(one.ravel(), other.ravel())[0, 1])


def likeness(one: Picture, other: Picture, box: FaceBox) -> float:
    """Correlation of what is lighter and what is darker within the box, from -1 to 1."""
    tones = [cv2.GaussianBlur(grey(picture).astype(np.float32), (0, 0), 4) for picture in (one, other)]
    return correlation(inside(tones[0], box), inside(tones[1], box))


def detail(one: Picture, other: Picture, box: FaceBox) -> float:
    """Correlation of fine detail (finer than about 6 px) within the box, from -1 to 1."""
    fine = []
    for picture in (one, other):
        tone = cv2.GaussianBlur(grey(picture).astype(np.float32), (0, 0), 1.2)
        fine.append(inside(np.asarray(tone - cv2.GaussianBlur(tone, (0, 0), 6)), box))
    return correlation(fine[0], fine[1])


# ── every look ───────────────────────────────────────────────────────────────────────────────────────────


def test_there_are_six_looks_and_each_can_be_drawn() -> None:
    assert LOOKS == ("oil", "watercolour", "graphite", "comic", "cinematic", "poster")
    assert set(DRAW) == set(LOOKS)


@pytest.mark.parametrize("look", LOOKS)
def test_a_look_keeps_the_size_and_leaves_the_photo_alone(look: str, woman: Framed) -> None:
    before = woman.picture.copy()
    picture = drawn(look, woman)
    assert picture.shape == before.shape
    assert picture.dtype == np.uint8
    assert np.array_equal(woman.picture, before)


@pytest.mark.parametrize("look", LOOKS)
def test_a_look_changes_the_photo_but_not_who_is_on_it(look: str, woman: Framed, look_of: Drawn) -> None:
    picture = look_of(look)
    assert np.abs(picture.astype(np.int16) - woman.picture).mean() > 5
    assert likeness(picture, woman.picture, woman.faces[0]) > 0.85


@pytest.mark.parametrize("look", LOOKS)
def test_the_same_chance_draws_the_same_picture_and_another_chance_a_slightly_different_one(
    look: str, woman: Framed, look_of: Drawn
) -> None:
    again, other = drawn(look, woman, seed=1), drawn(look, woman, seed=2)
    assert np.array_equal(look_of(look), again)
    assert not np.array_equal(other, again)
    assert likeness(other, again, woman.faces[0]) > 0.95, "only the hand may vary, never the framing"


@pytest.mark.parametrize("look", ["oil", "watercolour"])
def test_painted_faces_keep_more_detail_than_the_rest_of_the_picture(look: str, woman: Framed) -> None:
    face = woman.faces[0]
    known = drawn(look, woman)
    missed = drawn(look, Framed(woman.picture, (ELSEWHERE,)))
    assert detail(known, woman.picture, face) > detail(missed, woman.picture, face) + 0.05
    hair_and_garden = (face[0] + face[2] + 60, face[1], 180, 500)
    assert detail(known, woman.picture, face) > detail(known, woman.picture, hair_and_garden)


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize(
    ("colour", "faces"),
    [(0, []), (128, [WOMAN]), (255, [(-50, -50, 60, 60)])],
    ids=["black", "grey", "white"],
)
def test_a_plain_photo_is_no_trouble(look: str, colour: int, faces: list[FaceBox]) -> None:
    plain = np.full((300, 400, 3), colour, np.uint8)
    assert drawn(look, Framed(plain, tuple(faces))).shape == plain.shape


@pytest.mark.parametrize("look", LOOKS)
def test_a_photo_of_a_few_pixels_is_no_trouble(look: str) -> None:
    speck = np.array([[[10, 20, 200], [200, 120, 30], [0, 255, 0]]], np.uint8)
    assert drawn(look, framed(speck, [], None)).shape == (591, 1774, 3)


# ── what makes each look what it is ──────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("look", ["oil", "watercolour", "comic", "cinematic"])
def test_looks_in_colour_keep_the_colours(look: str, woman: Framed, look_of: Drawn) -> None:
    def warmth(picture: Picture) -> NDArray[np.float64]:
        soft = cv2.GaussianBlur(picture.astype(np.float32), (0, 0), 12)[60:-60, 60:-60]
        return np.asarray(soft[..., 2] - soft[..., 0], np.float64)

    assert correlation(warmth(woman.picture), warmth(look_of(look))) > 0.8


def test_light_catches_the_bristle_marks_of_oil_paint() -> None:
    smooth = np.full((400, 400, 3), (150, 160, 170), np.uint8)
    painted = grey(drawn("oil", Framed(smooth, ()))).astype(np.float32)
    assert np.diff(painted, axis=1).std() > 4.5


def test_watercolour_ends_in_an_irregular_white_border_of_paper() -> None:
    even = np.full((900, 900, 3), (90, 110, 130), np.uint8)
    tones = grey(drawn("watercolour", Framed(even, ())))
    rim = np.concatenate([tones[:6].ravel(), tones[-6:].ravel(), tones[:, :6].ravel(), tones[:, -6:].ravel()])
    assert np.median(rim) > 235
    begins = (tones[200:700] < 200).argmax(axis=1)
    assert begins.min() > 0
    assert begins.std() > 3, "a ruled border would look printed"


def test_graphite_has_no_colour_and_leaves_the_edges_of_the_sheet_bare(look_of: Drawn) -> None:
    picture = look_of("graphite")
    assert (picture.max(axis=2) - picture.min(axis=2)).max() < 25
    assert np.median(grey(picture)[:, :8]) > 225


def test_graphite_shades_darker_places_with_more_lead() -> None:
    ramp = np.repeat(np.linspace(0, 255, 600, dtype=np.uint8)[None, :, None], 400, axis=0).repeat(3, axis=2)
    tones = grey(drawn("graphite", Framed(ramp, ())))[150:250]
    means = [tones[:, start : start + 80].mean() for start in (130, 230, 330, 430)]
    assert means == sorted(means)


def test_a_comic_is_outlined_in_ink() -> None:
    ball = np.full((600, 600, 3), 210, np.uint8)
    cv2.circle(ball, (300, 300), 150, (120, 130, 150), cv2.FILLED)
    rows, columns = np.nonzero(grey(drawn("comic", Framed(ball, ()))) < 50)
    distance = np.hypot(rows - 300, columns - 300)
    assert len(distance) > 1000
    assert np.abs(distance - 150).max() < 12


def test_a_comic_breaks_a_gradient_into_a_few_flat_steps() -> None:
    ramp = np.repeat(np.linspace(128, 255, 600, dtype=np.uint8)[None, :, None], 300, axis=0).repeat(3, axis=2)
    row = grey(drawn("comic", Framed(ramp, ())))[150].astype(np.float32)
    changes = np.sort(np.abs(np.diff(row)))[::-1]
    assert changes[:30].sum() > 0.6 * changes.sum()


def test_a_comic_has_strong_colour(woman: Framed, look_of: Drawn) -> None:
    def colour(of: Picture) -> float:
        return float(inside(cv2.cvtColor(of, cv2.COLOR_BGR2HSV)[..., 1], woman.faces[0]).mean())

    assert colour(look_of("comic")) > colour(woman.picture)


def lab(picture: Picture, box: FaceBox) -> NDArray[np.float64]:
    """Mean lightness, a* and b* within the box."""
    colours = cv2.cvtColor(picture.astype(np.float32) / 255, cv2.COLOR_BGR2LAB)
    return np.asarray(inside(colours, box).reshape(-1, 3).mean(axis=0), np.float64)


def test_cinematic_shadows_turn_teal_and_skin_keeps_its_hue() -> None:
    scene = np.full((600, 600, 3), 200, np.uint8)
    skin: FaceBox = (80, 200, 160, 200)
    shadow: FaceBox = (360, 200, 160, 200)
    scene[200:400, 80:240] = (45, 62, 95)
    scene[200:400, 360:520] = (62, 62, 62)
    picture = drawn("cinematic", Framed(scene, (skin,)))
    assert lab(picture, shadow)[1] < -3
    assert lab(picture, shadow)[2] < -3
    before, after = (np.degrees(np.arctan2(*lab(of, skin)[:0:-1])) for of in (scene, picture))
    assert abs(before - after) < 6


def test_cinematic_corners_are_darker_than_the_middle() -> None:
    even = np.full((600, 800, 3), 170, np.uint8)
    tones = grey(drawn("cinematic", Framed(even, ())))
    assert tones[:60, :60].mean() < tones[270:330, 370:430].mean() - 25


def test_a_poster_is_printed_in_four_inks_on_paper(look_of: Drawn) -> None:
    printed = cv2.medianBlur(look_of("poster"), 5)[::4, ::4].reshape(-1, 3).astype(np.float32)
    cv2.setRNGSeed(1)
    until = (cv2.TERM_CRITERIA_COUNT, 20, 0.0)
    _, nearest, inks = cv2.kmeans(printed, 5, np.empty(0), until, 3, cv2.KMEANS_PP_CENTERS)
    off = np.linalg.norm(printed - np.asarray(inks)[np.asarray(nearest).ravel()], axis=1)
    assert (off < 20).mean() > 0.9


def test_a_face_against_the_light_is_brought_out(woman: Framed) -> None:
    x, y, width, height = woman.faces[0]
    against = woman.picture.copy()
    against[y : y + height, x : x + width] //= 5
    known, missed = (
        inside(grey(drawn("cinematic", Framed(against, faces))), woman.faces[0]).mean()
        for faces in (woman.faces, (ELSEWHERE,))
    )
    assert known > 1.2 * missed


def test_a_dark_photo_is_led_towards_the_light_and_a_well_lit_one_left_alone(woman: Framed) -> None:
    night = (woman.picture.astype(np.float32) * 0.3).astype(np.uint8)
    assert exposed(unit(night), ()).mean() > 1.5 * unit(night).mean()
    assert exposed(unit(woman.picture), woman.faces).mean() == pytest.approx(unit(woman.picture).mean(), rel=0.15)


# ── framing ──────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("aspect", ASPECTS)
@pytest.mark.parametrize(("name", "face"), [("woman.jpg", WOMAN), ("man.jpg", MAN)])
def test_the_head_is_whole_in_every_aspect(aspect: str, name: str, face: FaceBox) -> None:
    part = framed(photo(name), [face], proportions(aspect))
    height, width = part.picture.shape[:2]
    across, down = (int(number) for number in aspect.split(":"))
    assert abs(width - height * across / down) <= 1
    assert 0.95 < width * height / 1024**2 < 1.05
    ((x, y, face_width, face_height),) = part.faces
    assert x >= 0
    assert y >= face_height * 0.1, "hair needs room"
    assert x + face_width <= width
    assert y + face_height <= height


@pytest.mark.parametrize("aspect", ASPECTS)
def test_nothing_is_stretched(aspect: str) -> None:
    size = drawn_size((1600, 1200), proportions(aspect))
    part = frame((1600, 1200), size, [])
    assert part.width / part.height == pytest.approx(size[0] / size[1], abs=1 / part.height * 2)


def test_auto_keeps_the_proportions_of_the_photo() -> None:
    width, height = drawn_size((300, 400), None)
    assert abs(width - height * 3 / 4) <= 1


def test_a_panorama_is_cropped_to_three_to_one() -> None:
    assert drawn_size((20_000, 400), None) == (1774, 591)


def test_the_crop_goes_to_the_face_wherever_it_is() -> None:
    face = (1350, 300, 120, 150)
    part = frame((1600, 900), drawn_size((1600, 900), (9, 16)), [face])
    assert part.x <= face[0]
    assert part.x + part.width >= face[0] + face[2]
    assert part.x + part.width <= 1600


def test_two_heads_stay_together_where_both_fit_and_the_larger_wins_where_they_do_not() -> None:
    left, right = (200, 200, 150, 190), (700, 220, 160, 200)
    together = frame((1600, 1000), drawn_size((1600, 1000), (1, 1)), [left, right])
    assert together.x <= left[0]
    assert together.x + together.width >= right[0] + right[2]
    alone = frame((1600, 1000), drawn_size((1600, 1000), (9, 16)), [left, right])
    assert alone.x <= right[0]
    assert alone.x + alone.width >= right[0] + right[2]


def test_without_a_face_the_middle_is_kept_and_more_of_the_top_than_of_the_bottom() -> None:
    wide = frame((1600, 900), drawn_size((1600, 900), (1, 1)), [])
    assert wide.x == 350
    tall = frame((900, 1600), drawn_size((900, 1600), (1, 1)), [])
    assert tall.y == pytest.approx((1600 - 900) / 3, abs=1)


def test_a_head_too_tall_for_the_crop_gets_a_backdrop_instead_of_losing_its_hair() -> None:
    part = frame((316, 464), drawn_size((316, 464), (21, 9)), [WOMAN])
    assert part.width > 316
    assert part.height >= WOMAN[3]


@pytest.mark.parametrize("aspect", ["", "4", "4:5:6", "0:1", "wide", "5:1", "1:4", "-4:5", "4:5 "])
def test_an_unknown_aspect_is_refused(aspect: str) -> None:
    with pytest.raises(BadAspect):
        proportions(aspect)


# ── photos ───────────────────────────────────────────────────────────────────────────────────────────────


def sent(image: Image.Image, kind: str = "JPEG", **options: Any) -> bytes:
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def test_a_photo_is_turned_upright() -> None:
    sideways = Image.new("RGB", (80, 40), "red")
    sideways.paste("blue", (0, 0, 40, 40))
    exif = Image.Exif()
    exif[0x0112] = 6
    pixels = decode(sent(sideways, exif=exif)).pixels
    assert pixels.shape == (80, 40, 3)
    assert pixels[10, 20, 0] > 200, "blue is at the top"
    assert pixels[70, 20, 2] > 200, "red is at the bottom"


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_large_photo_is_read_smaller_and_says_by_how_much(kind: str) -> None:
    original = decode(sent(Image.new("RGB", (6000, 4000), "green"), kind))
    assert 1280 <= original.pixels.shape[0] < 4000
    assert original.pixels.shape[1] * original.reduction == pytest.approx(6000, abs=original.reduction)


def test_transparent_pixels_become_white() -> None:
    assert decode(sent(Image.new("RGBA", (8, 8), (255, 0, 0, 0)), "PNG")).pixels.min() == 255


def test_too_many_pixels_are_refused_before_they_are_decoded() -> None:
    header = sent(Image.new("1", (8000, 6000)), "PNG")[:60]
    with pytest.raises(BadPhoto, match="too many"):
        decode(header)


@pytest.mark.parametrize("data", [b"", b"GIF89a", b"no picture at all", (PHOTOS / "man.jpg").read_bytes()[:3000]])
def test_what_cannot_be_decoded_is_refused(data: bytes) -> None:
    with pytest.raises(BadPhoto):
        decode(data)


def test_what_is_sent_is_a_jpeg_that_says_nothing_but_the_picture(woman: Framed) -> None:
    with Image.open(BytesIO(encode(woman.picture))) as image:
        assert image.format == "JPEG"
        assert not image.getexif()
        assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


# ── words ────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "looks"),
    [
        ("an oil painting of her", ["oil"]),
        ("peinture à l'huile", ["oil"]),
        ("PEINTURE A L’HUILE", ["oil"]),
        ("watercolor", ["watercolour"]),
        ("une Aquarelle légère", ["watercolour"]),
        ("pencil sketch", ["graphite"]),
        ("un dessin au crayon", ["graphite"]),
        ("manga girl", ["comic"]),
        ("planche de BD", ["comic"]),
        ("un dessin animé", ["comic"]),
        ("façon bande dessinée", ["comic"]),
        ("une bande dessinee", ["comic"]),
        ("cinematic, moody", ["cinematic"]),
        ("comme au cinéma", ["cinematic"]),
        ("une affiche de cinéma", ["poster"]),
        ("movie poster", ["poster"]),
        ("pop-art", ["poster"]),
        ("oil, then watercolour, then oil again", ["oil", "watercolour"]),
        ("affiche ou aquarelle", ["poster", "watercolour"]),
        ("a bottle of olive oil", []),
        ("de l'huile d'olive", []),
        ("boiled, filmed, comical", []),
        ("a red fox in the snow", []),
        ("", []),
    ],
)
def test_style_words_are_understood_in_english_and_french(text: str, looks: Sequence[str]) -> None:
    assert load().named(text) == tuple(looks)


def test_every_look_has_words_and_its_own_name_is_one_of_them() -> None:
    assert [load().named(look) for look in LOOKS] == [(look,) for look in LOOKS]
