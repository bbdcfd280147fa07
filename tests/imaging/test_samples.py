"""What people really send gets what docs/FILES.md says."""

from collections import Counter
from pathlib import Path

import pytest

from bot.imaging.faces import FaceDetector
from bot.imaging.intake import intake
from bot.imaging.values import PhotoError
from tests.imaging.files_page import SAMPLES, page
from tests.imaging.pictures import near, opened, seen_at
from tests.imaging.samples.sample import Sample, Taken

PAGE = Path(__file__).parents[2] / "docs" / "FILES.md"

TAKEN = [sample for sample in SAMPLES if isinstance(sample.gets, Taken)]
REFUSED = [sample for sample in SAMPLES if not isinstance(sample.gets, Taken)]


@pytest.mark.parametrize("sample", TAKEN, ids=lambda sample: sample.what)
def test_it_is_taken_whole_with_the_colours_a_viewer_shows(sample: Sample, detector: FaceDetector) -> None:
    wanted = sample.gets
    assert isinstance(wanted, Taken)

    photo = intake(sample.build(), detector)

    assert (photo.width, photo.height) == opened(photo.data).size == wanted.size
    assert (photo.media_type, photo.notes) == (wanted.media_type, wanted.notes)
    if wanted.colour:
        assert near(seen_at(photo.data, 0.25, 0.75), wanted.colour, within=wanted.within)


@pytest.mark.parametrize("sample", REFUSED, ids=lambda sample: sample.what)
def test_it_is_refused_for_the_reason_given(sample: Sample, detector: FaceDetector) -> None:
    with pytest.raises(PhotoError) as refusal:
        intake(sample.build(), detector)
    assert refusal.value.problem == sample.gets


def test_every_line_of_the_page_is_another_file() -> None:
    assert [what for what, count in Counter(sample.what for sample in SAMPLES).items() if count > 1] == []


def test_the_page_is_made_of_these_files() -> None:
    hint = "run: .venv/bin/python -m tests.imaging.files_page > docs/FILES.md"
    assert PAGE.read_text("utf-8") == page(), hint
