"""A browser on the page, and what its tests show there."""

import io
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from PIL import Image
from playwright.async_api import Browser, Locator, Page, async_playwright, expect

from bot.core.chat.messages import Picture, Show, Verdict, say
from tests.fronts.web.serving import Served

CHROMIUM = shutil.which("chromium")
QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip

in_browser = [
    pytest.mark.browser,
    pytest.mark.timeout(300),
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed"),
]


PATIENCE = 60_000
"""Milliseconds that a page may take to show something: a busy machine draws slowly."""


@asynccontextmanager
async def launched() -> AsyncIterator[Browser]:
    """Debian's Chromium, started afresh; expectations wait as long as a busy machine needs."""
    expect.set_options(timeout=PATIENCE)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        await browser.close()


@asynccontextmanager
async def opened(browser: Browser, url: str, **options: Any) -> AsyncIterator[Page]:
    """The chat, once it is on line."""
    async with visited(browser, url, **options) as page:
        await expect(page.locator("#status")).to_have_attribute("data-state", "online")
        yield page


@asynccontextmanager
async def signed_in(browser: Browser, chat: Served, name: str) -> AsyncIterator[Page]:
    """The team's chat as somebody sees it who opens their invitation."""
    async with visited(browser, chat.url, await chat.invitation()) as page:
        await page.get_by_label("Your name").fill(name)
        await page.get_by_role("button", name="Join").click()
        await expect(page.locator("#status")).to_have_attribute("data-state", "online")
        yield page


@asynccontextmanager
async def visited(browser: Browser, url: str, path: str = "", **options: Any) -> AsyncIterator[Page]:
    """A page on `url` that must not complain: no script error, no refused resource, nothing from elsewhere."""
    context = await browser.new_context(**{"viewport": {"width": 1100, "height": 820}, "locale": "en-US", **options})
    context.set_default_timeout(PATIENCE)
    page = await context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text) if "Security Policy" in message.text else None)
    page.on(
        "request",
        lambda request: complaints.append(request.url) if not request.url.startswith((url, "blob:")) else None,
    )
    await page.goto(url + path)
    yield page
    assert complaints == []
    await context.close()


def jpeg() -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (64, 80), "teal").save(data, "JPEG")
    return data.getvalue()


def show_of_two(verdict: Verdict = Verdict.UNDECIDED, reactions: tuple[str, ...] = ()) -> Show:
    pictures = tuple(
        Picture(id="i:1", number=number, width=64, height=80, alt=say("web-picture", number=number),
                verdict=verdict if number == 1 else Verdict.UNDECIDED, mark=say("mark-local-preview"),
                actions={verb: f"v1:{verb}:{number}" for verb in ("keep", "reject", "best", "undo")})
        if number == 1
        else Picture(id=f"i:{number}", number=number, width=64, height=80, alt=say("web-send"))
        for number in (1, 2)
    )  # fmt: skip
    return Show(lines=(say("web-send"),), pictures=pictures, reactions=reactions)


def from_bot(page: Page) -> Locator:
    return page.locator("[data-author=bot]")


async def type_and_send(page: Page, text: str) -> None:
    await page.fill("#message", text)
    await page.press("#message", "Escape")
    await page.press("#message", "Enter")
