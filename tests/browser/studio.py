"""A browser on a demo, and the pictures it takes for the guides."""

import io
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import numpy as np
from PIL import Image, ImageColor
from playwright.async_api import Browser, Page, expect

from tests.browser.demo import ROOT
from tests.browser.visitor import Visitor
from tests.fronts.web.browsing import opened, visited

IMAGES = ROOT / "docs" / "images"
PHONE = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2, "has_touch": True, "is_mobile": True}
SHEET = ROOT / "bot" / "fronts" / "web" / "static" / "css" / "colours.css"
WIDTH = 960


class Studio:
    """A browser on a demo; `token` lets several people in."""

    def __init__(self, browser: Browser, url: str, token: str = "") -> None:
        self._browser = browser
        self._url = url
        self._token = token

    @asynccontextmanager
    async def desk(self, theme: str, height: int, scale: float = 1.25) -> AsyncIterator[Visitor]:
        """The page on a desk, so high that what is to be shown fits."""
        async with opened(self._browser, self._url, **_desk(theme, height, scale)) as page:
            yield Visitor(page)

    @asynccontextmanager
    async def phone(self) -> AsyncIterator[Visitor]:
        async with opened(self._browser, self._url, color_scheme="light", **PHONE) as page:
            yield Visitor(page)

    @asynccontextmanager
    async def member(self, name: str, height: int) -> AsyncIterator[Visitor]:
        """Somebody who signed in, at a desk."""
        async with visited(self._browser, self._url, **_desk("light", height, 1.25)) as page:
            await page.get_by_label("Your name").fill(name)
            await page.get_by_label("Token").fill(self._token)
            await page.get_by_role("button", name="Sign in").click()
            await expect(page.locator("#status")).to_have_attribute("data-state", "online")
            yield Visitor(page)


def _desk(theme: str, height: int, scale: float) -> dict[str, object]:
    size = {"viewport": {"width": WIDTH, "height": height}, "device_scale_factor": scale}
    return {"color_scheme": theme, **size}


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
