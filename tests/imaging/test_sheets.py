"""A contact sheet shows every picture whole, in reading order, with a number anyone can make out."""

from itertools import combinations

import pytest
from PIL import Image

from bot.imaging.inspection import inspect
from bot.imaging.sheets import sheet
from bot.imaging.values import PhotoError
from tests.imaging.pictures import WOMAN, cutout, near, opened, saved, scene

COLOURS = [(200, 30, 30), (30, 160, 40), (40, 60, 200), (200, 180, 30), (150, 40, 170), (30, 170, 180)]


def plain(colour: tuple[int, int, int], size: tuple[int, int] = (512, 512)) -> bytes:
    return inspect(saved(Image.new("RGB", size, colour), "PNG")).thumbnail


def cells(image: Image.Image, columns: int, rows: int) -> list[Image.Image]:
    width, height = image.width / columns, image.height / rows
    return [
        image.crop((round(x * width), round(y * height), round((x + 1) * width), round((y + 1) * height)))
        for y in range(rows)
        for x in range(columns)
    ]


@pytest.mark.parametrize(
    ("count", "columns", "rows"),
    [(1, 1, 1), (2, 2, 1), (3, 3, 1), (4, 2, 2), (6, 3, 2), (8, 4, 2), (9, 3, 3), (12, 4, 3), (16, 4, 4)],
)
def test_pictures_of_one_shape_fill_a_grid(count: int, columns: int, rows: int) -> None:
    image = opened(sheet([plain(COLOURS[number % 6]) for number in range(count)]))

    assert image.format == "JPEG"
    assert image.size == (columns * 524 + 12, rows * 524 + 12)
    for number, cell in enumerate(cells(image.convert("RGB"), columns, rows)[:count]):
        middle = cell.getpixel((cell.width // 2, cell.height // 2))
        assert isinstance(middle, tuple)
        assert near(middle, COLOURS[number % 6])


@pytest.mark.parametrize("ground", [(255, 255, 255), (0, 0, 0), (128, 128, 128), (255, 0, 0)])
def test_a_number_stands_out_from_any_picture(ground: tuple[int, int, int]) -> None:
    image = opened(sheet([plain(ground)])).convert("L")
    badge = image.crop((22, 22, 22 + 56, 22 + 56))

    disc = badge.crop((14, 14, 42, 42))
    lightest, darkest = disc.getextrema()[1], disc.getextrema()[0]
    assert lightest > 240
    assert darkest < 40
    ring = badge.getpixel((1, 28))
    assert isinstance(ring, int)
    assert ring < 60


def test_every_number_is_another() -> None:
    image = opened(sheet([plain((90, 90, 90))] * 16)).convert("L")
    side = image.width // 18
    corners = [(22 + 524 * x, 22 + 524 * y) for y in range(4) for x in range(4)]
    badges = [image.crop((left, top, left + side, top + side)) for left, top in corners]
    unlike = [
        sum(abs(a - b) > 128 for a, b in zip(one.get_flattened_data(), other.get_flattened_data(), strict=True))
        for one, other in combinations(badges, 2)
    ]
    assert min(unlike) > 50


def test_pictures_keep_the_numbers_they_have() -> None:
    grey = [plain((90, 90, 90))] * 2
    assert sheet(grey, (1, 2)) == sheet(grey)
    assert sheet(grey, (1, 3)) != sheet(grey)


def test_mixed_shapes_are_all_shown_whole() -> None:
    sizes = [(1024, 1024), (1536, 1024), (1024, 1536), (1344, 576), (576, 1344), (500, 400)]
    thumbnails = [plain(colour, size) for colour, size in zip(COLOURS, sizes, strict=True)]
    image = opened(sheet(thumbnails)).convert("RGB")

    for cell, colour, (width, height) in zip(cells(image, 3, 2), COLOURS, sizes, strict=True):
        pixels = [near(pixel, colour, within=30) for pixel in cell.get_flattened_data()]
        rows = [pixels[start : start + cell.width] for start in range(0, len(pixels), cell.width)]
        shown_height = sum(1 for row in rows if sum(row) > 10)
        shown_width = max(sum(row) for row in rows)
        assert shown_width / shown_height == pytest.approx(width / height, rel=0.08)


def test_photos_and_cut_outs_go_together() -> None:
    mixed = [WOMAN.read_bytes(), saved(cutout(), "WEBP"), inspect(saved(scene(), "PNG")).thumbnail]
    assert opened(sheet(mixed)).mode == "RGB"


@pytest.mark.parametrize("count", [0, 17])
def test_a_sheet_has_1_to_16_pictures(count: int) -> None:
    with pytest.raises(ValueError, match="1 to 16"):
        sheet([plain((0, 0, 0))] * count)


def test_a_thumbnail_that_is_none_is_a_photo_error() -> None:
    with pytest.raises(PhotoError):
        sheet([b"nothing of the kind"])
