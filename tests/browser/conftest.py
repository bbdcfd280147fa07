"""Debian's Chromium for every test that asks for one."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser

from tests.fronts.web.browsing import launched


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with launched() as browser:
        yield browser
