"""Limits are checked before anything is decoded, and a refusal says which one by its numbers."""

import struct
import zlib

import pytest

from bot.imaging.decoding.reading import Limits, is_large, read
from bot.imaging.faces import FaceDetector
from bot.imaging.inspection import inspect
from bot.imaging.intake import intake
from bot.imaging.values import PhotoError
from tests.imaging.pictures import png, png_header, saved, scene

# The pixels of these are not even in the file: whoever tried to decode them would call it truncated.
NOTHING = (b"IDAT", zlib.compress(bytes(100)))


def png_of(width: int, height: int) -> bytes:
    return png(png_header(width, height), NOTHING)


def jpeg_of(width: int, height: int) -> bytes:
    return saved(scene(160, 120), "JPEG").replace(struct.pack(">HH", 120, 160), struct.pack(">HH", height, width), 1)


def refusal_of(data: bytes, detector: FaceDetector) -> PhotoError:
    with pytest.raises(PhotoError) as refusal:
        intake(data, detector)
    return refusal.value


def test_a_photo_of_more_than_20_megabytes_is_too_heavy(detector: FaceDetector) -> None:
    refusal = refusal_of(saved(scene(), "JPEG") + bytes(20 * 1024 * 1024), detector)
    assert refusal.problem == "too_heavy"
    assert refusal.facts == {"megabytes": 21, "limit": 20}


@pytest.mark.parametrize(
    ("data", "megapixels", "limit"),
    [
        (png_of(20_000, 20_000), 400, 40),
        (png_of(12_000, 12_000), 144, 40),
        (png_of(8_000, 5_001), 41, 40),
        (jpeg_of(10_000, 6_001), 61, 60),
    ],
    ids=["PNG of 400", "PNG of 144", "PNG of 41", "JPEG of 61"],
)
def test_too_many_pixels_are_refused_by_the_header_alone(
    data: bytes, megapixels: int, limit: int, detector: FaceDetector
) -> None:
    refusal = refusal_of(data, detector)
    assert refusal.problem == "too_many_pixels"
    assert refusal.facts == {"megapixels": megapixels, "limit": limit}


@pytest.mark.parametrize("data", [png_of(8_000, 5_000), jpeg_of(10_000, 6_000)], ids=["PNG of 40", "JPEG of 60"])
def test_as_many_as_the_limit_are_allowed(data: bytes, detector: FaceDetector) -> None:
    assert refusal_of(data, detector).problem == "truncated"


@pytest.mark.parametrize(
    ("size", "problem", "facts"),
    [
        ((30_001, 1_000), "too_long", {"pixels": 30_001, "limit": 30_000}),
        ((1, 39_000_000), "too_long", {"pixels": 39_000_000, "limit": 30_000}),
        ((300, 63), "too_small", {"pixels": 63, "limit": 64}),
        ((1, 9_000), "too_small", {"pixels": 1, "limit": 64}),
        ((100, 1_701), "too_narrow", {"ratio": 17, "limit": 16}),
    ],
)
def test_a_shape_that_helps_nobody_is_refused_with_its_numbers(
    size: tuple[int, int], problem: str, facts: dict[str, int], detector: FaceDetector
) -> None:
    refusal = refusal_of(png_of(*size), detector)
    assert (refusal.problem, refusal.facts) == (problem, facts)


def test_what_takes_more_memory_may_have_fewer_pixels(detector: FaceDetector) -> None:
    tags = [
        (256, 4_000),
        (257, 2_000),
        (258, 64),
        (259, 1),
        (262, 2),
        (273, 8),
        (277, 3),
        (278, 2_000),
        (279, 8),
        (339, 3),
    ]
    directory = b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in tags)
    refusal = refusal_of(b"II*\0" + struct.pack("<IH", 8, len(tags)) + directory + bytes(4), detector)
    assert refusal.problem == "too_many_pixels"
    assert refusal.facts == {"megapixels": 8, "limit": 6}


def test_a_small_tiff_made_of_one_enormous_tile_is_refused(detector: FaceDetector) -> None:
    tags = [(256, 100), (257, 100), (258, 8), (259, 1), (262, 1), (277, 1), (322, 12_000), (323, 12_000)]
    tags += [(324, 8), (325, 8)]
    directory = b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in tags)
    data = b"II*\0" + struct.pack("<IH", 8, len(tags)) + directory + bytes(4)
    refusal = refusal_of(data, detector)
    assert refusal.problem == "too_many_pixels"
    assert refusal.facts == {"megapixels": 144, "limit": 40}


def test_an_avif_is_as_large_as_its_coded_picture_whatever_its_boxes_say() -> None:
    data = saved(scene(1300, 1300), "AVIF", speed=10, quality=20)
    lying = data.replace(struct.pack(">II", 1300, 1300), struct.pack(">II", 160, 120))
    with pytest.raises(PhotoError) as refusal:
        read(lying, 512, Limits(megabytes=1, megapixels=2, reduced=2))
    assert refusal.value.problem == "too_many_pixels"
    assert refusal.value.facts == {"megapixels": 2, "limit": 1}


def test_a_providers_picture_may_be_larger_than_an_upload() -> None:
    with pytest.raises(PhotoError) as refusal:
        inspect(png_of(8_000, 8_000))
    assert refusal.value.problem == "truncated"

    with pytest.raises(PhotoError) as refusal:
        inspect(png_of(10_000, 10_000))
    assert refusal.value.problem == "too_many_pixels"


def test_large_pictures_are_told_from_small_ones_by_their_header() -> None:
    assert is_large(png_of(8_000, 5_000))
    assert is_large(png_of(20_000, 20_000))
    assert not is_large(jpeg_of(4_000, 3_000))
    assert not is_large(b"no picture")
