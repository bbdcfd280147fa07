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


ON_BOTH = ("test_drawing", "test_fair_money", "test_limits", "test_announce")
"""Tests of work and money run on PostgreSQL, too; what the others do there, tests/storage shows."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "bot" in metafunc.fixturenames and metafunc.module.__name__.rpartition(".")[2] in ON_BOTH:
        metafunc.parametrize("bot", ["sqlite", "postgresql"], indirect=True, scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def bot(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Bot]:
    on_server = getattr(request, "param", "sqlite") == "postgresql"
    url = {"DATABASE_URL": request.getfixturevalue("postgres").create()} if on_server else {}
    async with started(tmp_path_factory.mktemp("data"), **url) as running:
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
