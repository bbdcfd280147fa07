"""One running bot per file of tests; each test talks through a console of its own."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
import pytest_asyncio
from PIL import Image

from bot.fronts.console.front import Console, Message
from tests.harness.bots import Bot, started


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def bot(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Bot]:
    async with started(tmp_path_factory.mktemp("data")) as running:
        yield running


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """A photo with nobody on it, in a file whose name has a space."""
    path = tmp_path / "my photo.jpg"
    Image.linear_gradient("L").resize((320, 240)).convert("RGB").save(path, "JPEG")
    return path


@pytest.fixture
def shown() -> list[Message]:
    """Every message of the test's console, each time it was shown."""
    return []


@pytest.fixture
def opened(bot: Bot, shown: list[Message]) -> Callable[..., Console]:
    """Opens a console on the running bot."""

    def open_(locale: str = "en", **kwargs: Path | bool | None) -> Console:
        console = Console(bot.running.app, locale, shown.append, **kwargs)  # type: ignore[arg-type]
        bot.running.fronts[console.platform] = console
        return console

    return open_
