"""All photos of a call fit into one body, and no photo is touched that does not have to be."""

import base64
import os
from io import BytesIO

from PIL import Image

from bot.core.generation.reference_budget import BODY, PHOTOS, Fitted, within
from bot.imaging.copies.reduced_copy import opaque_photo
from providers.contract.provider import Reference

SIDE = 900


def cut_out(side: int = SIDE) -> Fitted:
    """A photo with transparency that no format packs: random pixels."""
    data = BytesIO()
    Image.frombytes("RGBA", (side, side), os.urandom(side * side * 4)).save(data, "PNG", compress_level=1)
    return Fitted(Reference(data.getvalue(), "image/png", "object"), side)


async def smaller(data: bytes, longest: int) -> tuple[bytes, str]:
    return opaque_photo(data, longest)


async def test_eight_cut_outs_fit_into_one_body() -> None:
    photos = [cut_out()] * 8
    assert sum(one.size for one in photos) > PHOTOS, "they would not fit as they are"
    sent = await within(photos, smaller)
    assert sum(len(base64.b64encode(one.data)) for one in sent) < BODY
    assert {one.role for one in sent} == {"object"}


async def test_photos_that_fit_are_sent_as_they_are() -> None:
    photos = [cut_out(64), cut_out(32)]
    assert await within(photos, smaller) == tuple(one.reference for one in photos)


async def test_only_the_heaviest_is_made_lighter_when_that_is_enough() -> None:
    light, heavy = cut_out(64), cut_out(256)
    sent = await within([light, heavy], smaller, light.size + heavy.size - 1)
    assert sent[0] is light.reference
    assert sent[1].media_type == "image/jpeg"


async def test_transparency_becomes_white_and_not_black() -> None:
    data = BytesIO()
    Image.new("RGBA", (8, 8), (0, 0, 0, 0)).save(data, "PNG")
    jpeg, _ = await smaller(data.getvalue(), 8)
    with Image.open(BytesIO(jpeg)) as image:
        assert image.getpixel((4, 4)) == (255, 255, 255)


async def test_photos_that_cannot_be_made_smaller_end_the_work() -> None:
    photo = Fitted(Reference(b"\xff" * 1000, "image/jpeg", "face"), 100)
    assert await within([photo], smaller, 10) == (photo.reference,)
