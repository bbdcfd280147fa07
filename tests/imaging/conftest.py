"""The detector is loaded once; a studio lives for one test."""

from collections.abc import Iterator

import pytest

from bot.imaging.faces import FaceDetector
from bot.imaging.studio import Studio


@pytest.fixture(scope="session")
def detector() -> FaceDetector:
    return FaceDetector()


@pytest.fixture
def studio(detector: FaceDetector) -> Iterator[Studio]:
    studio = Studio(detector)
    yield studio
    studio.close()
