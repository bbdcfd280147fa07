"""A served web chat for every test that asks for one."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser

from tests.fronts.web.browsing import launched
from tests.fronts.web.serving import TOKEN, Served, served


@pytest.fixture
async def home(tmp_path: Path) -> AsyncIterator[Served]:
    """The owner's own chat on loopback."""
    async with served(tmp_path) as chat:
        yield chat


@pytest.fixture
async def team(tmp_path: Path) -> AsyncIterator[Served]:
    """A shared room behind a token."""
    async with served(tmp_path, WEB_TOKEN=TOKEN) as chat:
        yield chat


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    """Debian's Chromium, started afresh."""
    async with launched() as browser:
        yield browser
