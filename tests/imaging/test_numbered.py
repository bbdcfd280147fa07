"""A copy with a number on it, which no chat cuts off and anyone can make out."""

import pytest
from PIL import Image

from bot.imaging.copies.numbered_copy import numbered_photo
from tests.imaging.pictures import opened, saved


def plain(size: tuple[int, int], colour: tuple[int, int, int] = (90, 90, 90)) -> bytes:
    return saved(Image.new("RGB", size, colour), "PNG")


@pytest.mark.parametrize("size", [(600, 600), (600, 1200), (1400, 600)])
def test_the_number_stands_in_the_square_that_chats_cut_out(size: tuple[int, int]) -> None:
    copy = opened(numbered_photo(plain(size), 2048, 3)).convert("L")
    left, top = (size[0] - 600) // 2 + 25, (size[1] - 600) // 2 + 25
    badge = copy.crop((left, top, left + 100, top + 100))
    assert copy.size == size
    assert badge.getextrema()[0] < 40 < 240 < badge.getextrema()[1]
    around = copy.copy()
    around.paste(90, (left - 8, top - 8, left + 108, top + 108))
    assert around.getextrema() == (90, 90), "the rest is as it was"


def test_it_is_a_jpeg_within_its_bounds_whatever_the_picture_was() -> None:
    see_through = saved(Image.new("RGBA", (3000, 1500), (200, 30, 30, 128)), "PNG")
    copy = opened(numbered_photo(see_through, 2048, 12))
    assert (copy.format, copy.size) == ("JPEG", (2048, 1024))


def test_every_number_is_another() -> None:
    assert len({numbered_photo(plain((300, 300)), 2048, number) for number in range(1, 9)}) == 8
