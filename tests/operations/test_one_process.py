"""One process per data folder: it starts, tells that it lives, refuses a second one, and stops."""

import socket
from pathlib import Path

import aiohttp

from tests.operations.processes import ran, serving


async def test_run_serves_until_a_signal_and_releases_the_folder(tmp_path: Path) -> None:
    data = tmp_path / "data"
    async with serving(data) as server:
        async with aiohttp.ClientSession(server.url) as session:
            for path, words in (("/healthz", "alive"), ("/readyz", "ready")):
                async with session.get(path) as response:
                    assert (response.status, await response.text()) == (200, words)
        second = await ran("chat", "--say", "/quota", DATA_DIR=data)
        assert (second.code, second.out) == (2, "")
        assert second.err == (
            f"Another Likeness process already works in {data}: "
            "stop it first, or choose another folder with DATA_DIR.\n"
        )
        checked = await ran("check", DATA_DIR=data)
        assert checked.code == 0
        assert await server.stop() == 0
    third = await ran("chat", "--say", "/quota", DATA_DIR=data)
    assert (third.code, third.err) == (0, "")


async def test_a_port_that_is_taken_is_named(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ended = await ran("run", DATA_DIR=tmp_path / "data", WEB_PORT=str(port))
    assert (ended.code, ended.out) == (2, "")
    assert ended.err == f"WEB_PORT: port {port} is taken: stop what listens there, or choose another number\n"
