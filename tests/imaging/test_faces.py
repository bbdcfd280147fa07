"""Faces are found where they are, in px of the upright picture."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PIL import Image

from bot.imaging.faces import YUNET, FaceDetector, faces_in
from bot.imaging.intake import intake
from bot.imaging.values import Face
from tests.imaging.pictures import MAN, WOMAN, located, opened, saved, scene


def centre(face: Face) -> tuple[float, float]:
    return face.x + face.width / 2, face.y + face.height / 2


@pytest.mark.parametrize("photo", [WOMAN, MAN])
def test_a_portrait_has_one_face_with_its_features_inside(photo: Path, detector: FaceDetector) -> None:
    (face,) = intake(photo.read_bytes(), detector).faces

    assert face.score >= 0.8
    assert len(face.landmarks) == 5
    for x, y in face.landmarks:
        assert face.x < x < face.x + face.width
        assert face.y < y < face.y + face.height
    (left_eye, right_eye, nose, left_mouth, right_mouth) = face.landmarks
    assert left_eye[0] < nose[0] < right_eye[0]
    assert left_eye[1] < nose[1] < left_mouth[1]
    assert left_mouth[0] < right_mouth[0]


@pytest.mark.parametrize("seed", range(5))
def test_a_picture_without_a_face_has_none(seed: int, detector: FaceDetector) -> None:
    assert intake(saved(scene(seed=seed), "PNG"), detector).faces == ()


def test_two_people_are_two_faces_the_larger_first_and_worth_a_note(detector: FaceDetector) -> None:
    both = Image.new("RGB", (700, 464), "grey")
    both.paste(opened(MAN.read_bytes()).resize((148, 207)), (0, 0))
    both.paste(opened(WOMAN.read_bytes()), (350, 0))

    photo = intake(saved(both, "PNG"), detector)

    assert [face.x > 350 for face in photo.faces] == [True, False]
    assert photo.notes == ("several-faces",)


def test_a_face_too_small_to_keep_alike_is_worth_a_note(detector: FaceDetector) -> None:
    far = Image.new("RGB", (640, 480), "grey")
    far.paste(opened(WOMAN.read_bytes()).resize((126, 185)), (200, 100))

    photo = intake(saved(far, "PNG"), detector)

    (face,) = photo.faces
    assert min(face.width, face.height) < 112
    assert photo.notes == ("face-small",)


def test_a_large_photo_is_searched_small_but_answered_in_its_own_pixels(detector: FaceDetector) -> None:
    portrait = opened(WOMAN.read_bytes())
    (small,) = faces_in(saved(portrait, "PNG"), detector)
    (large,) = faces_in(saved(portrait.resize((316 * 8, 464 * 8)), "JPEG"), detector)

    for one, other in zip(centre(small), centre(large), strict=True):
        assert abs(one * 8 - other) < 8 * 8
    assert abs(small.width * 8 - large.width) < 8 * 12
    assert abs(small.landmarks[2][0] * 8 - large.landmarks[2][0]) < 8 * 6


def test_faces_are_where_people_see_them_not_where_a_sideways_file_has_them(detector: FaceDetector) -> None:
    portrait = opened(WOMAN.read_bytes())
    sideways = saved(portrait.transpose(Image.Transpose.ROTATE_90), "PNG", exif=located(orientation=6))

    (upright,) = faces_in(saved(portrait, "PNG"), detector)
    (turned,) = faces_in(sideways, detector)
    assert turned == upright


def test_a_face_at_the_edge_stays_within_the_picture(detector: FaceDetector) -> None:
    cut = opened(WOMAN.read_bytes()).crop((85, 90, 316, 464))
    (face,) = faces_in(saved(cut, "PNG"), detector)
    assert face.x >= 0
    assert face.y >= 0
    assert face.x + face.width <= cut.width
    assert face.y + face.height <= cut.height


def test_one_detector_serves_several_threads(detector: FaceDetector) -> None:
    photos = [photo.read_bytes() for photo in (WOMAN, MAN) * 8]
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda data: faces_in(data, detector), photos))
    assert found[::2] == [found[0]] * 8
    assert found[1::2] == [found[1]] * 8


def test_the_weights_are_the_ones_the_wheel_carries() -> None:
    assert len(YUNET.load()) == 122_489
