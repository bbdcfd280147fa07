"""Who may be connected to: nobody in a private network, however the address is written or reached."""

import socket
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from yarl import URL

from providers.shared.ssrf_guard import Forbidden, Gate, allowed, is_public

PRIVATE = (
    "127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
    "255.255.255.255", "::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fec0::1", "ff02::1", "2001:db8::1",
    "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::1", "2002:a00:1::",
    "2001:0:5ef5:79fb:0:0:f5ff:fffe",
)  # fmt: skip
PUBLIC = ("8.8.8.8", "2606:4700:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::")


async def greeted(request: web.Request) -> web.Response:
    return web.Response(text="in")


@pytest.fixture
async def port() -> AsyncIterator[int]:
    """A server on every loopback address of the machine."""
    app = web.Application()
    app.router.add_get("/", greeted)
    runner = web.AppRunner(app)
    await runner.setup()
    first = web.TCPSite(runner, "127.0.0.1", 0)
    await first.start()
    port = int(runner.addresses[0][1])
    await web.TCPSite(runner, "::1", port).start()
    yield port
    await runner.cleanup()


class Watched(Gate):
    """A gate that remembers who was let through, and with which socket."""

    def __init__(self, url: URL, configured: URL | None) -> None:
        super().__init__(url, configured)
        self.opened: list[tuple[str, socket.socket]] = []

    def __call__(self, info: Any) -> socket.socket:
        opened = super().__call__(info)
        self.opened.append((info[4][0], opened))
        return opened


async def asked(url: str, gate: Gate) -> str:
    connector = aiohttp.TCPConnector(socket_factory=gate)
    async with aiohttp.ClientSession(connector=connector) as session, session.get(url) as answer:
        return await answer.text()


@pytest.mark.parametrize("address", PRIVATE)
def test_a_private_or_special_address_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_address_is_public_even_inside_another_family(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]", "[::ffff:127.0.0.1]"])
async def test_the_address_is_looked_at_however_it_is_written(port: int, host: str) -> None:
    url = f"http://{host}:{port}/"
    gate = Gate(URL(url), None)
    with pytest.raises(aiohttp.ClientConnectorError):
        await asked(url, gate)
    assert gate.refused
    assert not any(map(is_public, gate.refused))


@pytest.mark.parametrize(("host", "address"), [("127.0.0.1", "127.0.0.1"), ("[::1]", "::1"), ("localhost", None)])
async def test_the_configured_host_and_port_may_be_anywhere(port: int, host: str, address: str | None) -> None:
    url = f"http://{host}:{port}/"
    gate = Watched(URL(url), URL(url))
    assert await asked(url, gate) == "in"
    assert not gate.refused
    assert address in (None, gate.opened[-1][0])


async def test_the_socket_never_blocks_the_loop(port: int) -> None:
    url = f"http://127.0.0.1:{port}/"
    gate = Watched(URL(url), URL(url))

    async with (
        aiohttp.ClientSession(connector=aiohttp.TCPConnector(socket_factory=gate)) as session,
        session.get(url) as answer,
    ):
        assert answer.status == 200
        [(_, opened)] = gate.opened
        assert not opened.getblocking()


def test_another_port_of_the_configured_host_is_not_trusted() -> None:
    gate = Gate(URL("http://127.0.0.1:2/"), URL("http://127.0.0.1:1/"))
    with pytest.raises(Forbidden, match=r"127\.0\.0\.1 is no public address"):
        gate((socket.AF_INET, socket.SOCK_STREAM, 0, "", ("127.0.0.1", 2)))


def test_a_public_address_gets_a_socket_of_its_family() -> None:
    with Gate(URL("https://public.example/"), None)(
        (socket.AF_INET, socket.SOCK_STREAM, 0, "", ("8.8.8.8", 443))
    ) as it:
        assert it.family == socket.AF_INET


@pytest.mark.parametrize(
    ("url", "configured", "may"),
    [
        ("https://public.example/a.png", None, True),
        ("http://public.example/a.png", None, False),
        ("ftp://public.example/a.png", None, False),
        ("file:///etc/passwd", None, False),
        ("http://mine.example:8188/view", "http://mine.example:8188", True),
        ("http://MINE.example:8188/view", "http://mine.example:8188/prefix", True),
        ("http://mine.example/view", "http://mine.example:80", True),
        ("http://mine.example:8189/view", "http://mine.example:8188", False),
        ("http://other.example:8188/view", "http://mine.example:8188", False),
        ("ftp://mine.example:8188/view", "http://mine.example:8188", False),
    ],
)
def test_only_https_is_fetched_but_for_the_configured_host_and_port(
    url: str, configured: str | None, may: bool
) -> None:
    assert allowed(URL(url), URL(configured) if configured else None) is may
