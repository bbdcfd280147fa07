"""A finished picture is fetched whole, verbatim, and only from where it may be fetched."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from io import BytesIO

import pytest
from aiohttp import web
from PIL import Image
from yarl import URL

from providers.contract.errors import UnknownOutcome, Unusable
from providers.shared.download import TRIES, Downloads
from providers.shared.picture_reader import LARGEST

NEVER = 3600.0
"""A pause nobody sits out: with it, a second try would never come."""


def drawn(kind: str) -> bytes:
    data = BytesIO()
    Image.new("RGB", (16, 16), "red").save(data, kind)
    return data.getvalue()


def jpeg_of(size: int) -> bytes:
    """So many bytes that begin and end as a JPEG does."""
    return b"\xff\xd8\xff".ljust(size - 2, b"\0") + b"\xff\xd9"


PNG = drawn("png")


@dataclass
class Place:
    """A web server that answers as it is told, in turn and the last for good; `asked` are the paths it was asked."""

    url: str = ""
    answers: list[Callable[[web.Request], Awaitable[web.StreamResponse]]] = field(default_factory=list)
    asked: list[web.Request] = field(default_factory=list)

    async def answer(self, request: web.Request) -> web.StreamResponse:
        self.asked.append(request)
        return await (self.answers.pop(0) if len(self.answers) > 1 else self.answers[0])(request)


@pytest.fixture
async def place() -> AsyncIterator[Place]:
    async for one in opened():
        yield one


@pytest.fixture
async def elsewhere() -> AsyncIterator[Place]:
    async for one in opened():
        one.answers = [sends(drawn("png"))]
        yield one


async def opened() -> AsyncIterator[Place]:
    place = Place()
    app = web.Application()
    app.router.add_get("/{path:.*}", place.answer)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    place.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield place
    await runner.cleanup()


def sends(data: bytes, kind: str = "image/png", status: int = 200) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def answer(request: web.Request) -> web.Response:
        return web.Response(body=data, content_type=kind, status=status)

    return answer


def points_to(url: str) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def answer(request: web.Request) -> web.Response:
        return web.Response(status=302, headers={"Location": url})

    return answer


def streams(
    data: bytes, *, length: int | None = None, then_cut: bool = False, kind: str = "image/png"
) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    async def answer(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": kind})
        if length is not None:
            response.content_length = length
        else:
            response.enable_chunked_encoding()
        await response.prepare(request)
        try:
            for start in range(0, len(data), 2**20):
                await response.write(data[start : start + 2**20])
            if not then_cut:
                await response.write_eof()
        except ConnectionError:
            pass  # the reader has had enough
        if then_cut and request.transport:
            request.transport.close()
        return response

    return answer


@pytest.mark.parametrize("kind", ["jpeg", "png", "webp", "gif", "avif"])
async def test_a_picture_comes_verbatim_whatever_it_is_said_to_be(place: Place, kind: str) -> None:
    place.answers = [sends(drawn(kind), "application/octet-stream")]
    assert await Downloads(place.url).picture(f"{place.url}/a") == drawn(kind)


async def test_an_iphone_picture_is_one_too(place: Place) -> None:
    place.answers = [sends(b"\0\0\0\x18ftypheic....")]
    assert await Downloads(place.url).picture(f"{place.url}/a") == b"\0\0\0\x18ftypheic...."


async def test_no_key_goes_along(place: Place) -> None:
    place.answers = [sends(PNG)]
    await Downloads(place.url).picture(f"{place.url}/a?token=t")
    [request] = place.asked
    assert request.query["token"] == "t"
    assert not {"Authorization", "Cookie", "Referer"} & set(request.headers)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"<!doctype html>", "text/html"),
        (b"<svg/>", "image/svg+xml"),
        (b'{"detail": "gone"}', "application/json"),
        (b"GIF8", "image/gif"),
    ],
)
async def test_what_is_no_picture_is_refused_at_once(place: Place, data: bytes, kind: str) -> None:
    place.answers = [sends(data, kind)]
    with pytest.raises(Unusable) as caught:
        await Downloads(place.url, pause=NEVER).picture(f"{place.url}/a")
    assert caught.value.cost is None, "it was paid for"


async def test_a_picture_of_exactly_30_mb_is_taken(place: Place) -> None:
    place.answers = [streams(jpeg_of(LARGEST))]
    assert len(await Downloads(place.url).picture(f"{place.url}/a")) == LARGEST


async def test_a_larger_one_is_dropped_while_it_comes_since_no_length_is_believed(place: Place) -> None:
    place.answers = [streams(jpeg_of(3 * LARGEST))]
    with pytest.raises(Unusable, match="30 MB"):
        await Downloads(place.url, pause=NEVER).picture(f"{place.url}/a")


@pytest.mark.parametrize("cut", [streams(PNG, length=5000, then_cut=True), streams(PNG, then_cut=True)])
async def test_a_picture_cut_off_on_the_way_is_asked_for_again(
    place: Place, cut: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> None:
    place.answers = [cut, sends(drawn("png"))]
    assert await Downloads(place.url, pause=0).picture(f"{place.url}/a") == drawn("png")
    assert len(place.asked) == 2


@pytest.mark.parametrize("trouble", [sends(b"", status=503), sends(b"", status=404), sends(b"")])
async def test_a_passing_trouble_is_waited_out(
    place: Place, trouble: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> None:
    place.answers = [trouble, trouble, sends(PNG)]
    assert await Downloads(place.url, pause=0).picture(f"{place.url}/a") == PNG


async def test_what_cannot_be_fetched_was_paid_for_all_the_same(place: Place) -> None:
    place.answers = [sends(b"", status=500)]
    with pytest.raises(UnknownOutcome) as caught:
        await Downloads(place.url, pause=0).picture(f"{place.url}/a?signature=secret")
    assert len(place.asked) == TRIES
    assert caught.value.cost is None
    assert "secret" not in caught.value.detail


async def test_a_host_that_is_down_is_no_reason_to_lose_the_picture_unnoticed() -> None:
    with pytest.raises(UnknownOutcome):
        await Downloads("http://127.0.0.1:1", pause=0).picture("http://127.0.0.1:1/a")


# ── where from ───────────────────────────────────────────────────────────────────────────────────────────


async def test_a_redirect_within_the_configured_host_and_port_is_followed(place: Place) -> None:
    place.answers = [points_to("/b?c=%2F"), sends(PNG)]
    assert await Downloads(place.url).picture(f"{place.url}/a") == PNG
    assert place.asked[-1].rel_url == URL("/b?c=%2F")


async def test_redirects_in_a_circle_come_to_an_end(place: Place) -> None:
    place.answers = [points_to("/a")]
    with pytest.raises(Unusable, match="redirects"):
        await Downloads(place.url, pause=NEVER).picture(f"{place.url}/a")


async def test_a_redirect_to_plain_http_elsewhere_is_not_followed(place: Place, elsewhere: Place) -> None:
    place.answers = [points_to(f"{elsewhere.url}/a")]
    with pytest.raises(Unusable, match="may not be fetched"):
        await Downloads(place.url, pause=NEVER).picture(f"{place.url}/a")
    assert not elsewhere.asked


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "127.1", "2130706433"])
async def test_a_redirect_into_a_private_network_fails_at_once(place: Place, elsewhere: Place, host: str) -> None:
    port = URL(elsewhere.url).port
    place.answers = [points_to(f"https://{host}:{port}/a")]
    with pytest.raises(Unusable, match="address"):
        await Downloads(place.url, pause=NEVER).picture(f"{place.url}/a")
    assert not elsewhere.asked


async def test_without_a_configured_address_nothing_private_is_fetched(elsewhere: Place) -> None:
    for url in (f"{elsewhere.url}/a", f"https://127.0.0.1:{URL(elsewhere.url).port}/a"):
        with pytest.raises(Unusable):
            await Downloads(pause=NEVER).picture(url)
    assert not elsewhere.asked


@pytest.mark.parametrize("address", ["", "not a url", "http://[", "file:///etc/passwd", "data:image/png;base64,AAAA"])
async def test_what_is_no_web_address_is_never_opened(address: str) -> None:
    with pytest.raises(Unusable):
        await Downloads(pause=NEVER).picture(address)
