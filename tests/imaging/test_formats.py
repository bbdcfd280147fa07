"""Every format phones, cameras and chats send is taken, whatever the file is called."""

from contextlib import suppress

import pytest
from PIL import Image

from bot.imaging.faces import FaceDetector
from bot.imaging.intake import intake
from bot.imaging.values import PhotoError
from tests.imaging.pictures import WOMAN, corners, cutout, near, opened, png, saved, scene, seen_at

STILL = {
    "JPEG": saved(corners(), "JPEG", quality=95),
    "progressive JPEG": saved(corners(), "JPEG", quality=95, progressive=True),
    "PNG": saved(corners(), "PNG"),
    "palette PNG": saved(corners().quantize(8), "PNG"),
    "WebP": saved(corners(), "WEBP", quality=95),
    "lossless WebP": saved(corners(), "WEBP", lossless=True),
    "HEIC": saved(corners(), "HEIF", quality=95),
    "AVIF": saved(corners(), "AVIF", quality=95),
    "still GIF": saved(corners(), "GIF"),
    "TIFF": saved(corners(), "TIFF"),
    "compressed TIFF": saved(corners(), "TIFF", compression="tiff_lzw"),
    "BMP": saved(corners(), "BMP"),
    "two-frame MPO": saved(corners(), "MPO", save_all=True, append_images=[scene()], quality=95),
}


@pytest.mark.parametrize("name", STILL)
def test_a_still_picture_is_stored_as_a_jpeg_that_looks_the_same(name: str, detector: FaceDetector) -> None:
    photo = intake(STILL[name], detector)

    assert photo.media_type == "image/jpeg"
    assert opened(photo.data).format == "JPEG"
    assert (photo.width, photo.height) == opened(photo.data).size == (320, 240)
    assert near(seen_at(photo.data, 0.25, 0.25), (255, 0, 0))
    assert near(seen_at(photo.data, 0.75, 0.25), (0, 255, 0))
    assert near(seen_at(photo.data, 0.25, 0.75), (0, 0, 255))
    assert near(seen_at(photo.data, 0.75, 0.75), (255, 255, 255))
    assert photo.notes == ()


SEE_THROUGH = {
    "PNG": saved(cutout(), "PNG"),
    "palette PNG": saved(cutout().quantize(32), "PNG"),
    "WebP": saved(cutout(), "WEBP", lossless=True),
    "GIF": saved(cutout(), "GIF"),
    "HEIC": saved(cutout(), "HEIF"),
    "grey PNG": saved(cutout().convert("LA"), "PNG"),
    "PNG with one colour left out": saved(corners(), "PNG", transparency=(255, 0, 0)),
}


@pytest.mark.parametrize("name", SEE_THROUGH)
def test_a_picture_with_transparency_stays_a_png(name: str, detector: FaceDetector) -> None:
    photo = intake(SEE_THROUGH[name], detector)

    stored = opened(photo.data)
    assert (photo.media_type, stored.format, stored.mode) == ("image/png", "PNG", "RGBA")
    assert stored.getpixel((60, 60))[3] == 0
    assert stored.getpixel((300, 200))[3] == 255


def test_transparency_that_hides_nothing_is_not_worth_a_png(detector: FaceDetector) -> None:
    photo = intake(saved(corners().convert("RGBA"), "PNG"), detector)
    assert photo.media_type == "image/jpeg"


@pytest.mark.parametrize("kept", [0.05, 0.5, 0.8])
@pytest.mark.parametrize("name", [name for name in STILL if name != "two-frame MPO"])
def test_a_file_cut_off_is_called_truncated(name: str, kept: float, detector: FaceDetector) -> None:
    data = STILL[name]
    with pytest.raises(PhotoError) as refusal:
        intake(data[: max(64, int(len(data) * kept))], detector)
    assert refusal.value.problem == "truncated"


def test_a_photo_with_bytes_flipped_anywhere_is_taken_or_refused_but_never_breaks(detector: FaceDetector) -> None:
    for data in (*STILL.values(), WOMAN.read_bytes()):
        for at in range(0, len(data), max(1, len(data) // 25)):
            broken = data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :]
            with suppress(PhotoError):
                intake(broken, detector)


def test_a_png_whose_pixels_never_come_is_truncated(detector: FaceDetector) -> None:
    with pytest.raises(PhotoError) as refusal:
        intake(png((b"IHDR", Image.new("RGB", (1, 1)).tobytes())), detector)
    assert refusal.value.problem == "truncated"
