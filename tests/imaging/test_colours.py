"""Whatever colours a file stores, the stored photo is 8-bit sRGB and looks as it was meant."""

import cv2
import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image

from bot.imaging.faces import FaceDetector
from bot.imaging.intake import intake
from tests.imaging.pictures import corners, near, opened, saved, seen_at
from tests.imaging.samples.profiles import odd_cmyk, wide_rgb


def deep(format_: str, values: npt.NDArray[np.uint16]) -> bytes:
    """A 16-bit file, which Pillow cannot write for colours."""
    return cv2.imencode(format_, values)[1].tobytes()


def test_a_print_photo_is_converted_and_the_person_told(detector: FaceDetector) -> None:
    photo = intake(saved(corners().convert("CMYK"), "JPEG", quality=95), detector)

    assert opened(photo.data).mode == "RGB"
    assert near(seen_at(photo.data, 0.25, 0.25), (255, 0, 0))
    assert near(seen_at(photo.data, 0.75, 0.75), (255, 255, 255))
    assert photo.notes == ("cmyk-converted",)


@pytest.mark.parametrize("format_", ["JPEG", "TIFF"])
def test_a_print_photo_is_read_by_the_profile_it_carries(format_: str, detector: FaceDetector) -> None:
    cyan = saved(Image.new("CMYK", (64, 64), (255, 0, 0, 0)), format_, icc_profile=odd_cmyk())
    photo = intake(cyan, detector)

    red, green, blue = seen_at(photo.data, 0.5, 0.5)
    assert red > 180
    assert green < 60
    assert blue < 60


def test_wide_colours_are_brought_to_srgb(detector: FaceDetector) -> None:
    muted = Image.new("RGB", (64, 64), (200, 100, 100))
    plain = intake(saved(muted, "PNG"), detector)
    wide = intake(saved(muted, "PNG", icc_profile=wide_rgb()), detector)

    assert near(seen_at(plain.data, 0.5, 0.5), (200, 100, 100), within=3)
    # Display P3 (200, 100, 100) by the matrices of CSS Color 4
    assert near(seen_at(wide.data, 0.5, 0.5), (214, 94, 97), within=5)


@pytest.mark.parametrize("profile", [b"not a profile", odd_cmyk()])
def test_a_profile_that_cannot_be_used_does_not_cost_the_photo(profile: bytes, detector: FaceDetector) -> None:
    photo = intake(saved(corners(), "PNG", icc_profile=profile), detector)
    assert near(seen_at(photo.data, 0.25, 0.25), (255, 0, 0))


@pytest.mark.parametrize("format_", [".png", ".tiff"])
def test_16_bit_greys_are_scaled_and_not_cut_off(format_: str, detector: FaceDetector) -> None:
    ramp = np.tile(np.linspace(0, 65535, 256).astype(np.uint16), (64, 1))
    photo = intake(deep(format_, ramp), detector)

    for part in (0.1, 0.5, 0.9):
        assert near(seen_at(photo.data, part, 0.5), (round(part * 255),) * 3)
    assert photo.notes == ("depth-reduced",)


@pytest.mark.parametrize("format_", [".png", ".tiff"])
@pytest.mark.parametrize("channels", [3, 4])
def test_16_bit_colours_are_scaled_and_not_cut_off(format_: str, channels: int, detector: FaceDetector) -> None:
    blue_green_red = np.full((64, 64, channels), 65535, np.uint16)
    blue_green_red[..., :3] = (10_000, 30_000, 60_000)
    photo = intake(deep(format_, blue_green_red), detector)

    assert near(seen_at(photo.data, 0.5, 0.5), (233, 117, 39), within=4)
    assert photo.notes == ("depth-reduced",)


@pytest.mark.parametrize("mode", ["I", "F"])
def test_numbers_without_a_range_are_stretched_from_black_to_white(mode: str, detector: FaceDetector) -> None:
    ramp = np.tile(np.linspace(-1000, 90_000, 256), (64, 1))
    image = Image.fromarray(ramp.astype(np.int32 if mode == "I" else np.float32))
    photo = intake(saved(image, "TIFF"), detector)

    assert near(seen_at(photo.data, 0.5, 0.5), (128, 128, 128))
    assert photo.notes == ("depth-reduced",)


@pytest.mark.parametrize("mode", ["1", "L", "LA"])
def test_grey_pictures_become_colour_files(mode: str, detector: FaceDetector) -> None:
    photo = intake(saved(corners().convert(mode), "PNG"), detector)
    assert opened(photo.data).mode == "RGB"
    assert near(seen_at(photo.data, 0.75, 0.75), (255, 255, 255))


def test_ten_bits_of_a_camera_are_reduced_too(detector: FaceDetector) -> None:
    values = np.full((64, 64), 40_000, np.uint16)
    photo = intake(saved(Image.fromarray(values), "HEIF", quality=95), detector)
    assert near(seen_at(photo.data, 0.5, 0.5), (156, 156, 156))
    assert photo.notes == ("depth-reduced",)
