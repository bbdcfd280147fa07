"""Which picture is which: numbers are drawn on copies where several are shown, and on nothing that people keep."""

from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from tests.fronts.discord.world import Seen, Server, picture
from tests.harness.bots import lose

pytestmark = pytest.mark.asyncio(loop_scope="module")


def files(server: Server, seen: Seen) -> list[bytes]:
    """The files of a message as Discord hands them out, in their order."""
    attached: list[dict[str, Any]] = server.world.now(seen).raw["attachments"]
    return [server.world.env.backend.cdn.get(one["url"]) or b"" for one in attached]


def badge(data: bytes) -> tuple[int, ...]:
    """The darkest and lightest grey where a number would be: a disc of white and black in the corner."""
    with Image.open(BytesIO(data)) as image:
        short = min(image.size)
        left, top = (image.width - short) // 2 + short // 24, (image.height - short) // 2 + short // 24
        corner = image.convert("L").crop((left, top, left + short // 6, top + short // 6))
    return tuple(int(one) for one in corner.getextrema())


async def test_several_pictures_carry_their_numbers(server: Server) -> None:
    ann = server.member("Ann")
    await ann.slash(server.channel, "imagine", prompt="a fox", count=4)
    result = await server.result()
    assert [name[-15:] for name in result.files] == [f"-{n}-numbered.jpg" for n in (1, 2, 3, 4)]
    shown = files(server, result)
    assert all(darkest < 40 and lightest > 230 for darkest, lightest in map(badge, shown))


async def test_the_original_of_a_numbered_picture_is_as_it_was_made(server: Server) -> None:
    ann = server.member("Ann")
    await ann.slash(server.channel, "imagine", prompt="a fox", count=2)
    result = await server.result()
    await server.press(ann, result, "Original")
    await server.press(ann, server.last, "2")
    [original] = files(server, server.last)
    assert server.last.files[0].endswith("-2.png")
    darkest, lightest = badge(original)
    assert darkest > 40 or lightest < 230, "nothing is drawn on it"


async def test_a_picture_that_stands_alone_needs_no_number(server: Server) -> None:
    ann = server.member("Ann")
    await ann.slash(server.channel, "imagine", prompt="a fox")
    result = await server.result()
    assert result.files[0].endswith("-1.png")
    assert "smaller" not in result.text


async def test_the_numbers_stay_when_pictures_are_judged(server: Server) -> None:
    ann = server.member("Ann")
    await ann.slash(server.channel, "imagine", prompt="a fox", count=3)
    result = await server.result()
    await server.press(ann, result, "Keep all")
    assert server.world.now(result).files == result.files, "they are not sent again"


async def test_reference_photos_have_the_numbers_they_are_removed_by(server: Server) -> None:
    ann = server.member("Ann")
    photos = {f"image{n}": (f"{n}.jpg", picture(400 + 40 * n, 500)) for n in (1, 2)}
    await ann.slash(server.channel, "persona create", name="Teapot", kind="product", **photos)
    await ann.slash(server.channel, "reference list", persona="Teapot")
    assert [name.endswith("-numbered.jpg") for name in server.last.files] == [True, True]
    await ann.slash(server.channel, "reference remove", persona="Teapot", number=1)
    await ann.slash(server.channel, "reference list", persona="Teapot")
    [left] = files(server, server.last)
    with Image.open(BytesIO(left)) as image:
        assert image.size == (480, 500), "the second one is left"


async def test_a_picture_whose_file_is_lost_is_named_and_the_others_are_shown(server: Server) -> None:
    ann = server.member("Ann")
    await ann.slash(server.channel, "imagine", prompt="a fox that gets lost", count=3)
    await server.result()
    await lose(server.world.bot.database, "a fox that gets lost", 2)
    await ann.slash(server.channel, "gallery browse", text="fox that gets lost")
    shown = server.last
    assert "Picture 2 cannot be shown" in shown.text
    assert len(shown.files) == 2
