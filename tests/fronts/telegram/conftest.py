"""One running bot on a loopback Telegram per file of tests; every test has people and groups of its own."""

from collections.abc import AsyncIterator
from io import BytesIO
from pathlib import Path

import pytest
import pytest_asyncio
from PIL import Image

from tests.fronts.telegram.talking import Talk, talking

PHOTOS = Path(__file__).parents[2] / "photos"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def talk(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Talk]:
    async with talking(tmp_path_factory.mktemp("data")) as running:
        yield running


@pytest.fixture(scope="session")
def photo() -> bytes:
    """A photo without a face: no question about consent stands in the way."""
    buffer = BytesIO()
    Image.linear_gradient("L").resize((640, 480)).convert("RGB").save(buffer, "JPEG")
    return buffer.getvalue()


@pytest.fixture(scope="session")
def face() -> bytes:
    """A photo of an adult woman."""
    return (PHOTOS / "woman.jpg").read_bytes()
