"""The same bytes have the same checksum; pictures that look the same have nearly the same look."""

import hashlib

from PIL import ImageOps

from bot.imaging.faces import FaceDetector
from bot.imaging.inspection import inspect
from bot.imaging.intake import intake
from tests.imaging.pictures import WOMAN, opened, saved, scene


def distance(one: str, other: str) -> int:
    return (int(one, 16) ^ int(other, 16)).bit_count()


def test_the_same_photo_twice_is_stored_as_the_same_bytes(detector: FaceDetector) -> None:
    one, other = (intake(WOMAN.read_bytes(), detector) for _ in range(2))
    assert one == other
    assert one.sha256 == hashlib.sha256(one.data).hexdigest()


def test_a_resized_copy_looks_nearly_the_same(detector: FaceDetector) -> None:
    original = intake(WOMAN.read_bytes(), detector)
    smaller = opened(WOMAN.read_bytes()).resize((200, 294))
    copy = intake(saved(smaller, "WEBP", quality=60), detector)
    assert len(original.phash) == 16
    assert distance(original.phash, copy.phash) <= 6


def test_a_mirrored_copy_and_another_picture_look_different(detector: FaceDetector) -> None:
    original = intake(WOMAN.read_bytes(), detector)
    mirrored = intake(saved(ImageOps.mirror(opened(WOMAN.read_bytes())), "PNG"), detector)
    other = intake(saved(scene(), "PNG"), detector)
    assert distance(original.phash, mirrored.phash) > 6
    assert distance(original.phash, other.phash) > 6


def test_a_drawn_picture_and_the_photo_of_it_have_the_same_look(detector: FaceDetector) -> None:
    data = saved(scene(1024, 1024), "PNG")
    assert distance(inspect(data).phash, intake(data, detector).phash) <= 2
