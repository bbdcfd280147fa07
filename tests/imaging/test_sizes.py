"""Photos are stored at up to 2048 px, thumbnails at up to 512, and nothing is ever enlarged."""

import pytest

from bot.imaging.faces import FaceDetector
from bot.imaging.inspection import inspect
from bot.imaging.intake import intake
from bot.imaging.resizing import fitted
from tests.imaging.pictures import cutout, near, opened, saved, scene, seen_at


@pytest.mark.parametrize("format_", ["JPEG", "PNG", "HEIF"])
def test_a_large_photo_is_brought_to_2048_without_a_word(format_: str, detector: FaceDetector) -> None:
    photo = intake(saved(scene(2200, 1100), format_), detector)
    assert (photo.width, photo.height) == opened(photo.data).size == (2048, 1024)
    assert opened(photo.thumbnail).size == (512, 256)
    assert photo.notes == ()


@pytest.mark.parametrize(("taken", "kept"), [((4032, 3024), (2016, 1512)), ((3024, 4032), (1512, 2016))])
def test_a_phones_photo_is_kept_at_half_its_size(
    taken: tuple[int, int], kept: tuple[int, int], detector: FaceDetector
) -> None:
    photo = intake(saved(scene(*taken), "JPEG"), detector)
    assert (photo.width, photo.height) == opened(photo.data).size == kept


def test_a_small_photo_keeps_its_size(detector: FaceDetector) -> None:
    photo = intake(saved(scene(80, 70), "PNG"), detector)
    assert (photo.width, photo.height) == opened(photo.thumbnail).size == (80, 70)


@pytest.mark.parametrize("size", [(1, 1), (9000, 1), (1, 9000), (3, 640)])
def test_a_providers_picture_may_have_any_shape(size: tuple[int, int]) -> None:
    picture = inspect(saved(scene(*size), "PNG"))
    assert (picture.width, picture.height) == size
    assert max(opened(picture.thumbnail).size) == min(512, max(size))


def test_a_thumbnail_is_a_jpeg_in_which_transparency_shows_pale_grey(detector: FaceDetector) -> None:
    photo = intake(saved(cutout(), "PNG"), detector)
    assert opened(photo.thumbnail).format == "JPEG"
    assert near(seen_at(photo.thumbnail, 0.2, 0.5), (232, 232, 235), within=4)


def test_proportions_are_kept_and_no_side_vanishes() -> None:
    assert fitted((6000, 4000), 2048) == (2048, 1365)
    assert fitted((4000, 6000), 2048) == (1365, 2048)
    assert fitted((100, 50), 2048) == (100, 50)
    assert fitted((10_000, 1), 512) == (512, 1)
