"""The pictures that loopback servers hand out: sound ones, each with a colour of its own, and broken ones."""

import zlib
from contextlib import suppress
from io import BytesIO

from aiohttp import web
from PIL import Image

from tests.servers.paid_api import cut

BROKEN = ("truncated_image", "html_instead", "too_large", "data_removed")


def colour_of(prompt: str, seed: int | None = None) -> str:
    """The colour that a prompt's picture has, with its seed where the API takes one."""
    return f"{zlib.crc32(repr((prompt, seed)).encode()) & 0xFFFFFF:06x}"


def drawn(colour: str) -> bytes:
    buffer = BytesIO()
    Image.new("RGB", (64, 48), f"#{colour}").save(buffer, "PNG")
    return buffer.getvalue()


async def served(request: web.Request, scene: str, colour: str) -> web.StreamResponse:
    """A picture, or what a broken scene makes of it."""
    match scene:
        case "html_instead":
            return web.Response(text="<html>hello</html>", content_type="text/html")
        case "data_removed":
            return web.Response(status=404)
        case "truncated_image":
            return await _truncated(request, drawn(colour))
        case "too_large":
            return await _endless(request, drawn(colour))
        case _:
            return web.Response(body=drawn(colour), content_type="image/png")


async def _truncated(request: web.Request, data: bytes) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Type": "image/png", "Content-Length": str(len(data))})
    await response.prepare(request)
    await response.write(data[:-20])
    return cut(request)


async def _endless(request: web.Request, data: bytes) -> web.StreamResponse:
    """61 MB, without a word on how many they will be."""
    response = web.StreamResponse(headers={"Content-Type": "image/png"})
    await response.prepare(request)
    await response.write(data[:33] + b"\x7f\0\0\0IDAT")  # after its header, a part of 2 GB
    with suppress(ConnectionError):  # the reader has had enough
        for _ in range(61):
            await response.write(bytes(2**20))
    return response
