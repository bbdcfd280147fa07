"""One running bot per file of tests; every test talks in rooms of its own."""

from collections.abc import AsyncIterator
from io import BytesIO
from pathlib import Path

import pytest
import pytest_asyncio
from PIL import Image

from tests.harness.bots import Bot, started
from tests.harness.room import Bytes

PHOTOS = Path(__file__).parents[1] / "photos"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def bot(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Bot]:
    async with started(tmp_path_factory.mktemp("data")) as running:
        yield running


@pytest.fixture(scope="session")
def photo() -> Bytes:
    """A photo without a face: no question about consent stands in the way."""
    buffer = BytesIO()
    Image.linear_gradient("L").resize((640, 480)).convert("RGB").save(buffer, "JPEG")
    return Bytes("gradient.jpg", buffer.getvalue())


@pytest.fixture(scope="session")
def face() -> Bytes:
    """A photo of an adult woman."""
    return Bytes("woman.jpg", (PHOTOS / "woman.jpg").read_bytes())
