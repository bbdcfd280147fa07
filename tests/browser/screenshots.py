"""The pictures of the guides: the real demo in a temporary folder, used as people use it.

Run `.venv/bin/python -m tests.browser.screenshots`; it writes docs/images/*.png.
"""

import asyncio
import io
import re
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import numpy as np
from PIL import Image, ImageColor
from playwright.async_api import Browser, Locator, Page, async_playwright, expect

from tests.browser.demo import ROOT, WOMAN, demo
from tests.browser.visitor import Visitor
from tests.fronts.web.browsing import CHROMIUM, QUIET, opened

IMAGES = ROOT / "docs" / "images"
PHONE = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2, "has_touch": True, "is_mobile": True}
SHEET = ROOT / "bot" / "fronts" / "web" / "static" / "css" / "colours.css"


class Studio:
    """A browser on the demo, and what is photographed in it."""

    def __init__(self, browser: Browser, url: str) -> None:
        self._browser = browser
        self._url = url

    @asynccontextmanager
    async def desk(self, theme: str, height: int, scale: float = 1.25) -> AsyncIterator[Visitor]:
        """The page on a desk, so high that what is to be shown fits."""
        size = {"viewport": {"width": 960, "height": height}, "device_scale_factor": scale}
        async with opened(self._browser, self._url, color_scheme=theme, **size) as page:
            yield Visitor(page)

    @asynccontextmanager
    async def phone(self) -> AsyncIterator[Visitor]:
        async with opened(self._browser, self._url, color_scheme="light", **PHONE) as page:
            yield Visitor(page)


async def main() -> None:
    """Start the demo, use it, and write every picture."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        async with demo(Path(folder) / "data") as url, async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
            studio = Studio(browser, url)
            await first_minutes(studio)
            await a_result(studio)
            await on_a_phone(studio)
            await judging(studio)
            await the_gallery(studio)
            await browser.close()


async def first_minutes(studio: Studio) -> None:
    """The greeting, a photo, the question who it is, and the first looks."""
    async with studio.desk("light", 1640, scale=1) as me:
        await me.drop(WOMAN)
        await me.send()
        await me.tap("It is me")
        await me.result(0)
        await me.page.locator("#thread").evaluate("box => box.scrollTo(0, 0)")
        await shoot(me, "chat-light")
        await darken(me.page)
        await shoot(me, "chat-dark")


async def a_result(studio: Studio) -> None:
    """Six pictures of a persona, some of them judged."""
    async with studio.desk("light", 1012) as me:
        await me.drop(WOMAN)
        await me.say("/persona create Mila")
        await me.tap("It is me")
        await me.result(1)
        await me.say("/imagine portrait in the garden --persona Mila --count 6")
        tiles = await me.result(2)
        await judge(me, tiles, "ks xk")
        await shoot(me, "result-light")
        await darken(me.page)
        await shoot(me, "result-dark")


async def on_a_phone(studio: Studio) -> None:
    """The same result in one narrow column."""
    async with studio.phone() as me:
        await me.result(2)
        await shoot(me, "phone")


async def judge(me: Visitor, tiles: Locator, keys: str) -> None:
    """Judge pictures one by one in the lightbox; a space leaves one as it is."""
    await tiles.first.click()
    for key in keys:
        if key != " ":
            await me.page.keyboard.press(key)
            await expect(me.lightbox).not_to_have_attribute("data-verdict", "undecided")
        await me.page.keyboard.press("ArrowRight")
    await me.page.keyboard.press("Escape")
    await me.field.focus()


async def judging(studio: Studio) -> None:
    """One picture at a time, in the chat and large."""
    async with studio.desk("light", 900) as me:
        await me.say("/curate")
        await me.result(3)
        for place, verb in enumerate(("Keep", "Reject", "Keep"), 2):
            await me.tap(verb)
            await expect(me.page.locator("[data-kind=show]").last).to_contain_text(f"{place} of")
        await shoot(me, "curate-light")
        await darken(me.page)
        await me.page.locator("[data-kind=show]").nth(2).locator(".tile").nth(1).click()
        await shoot(me, "lightbox-dark")


async def the_gallery(studio: Studio) -> None:
    async with studio.desk("dark", 860) as me:
        await me.say("/gallery browse")
        await me.result(4)
        await shoot(me, "gallery-dark")


async def darken(page: Page) -> None:
    await page.emulate_media(color_scheme="dark")


async def shoot(me: Visitor, name: str) -> None:
    """Write what the page shows now to docs/images."""
    await me.page.mouse.move(0, 0)
    await me.settled()
    with Image.open(io.BytesIO(await me.page.screenshot(caret="hide"))) as image:
        small = reduced(image.convert("RGB"))
    path = IMAGES / f"{name}.png"
    small.save(path, optimize=True)
    print(f"{path.relative_to(ROOT)}  {small.width} × {small.height}  {path.stat().st_size // 1024} KB")


def reduced(image: Image.Image) -> Image.Image:
    """The picture in 256 colours, a third of the bytes: those of the page stay exact, the rest fit its photos."""
    own = [ImageColor.getrgb(colour) for colour in sorted(set(re.findall(r"#[0-9a-f]{6}\b", SHEET.read_text("utf-8"))))]
    photos = image.quantize(256 - len(own), Image.Quantize.MEDIANCUT, kmeans=2).getpalette() or []
    palette = Image.new("P", (1, 1))
    palette.putpalette([*(part for colour in own for part in colour), *photos])
    small = image.quantize(palette=palette, dither=Image.Dither.NONE)
    pixels, places = np.asarray(image), np.array(small)
    for place, colour in enumerate(own):  # Pillow looks for the nearest colour only roughly
        places[(pixels == colour).all(axis=2)] = place
    exact = Image.fromarray(places)
    exact.putpalette(small.getpalette() or [])
    return exact


if __name__ == "__main__":
    asyncio.run(main())
