"""One simulated Discord per file of tests; every test has servers and people of its own."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.fronts.discord.world import Server, World, opened


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def world(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[World]:
    async with opened(tmp_path_factory.mktemp("data")) as running:
        yield running


@pytest.fixture
def server(world: World) -> Server:
    return world.server()
