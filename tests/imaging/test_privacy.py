"""A stored photo is only its pixels, the right way up: nothing says where, when or with what it was taken."""

import pytest
from PIL import ExifTags

from bot.imaging.faces import FaceDetector
from bot.imaging.intake import intake
from tests.imaging.pictures import corners, cutout, located, near, opened, saved, scene, seen_at
from tests.imaging.samples.profiles import wide_rgb

# Where red, the corner at the top left, is stored for each EXIF orientation; 5 to 8 lie on their side.
RED_AT = {
    1: (0.25, 0.25),
    2: (0.75, 0.25),
    3: (0.75, 0.75),
    4: (0.25, 0.75),
    5: (0.25, 0.25),
    6: (0.75, 0.25),
    7: (0.75, 0.75),
    8: (0.25, 0.75),
}


def test_a_24_megapixel_photo_held_sideways_comes_out_upright_and_without_its_place(
    detector: FaceDetector,
) -> None:
    taken = saved(corners(6000, 4000), "JPEG", exif=located(orientation=6), icc_profile=wide_rgb())
    assert opened(taken).getexif().get_ifd(ExifTags.IFD.GPSInfo)

    photo = intake(taken, detector)

    stored = opened(photo.data)
    assert (photo.width, photo.height) == stored.size == (1365, 2048)
    assert near(seen_at(photo.data, 0.75, 0.25), (255, 0, 0), within=60)
    assert not stored.getexif()
    assert b"Exif" not in photo.data
    assert b"Phone" not in photo.data
    assert photo.notes == ()


@pytest.mark.parametrize("format_", ["JPEG", "PNG", "WEBP", "HEIF", "TIFF"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_way_to_hold_a_camera_is_undone(format_: str, orientation: int, detector: FaceDetector) -> None:
    photo = intake(saved(corners(), format_, exif=located(orientation)), detector)

    assert (photo.width, photo.height) == ((240, 320) if orientation >= 5 else (320, 240))
    assert near(seen_at(photo.data, *RED_AT[orientation]), (255, 0, 0))


@pytest.mark.filterwarnings("ignore:Corrupt EXIF data:UserWarning")
@pytest.mark.parametrize("exif", [b"no header at all", b"MM\0*\0\0\0\x08\0\x10 no directory behind its header"])
@pytest.mark.parametrize("format_", ["JPEG", "PNG", "WEBP"])
def test_exif_that_cannot_be_read_does_not_cost_the_photo(format_: str, exif: bytes, detector: FaceDetector) -> None:
    photo = intake(saved(corners(), format_, exif=b"Exif\0\0" + exif), detector)
    assert (photo.width, photo.height) == (320, 240)


@pytest.mark.parametrize("format_", ["JPEG", "PNG", "WEBP", "HEIF", "TIFF"])
def test_no_metadata_is_kept(format_: str, detector: FaceDetector) -> None:
    taken = saved(scene(), format_, exif=located(), xmp=b"<x:xmpmeta>secret place</x:xmpmeta>", icc_profile=wide_rgb())
    photo = intake(taken, detector)

    for data in (photo.data, photo.thumbnail):
        assert set(opened(data).info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
        assert b"secret" not in data
        assert b"Phone" not in data


def test_nor_is_it_in_a_transparent_png(detector: FaceDetector) -> None:
    photo = intake(saved(cutout(), "PNG", exif=located(), icc_profile=wide_rgb()), detector)
    assert opened(photo.data).info == {}
    assert b"Phone" not in photo.data
