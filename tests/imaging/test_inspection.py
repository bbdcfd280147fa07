"""A provider's picture is looked at, never rewritten."""

import hashlib

import pytest
from PIL import Image

from bot.imaging.inspection import inspect
from bot.imaging.values import PhotoError
from tests.imaging.pictures import located, near, opened, saved, scene, seen_at


@pytest.mark.parametrize(
    ("format_", "media_type"), [("PNG", "image/png"), ("JPEG", "image/jpeg"), ("WEBP", "image/webp")]
)
def test_it_has_the_type_size_and_checksum_of_its_own_bytes(format_: str, media_type: str) -> None:
    data = saved(scene(1280, 720), format_)
    drawn = inspect(data)
    assert (drawn.media_type, drawn.width, drawn.height) == (media_type, 1280, 720)
    assert drawn.sha256 == hashlib.sha256(data).hexdigest()
    assert opened(drawn.thumbnail).size == (512, 288)


def test_its_size_is_the_size_people_see() -> None:
    drawn = inspect(saved(scene(1280, 720), "JPEG", exif=located(orientation=8)))
    assert (drawn.width, drawn.height) == (720, 1280)
    assert opened(drawn.thumbnail).size == (288, 512)


def test_an_answer_that_is_no_picture_is_refused() -> None:
    with pytest.raises(PhotoError) as refusal:
        inspect(b'{"error": "overloaded"}')
    assert refusal.value.problem == "not_a_photo"


@pytest.mark.parametrize("format_", ["GIF", "PNG", "WEBP", "AVIF"])
def test_one_that_moves_is_taken_by_its_first_frame(format_: str) -> None:
    first, then = (Image.new("RGB", (160, 120), colour) for colour in ("red", "blue"))
    options = {"speed": 10} if format_ == "AVIF" else {}
    drawn = inspect(saved(first, format_, save_all=True, append_images=[then], **options))
    assert (drawn.width, drawn.height) == (160, 120)
    assert near(seen_at(drawn.thumbnail, 0.5, 0.5), (255, 0, 0))


def test_a_comment_of_the_program_that_drew_it_is_not_in_the_thumbnail() -> None:
    drawn = inspect(saved(scene(1280, 720), "JPEG", comment=b"the whole workflow"))
    assert b"workflow" not in drawn.thumbnail
