"""A provider's picture is looked at, never rewritten."""

import hashlib

import pytest

from bot.imaging.inspection import inspect
from bot.imaging.values import PhotoError
from tests.imaging.pictures import located, opened, saved, scene


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
