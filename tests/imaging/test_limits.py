"""Limits are checked before anything is decoded, so that a small file cannot take all the memory."""

import struct
import zlib

import pytest

from bot.imaging.faces import FaceDetector
from bot.imaging.inspection import inspect
from bot.imaging.intake import intake
from bot.imaging.values import PhotoError
from tests.imaging.pictures import png, png_header, saved, scene

# The pixels of these are not even in the file: whoever tried to decode them would call it truncated.
NOTHING = (b"IDAT", zlib.compress(bytes(100)))


def refusal_of(data: bytes, detector: FaceDetector) -> PhotoError:
    with pytest.raises(PhotoError) as refusal:
        intake(data, detector)
    return refusal.value


def test_a_photo_of_more_than_20_megabytes_is_too_heavy(detector: FaceDetector) -> None:
    refusal = refusal_of(saved(scene(), "JPEG") + bytes(20 * 1024 * 1024), detector)
    assert refusal.problem == "too_heavy"
    assert refusal.facts == {"megabytes": 21, "limit": 20}


@pytest.mark.parametrize(
    ("size", "megapixels"),
    [((20_000, 20_000), 400), ((12_000, 12_000), 144), ((9_500, 9_500), 91), ((8_000, 5_001), 41)],
)
def test_too_many_pixels_are_refused_by_the_header_alone(
    size: tuple[int, int], megapixels: int, detector: FaceDetector
) -> None:
    refusal = refusal_of(png(png_header(*size), NOTHING), detector)
    assert refusal.problem == "too_many_pixels"
    assert refusal.facts == {"megapixels": megapixels, "limit": 40}


def test_40_megapixels_are_just_allowed(detector: FaceDetector) -> None:
    assert refusal_of(png(png_header(8_000, 5_000), NOTHING), detector).problem == "truncated"


def test_a_gif_whose_frame_outgrows_its_screen_is_refused(detector: FaceDetector) -> None:
    screen = b"GIF89a" + struct.pack("<HHBBB", 10, 10, 0, 0, 0)
    frame = b"," + struct.pack("<HHHHB", 0, 0, 60_000, 60_000, 0) + b"\x02\x02\x4c\x01\x00;"
    assert refusal_of(screen + frame, detector).problem == "too_many_pixels"


def test_a_small_tiff_made_of_one_enormous_tile_is_refused(detector: FaceDetector) -> None:
    tags = [(256, 16), (257, 16), (258, 8), (259, 1), (262, 1), (277, 1), (322, 12_000), (323, 12_000)]
    tags += [(324, 8), (325, 8)]
    directory = b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in tags)
    data = b"II*\0" + struct.pack("<IH", 8, len(tags)) + directory + bytes(4)
    refusal = refusal_of(data, detector)
    assert refusal.problem == "too_many_pixels"
    assert refusal.facts == {"megapixels": 144, "limit": 40}


def test_a_providers_picture_may_be_larger_than_an_upload() -> None:
    with pytest.raises(PhotoError) as refusal:
        inspect(png(png_header(8_000, 8_000), NOTHING))
    assert refusal.value.problem == "truncated"

    with pytest.raises(PhotoError) as refusal:
        inspect(png(png_header(10_000, 10_000), NOTHING))
    assert refusal.value.problem == "too_many_pixels"
